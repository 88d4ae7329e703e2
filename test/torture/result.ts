/** What a torture run found for one class. */
import type { WriteClass } from '#shared/model/object.ts'
import { historyOf } from './check.ts'
import type { Rest } from './come-to-rest.ts'
import type { CrashState } from './crash-state.ts'
import type { World } from './world.ts'

export interface Result {
  readonly writeClass: WriteClass
  kills: number
  /** Commits at the service. */
  writes: number
  /** Writes that a kill left without an answer. */
  uncertain: number
  lost: number
  duplicated: number
  held: number
  /** Held writes that the run does not show. */
  unlisted: number
  /** Class N: writes that a kill left as sent beyond the requests that could be under way. */
  excess: number
  /** Intents of class N that the kill before had left as sent. */
  sentBefore: readonly number[]
  integrityFailures: number
  stuck: number
  seconds: number
  /** For a person: what is wrong, with the service's log of the first records. */
  readonly notes: string[]
}

export function emptyResult(writeClass: WriteClass): Result {
  return {
    writeClass,
    kills: 0,
    writes: 0,
    uncertain: 0,
    lost: 0,
    duplicated: 0,
    held: 0,
    unlisted: 0,
    excess: 0,
    sentBefore: [],
    integrityFailures: 0,
    stuck: 0,
    seconds: 0,
    notes: [],
  }
}

/** Requests of one run under way at once (see use-cases/build-job.ts). */
const mostUnderWay = 14

export function addKill(result: Result, { damage, open, sentOnce }: CrashState): void {
  result.kills += 1
  result.uncertain += (open.sent ?? 0) + (open.uncertain ?? 0)
  if (damage !== '') {
    result.integrityFailures += 1
    result.notes.push(`damaged after kill ${result.kills}: ${damage}`)
  }
  const fresh = sentOnce.filter((id) => !result.sentBefore.includes(id)).length
  result.sentBefore = sentOnce
  if (fresh <= mostUnderWay) return
  result.excess += fresh - mostUnderWay
  result.notes.push(`kill ${result.kills} left ${fresh} writes as sent; at most ${mostUnderWay} were under way`)
}

export function addRest(result: Result, world: World, { findings, stuck }: Rest): void {
  const { lost, duplicated, held, unlisted } = findings
  result.lost += lost.length
  result.duplicated += duplicated.length
  result.held = held.length
  result.unlisted += unlisted.length
  if (stuck !== '') {
    result.stuck += 1
    result.notes.push(stuck)
  }
  for (const id of [...new Set([...lost, ...duplicated, ...unlisted])].slice(0, 3)) {
    result.notes.push(`after kill ${result.kills}, ${id}:`, ...historyOf(world.servicePath, id))
  }
}

export function isClean(result: Result): boolean {
  const { lost, duplicated, unlisted, excess, integrityFailures, stuck, held, writeClass } = result
  return lost + duplicated + unlisted + excess + integrityFailures + stuck === 0 && (writeClass === 'N' || held === 0)
}

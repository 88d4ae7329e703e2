/** One simulated history of one-way legs, fan-outs and aggregations: edits, deletions, broken lists, crashes, undone runs. */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type SeededRandom, seededRandom } from '#main/practice/kit/seeded-random.ts'
import type { DeletePolicy } from '#shared/model/delete-policy.ts'
import type { Run } from '#shared/model/run.ts'
import { type BenchLeg, type LegsBench, legsBench } from '#test/support/legs-bench.ts'
import { Crash, createFuse } from './crash.ts'
import { fastestFolder, type HistoryResult } from './history.ts'
import { createLegsWorld, type LegEnds, type LegsWorld, type Shape, type WrittenThere } from './legs-world.ts'

export interface LegsHistoryOptions {
  readonly seed: number
  readonly steps: number
  /** The twin that must be found out: what is missing from a list is taken for gone without asking for it. */
  readonly believesLists?: boolean
}

interface Leg extends LegEnds {
  readonly id: string
  readonly bench: BenchLeg
}

export async function simulateLegs(options: LegsHistoryOptions): Promise<HistoryResult> {
  const random = seededRandom(options.seed)
  const shape = random.pick(['one-way', 'fan-out', 'aggregation'] as const)
  const host = createHost(shape, random, options)
  for (let step = 0; step < options.steps && host.violations.length === 0; step += 1) await host.step()
  if (host.violations.length === 0) await host.comeToRest()
  host.close()
  return { steps: options.steps, ...host.counts(), violations: host.violations }
}

function createHost(shape: Shape, random: SeededRandom, { believesLists }: LegsHistoryOptions) {
  const folder = mkdtempSync(join(fastestFolder(), 'patchbay-simulate-'))
  const violations: string[] = []
  let underWay: { readonly leg: Leg; readonly isUndo: boolean } | undefined
  const world = createLegsWorld({
    random,
    shape,
    faultRate: random.next() * 0.2,
    editRate: random.next() * 0.1,
    onWrite: (write) => violations.push(...faultsOfWrite(world, write, underWay, isUndone)),
  })
  /** An undo that a crash cut off is finished by the next run. */
  const isUndone = (legId: string, email: string): boolean => undone.get(legId)?.has(email) === true
  const deletes = random.pick([undefined, 'delete', 'hold', { set: { state: 'gone' } }] as const)
  const legs = world.legs.map((ends) => legOf(world, ends, { deletes, believesLists: believesLists === true }))
  const fuse = createFuse()
  const open = (): LegsBench => legsBench({ folder, journal: fuse.guard })
  let bench = open()
  let [runs, crashes] = [0, 0]
  const lastRuns = new Map<string, Run>()
  /** What a source said when a run was undone: as long as it says so, nothing is to be repeated. */
  const undone = new Map<string, ReadonlyMap<string, string>>()

  const guarded = async (leg: Leg, isUndo: boolean, crashing: boolean, work: () => Promise<Run>): Promise<void> => {
    runs += 1
    underWay = { leg, isUndo }
    fuse.set(crashing ? random.integer(0, 12) : Number.POSITIVE_INFINITY)
    try {
      lastRuns.set(leg.id, await work())
    } catch (thrown) {
      if (!(thrown instanceof Crash)) throw thrown
    }
    underWay = undefined
    if (!fuse.hasBurnt()) return
    crashes += 1
    bench.store.close()
    bench = open()
    bench.store.runs.interruptAll()
  }

  const run = (leg: Leg, crashing: boolean): Promise<void> => guarded(leg, false, crashing, () => bench.run(leg.bench))

  const undo = async (leg: Leg, crashing: boolean): Promise<void> => {
    const last = lastRuns.get(leg.id)
    if (last?.state !== 'finished' || last.undoes !== null || writtenBy(last) === 0) return
    if (bench.store.journal.openIntents(leg.id, ['ready', 'sent', 'uncertain'], 1).length > 0) return
    undone.set(leg.id, new Map([...(undone.get(leg.id) ?? []), ...world.shown(leg.source)]))
    await guarded(leg, true, crashing, () => bench.undo(leg.bench, last.id))
  }

  /** A person goes through what waits: about everything that is gone, or about one record. */
  const decide = (leg: Leg): void => {
    const { decisions } = bench.store
    const at = '2026-01-01T00:00:00.000Z'
    if (random.chance(0.5)) decisions.decideGone(leg.id, random.pick(['source', 'destination'] as const), at)
    const [back] = decisions
      .waiting({ integrationId: leg.id, limit: 20 })
      .filter(({ reason }) => reason.code === 'came-back')
    if (back) decisions.readmit(back, at)
    const [out] = decisions.leftOut({ integrationId: leg.id, limit: 1 })
    if (out && random.chance(0.3)) decisions.withdraw(out)
  }

  const step = async (): Promise<void> => {
    const leg = random.pick(legs as [Leg, ...Leg[]])
    const dice = random.next()
    if (dice < 0.6) world.step()
    else if (dice < 0.9) await run(leg, random.chance(0.25))
    else if (dice < 0.95) await undo(leg, random.chance(0.25))
    else decide(leg)
    violations.push(...twiceIn(world, legs))
  }

  /** When nobody edits and nothing fails, the third run of each leg writes nothing, and both sides agree. */
  const comeToRest = async (): Promise<void> => {
    world.setCalm(true)
    for (let round = 0; round < 3; round += 1) for (const leg of legs) await run(leg, false)
    for (const leg of legs) {
      const last = lastRuns.get(leg.id)
      if (last?.state !== 'finished') violations.push(`${leg.id} is ${last?.state}: ${last?.error?.message}`)
      else if (writtenBy(last) > 0) violations.push(`the third calm run of ${leg.id} wrote ${writtenBy(last)} records`)
      violations.push(...differingIn(world, leg, excusedIn(bench, leg), undone.get(leg.id) ?? new Map()))
      if (deletes === 'delete') violations.push(...leftBehind(world, legs, leg, excusedIn(bench, leg), undone.size > 0))
    }
    violations.push(...twiceIn(world, legs))
  }

  return {
    violations,
    step,
    comeToRest,
    counts: () => ({ runs, crashes, writes: world.writeCount() }),
    close: () => {
      bench.store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function legOf(
  world: LegsWorld,
  ends: LegEnds,
  { deletes, believesLists }: { readonly deletes: DeletePolicy | undefined; readonly believesLists: boolean },
): Leg {
  const id = `leg-${ends.source}-${ends.destination}`
  const object = world.sourceObject(ends.source)
  const { get: _get, ...withoutGet } = object
  return {
    ...ends,
    id,
    bench: {
      id,
      source: { name: `source${ends.source}`, object: believesLists ? withoutGet : object },
      destination: { name: `destination${ends.destination}`, object: world.destinationObject(ends.destination) },
      match: world.canMatch(ends.destination) ? ['email'] : [],
      field: ends.field,
      ...(deletes && { deletes }),
    },
  }
}

/** What no write may do: touch a field of people, delete what nobody removed, put back over something newer. */
function faultsOfWrite(
  world: LegsWorld,
  { operation, before, after }: WrittenThere,
  underWay: { readonly leg: Leg; readonly isUndo: boolean } | undefined,
  isUndone: (legId: string, email: string) => boolean,
): readonly string[] {
  const email = String(before.email ?? after.email)
  if (!underWay) return [`written while nothing ran: ${email}`]
  const { leg, isUndo } = underWay
  if (operation === 'delete')
    return isUndone(leg.id, email) || world.wasDropped(leg.source, email)
      ? []
      : [`deleted though nobody had removed it: ${email}`]
  const faults = operation === 'update' && before.note !== after.note ? [`the note of ${email} was changed`] : []
  const changed = Object.keys(after).filter((field) => before[field] !== after[field])
  const lost = changed.filter((field) => world.isByHand(before[field]) && !world.wasPutBack(before[field]))
  for (const field of changed) if (world.isByHand(after[field])) world.notePutBack(after[field])
  return isUndo && lost.length > 0 ? [...faults, `undoing overwrote ${lost.join()} of ${email}`] : faults
}

function twiceIn(world: LegsWorld, legs: readonly Leg[]): readonly string[] {
  const destinations = new Set(legs.map(({ destination }) => destination))
  return [...destinations].flatMap((destination) => {
    const emails = world.held(destination).map(({ email }) => String(email))
    return emails.filter((email, index) => emails.indexOf(email) !== index).map((email) => `twice: ${email}`)
  })
}

function differingIn(
  world: LegsWorld,
  leg: Leg,
  excused: ReadonlySet<string>,
  undone: ReadonlyMap<string, string>,
): readonly string[] {
  const held = new Map(world.held(leg.destination).map((values) => [String(values.email), values]))
  return [...world.shown(leg.source)].flatMap(([email, value]) => {
    if (excused.has(email) || undone.get(email) === value) return []
    const there = held.get(email)
    if (!there) return [`missing at rest in ${leg.id}: ${email}`]
    const now = there[leg.field]
    // One way, what people change at the destination stays until the source says something new.
    return now === value || world.isByHand(now) ? [] : [`different at rest in ${leg.id}: ${email}`]
  })
}

/** Records that a leg had brought, that are gone from its source, and that nothing holds back. */
function leftBehind(
  world: LegsWorld,
  legs: readonly Leg[],
  leg: Leg,
  excused: ReadonlySet<string>,
  isAnythingUndone: boolean,
): readonly string[] {
  // What was made again by undoing a deletion stays, and has no link any more.
  if (isAnythingUndone || legs.filter(({ destination }) => destination === leg.destination).length > 1) return []
  const shown = world.shown(leg.source)
  return world.held(leg.destination).flatMap(({ email, [leg.field]: value }) => {
    const isOurs = typeof value === 'string' && value.startsWith('source')
    return isOurs && !shown.has(String(email)) && !excused.has(String(email)) ? [`left behind: ${String(email)}`] : []
  })
}

/** People of whom something waits for a person, or who were left out or let go. */
function excusedIn({ store }: LegsBench, { id }: Leg): ReadonlySet<string> {
  const waiting = store.decisions.waiting({ integrationId: id, limit: 10_000 })
  const leftOut = store.decisions.leftOut({ integrationId: id, limit: 10_000 })
  const held = store.journal.openIntents(id, ['held'], 10_000)
  const kept = store.runs
    .list({ integrationId: id, limit: 10_000 })
    .flatMap((run) => store.records.page({ runId: run.id, afterSeq: 0, limit: 10_000, outcome: 'skipped' }))
  return new Set([
    ...waiting.flatMap(({ label, values }) => [label, String(values.Email)]),
    ...leftOut.map(({ label }) => label),
    ...held.flatMap(({ facts }) => [facts.label, String(facts.source.base.Email)]),
    ...kept.map(({ label }) => label),
  ])
}

function writtenBy({ counts }: Run): number {
  return counts.created + counts.updated + counts.deleted
}

/** One simulated history: edits, new records, runs with faults, crashes; and what must hold after each of them. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JournalStore } from '#main/engine/ports/sync-store.ts'
import { type SeededRandom, seededRandom } from '#main/practice/kit/seeded-random.ts'
import type { Run } from '#shared/model/run.ts'
import { type TwoWayBench, type TwoWayBenchOptions, twoWayBench } from '#test/support/two-way-bench.ts'
import { Crash, createFuse } from './crash.ts'
import { createPerson } from './person.ts'
import { createWorld, type ReplacedValue, sideNames, type World } from './world.ts'

export interface HistoryOptions {
  readonly seed: number
  readonly steps: number
  readonly isForgetful?: boolean
  /** The twin that must be found out: a write agrees about the whole record, not about its fields. */
  readonly agreesWholly?: boolean
  /** The twin that must be found out: a decision is carried out whatever the sides hold by then. */
  readonly forgetsSeen?: boolean
}

export interface HistoryResult {
  readonly steps: number
  readonly runs: number
  readonly crashes: number
  readonly writes: number
  /** Empty where everything held. */
  readonly violations: readonly string[]
}

export async function simulateHistory(options: HistoryOptions): Promise<HistoryResult> {
  const random = seededRandom(options.seed)
  const world = createWorld({
    random,
    faultRate: random.next() * 0.2,
    editRate: random.next() * 0.1,
    ...(options.isForgetful && { isForgetful: true }),
  })
  const host = createHost(world, random, options)
  const violations: string[] = []
  for (let step = 0; step < options.steps && violations.length === 0; step += 1) {
    await takeStep(world, host, random)
    violations.push(...checkSafety(world, host))
  }
  if (violations.length === 0) violations.push(...(await checkRest(world, host)))
  host.close()
  return { steps: options.steps, ...host.counts(), violations }
}

async function takeStep(world: World, host: Host, random: SeededRandom): Promise<void> {
  const dice = random.next()
  if (dice < 0.55) world.edit(random.pick(sideNames))
  else if (dice < 0.68) world.add(random.pick(sideNames))
  else if (dice < 0.75) host.decide()
  else await host.run({ crashes: random.chance(0.25) })
}

/** Nothing was overwritten that the other side did not know, except by a policy or a person who saw it; nothing stands twice. */
function checkSafety(world: World, host: Host): readonly string[] {
  // What a policy decided just before a crash is in the log only when the next run has found out what happened.
  const lost = host.isCrashed() ? [] : world.replacedUnseen().filter((value) => !host.isDecided(value))
  return [
    ...lost.map(({ email, field, value }) => `lost: ${field} “${value}” of ${email}`),
    ...world.duplicates().map((email) => `twice: ${email}`),
  ]
}

/** When nobody edits and nothing fails, writing stops, and both sides hold the same where nothing waits for a person. */
async function checkRest(world: World, host: Host): Promise<readonly string[]> {
  world.setCalm(true)
  const runs: Run[] = []
  for (let round = 0; round < 4; round += 1) runs.push(await host.run({ crashes: false }))
  const last = runs.at(-1)
  const written = last ? last.counts.created + last.counts.updated : -1
  const open = host.waitingEmails()
  const [list, crm] = [world.people('list'), world.people('crm')]
  const differing = [...new Set([...list.keys(), ...crm.keys()])].filter(
    (email) => !open.has(email) && JSON.stringify(list.get(email)) !== JSON.stringify(crm.get(email)),
  )
  return [
    ...checkSafety(world, host),
    ...(last?.state === 'finished' ? [] : [`the last run is ${last?.state}: ${last?.error?.message}`]),
    ...(written === 0 ? [] : [`the fourth calm run still wrote ${written} records`]),
    ...differing.map((email) => `different at rest: ${email}`),
  ]
}

interface Host {
  /** A person decides conflicts that wait. */
  readonly decide: () => void
  readonly run: (how: { readonly crashes: boolean }) => Promise<Run>
  readonly isCrashed: () => boolean
  readonly isDecided: (value: ReplacedValue) => boolean
  /** People of whom a record waits for a person. */
  readonly waitingEmails: () => ReadonlySet<string>
  readonly counts: () => { readonly runs: number; readonly crashes: number; readonly writes: number }
  readonly close: () => void
}

/** Memory where there is such a folder: crashes are simulated here, the power does not fail. */
export function fastestFolder(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
}

function createHost(world: World, random: SeededRandom, { agreesWholly, forgetsSeen }: HistoryOptions): Host {
  const folder = mkdtempSync(join(fastestFolder(), 'patchbay-simulate-'))
  const policy = random.pick(['hold', 'source', 'destination'] as const)
  const groups = random.chance(0.3) ? [{ name: 'both', fields: ['name', 'city'] }] : []
  const fuse = createFuse()
  const person = createPerson(random)
  let bench = open()
  let last: Run | undefined
  /** People of whom a policy has decided a field: what it replaced was not lost unseen. */
  const decidedEmails = new Set<string>()
  let [runs, crashes] = [0, 0]
  let isCrashed = false

  function open(): TwoWayBench {
    return twoWayBench({
      source: world.services.list.object,
      destination: world.services.crm.object,
      folder,
      rule: () => ({ policy }),
      groups,
      ...(forgetsSeen && { decided: unseen }),
      journal: (journal) => fuse.guard(agreesWholly ? wholly(journal) : journal),
    })
  }

  const run: Host['run'] = async (how) => {
    runs += 1
    fuse.set(how.crashes ? random.integer(0, 12) : Number.POSITIVE_INFINITY)
    try {
      last = await bench.run()
    } catch (thrown) {
      if (!(thrown instanceof Crash)) throw thrown
    }
    // A write that a policy decided and a crash cut off may have happened before somebody changed the record again.
    const byPolicy = policy === 'hold' ? ['policy'] : ['policy', 'changed-meanwhile']
    for (const { reason, label, sourceId } of records())
      if (byPolicy.includes(reason?.code ?? ''))
        for (const email of emailsOf(world, label, sourceId)) decidedEmails.add(email)
    isCrashed = fuse.hasBurnt() || last === undefined || last.state !== 'finished'
    if (!fuse.hasBurnt() && last) return last
    crashes += 1
    bench.store.close()
    bench = open()
    bench.store.runs.interruptAll()
    return last ?? run({ crashes: false })
  }

  const records = () => (last ? bench.store.records.page({ runId: last.id, afterSeq: 0, limit: 100_000 }) : [])
  return {
    run,
    decide: () => person.decide(bench.store),
    isCrashed: () => isCrashed,
    isDecided: ({ email, value }) => decidedEmails.has(email) || person.gaveUp(value),
    waitingEmails: () =>
      new Set(
        records()
          .filter(({ outcome }) => outcome === 'held' || outcome === 'failed')
          .flatMap(({ label, sourceId }) => emailsOf(world, label, sourceId)),
      ),
    counts: () => ({ runs, crashes, writes: sideNames.reduce((sum, side) => sum + writesOf(world, side), 0) }),
    close: () => {
      bench.store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function writesOf(world: World, side: (typeof sideNames)[number]): number {
  const { creates, updates } = world.services[side].stats
  return creates + updates
}

function emailsOf(world: World, label: string, sourceId: string): readonly string[] {
  const values = sideNames.map((side) => world.services[side].records.get(sourceId)?.values ?? {})
  return [label, ...values.flatMap((one) => [one.Email, one.email])]
    .filter((value) => typeof value === 'string' && value.includes('@'))
    .map((value) => String(value).toLowerCase())
}

/** The defence taken away: nobody remembers which values a person decided about. */
const unseen: NonNullable<TwoWayBenchOptions['decided']> = (of) => (route, id) => {
  const decision = of(route, id)
  return decision && { ...decision, seen: null }
}

/** The defence taken away: what a write agrees about is the whole record. */
function wholly(journal: JournalStore): JournalStore {
  return {
    ...journal,
    end: (route, runId, ends, progress) =>
      journal.end(
        route,
        runId,
        ends.map((end) => {
          const { patches: _patches, ...facts } = end.intent.facts
          return { ...end, intent: { ...end.intent, facts } }
        }),
        progress,
      ),
  }
}

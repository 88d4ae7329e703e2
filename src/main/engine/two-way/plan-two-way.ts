/**
 * Plans a two-way integration: reads what changed at the destination into the scratch index, then what changed at the
 * source page by page, and last what changed at the destination alone. The same code makes the plan and feeds a run.
 */
import type { RemoteRecord } from '#shared/model/connected.ts'
import type { Values } from '#shared/model/value.ts'
import { inSlices } from '../in-slices.ts'
import type { Job } from '../job.ts'
import { mapRecords } from '../map-records.ts'
import { createMatcher, type Matcher, rememberKeys } from '../match.ts'
import type { PlanContext } from '../plan-page.ts'
import type { Agreement, FrozenItem } from '../ports/sync-store.ts'
import { readAhead } from '../read-ahead.ts'
import { type DecidedPair, decidePair, type MappedPair } from './decide-pair.ts'
import { partnerOfDestination, partnerOfSource } from './find-partner.ts'
import { mapOwnValues } from './own-values.ts'
import { type Pair, readSide, textOf } from './pairs.ts'
import type { TwoWay } from './two-way-job.ts'

export interface SideClock {
  /** How far the service's clock is ahead of ours. */
  readonly skewMs: number
  readonly granularityMs: number
}

export interface TwoWayContext extends Omit<PlanContext, 'matcher'> {
  readonly twoWay: TwoWay
  readonly matchers: { readonly destination: Matcher; readonly source: Matcher }
  readonly clocks: { source: SideClock; destination: SideClock }
}

export interface TwoWayPage {
  readonly items: readonly FrozenItem[]
  readonly agreements: readonly Agreement[]
  readonly readCount: number
  readonly unchangedCount: number
  readonly filteredCount: number
  /** Clocks of both services when reading began. */
  readonly times: { readonly source: string | null; readonly destination: string | null }
}

export interface TwoWayReading {
  /** ISO instants to read from; absent: everything. */
  readonly since: { readonly source?: string | undefined; readonly destination?: string | undefined }
  readonly signal: AbortSignal
}

const observedAtOnce = 200

export async function* planTwoWay(job: Job, twoWay: TwoWay, reading: TwoWayReading): AsyncGenerator<TwoWayPage> {
  const { signal } = reading
  const clocks = { source: clockOf(job.source), destination: clockOf(job.destination) }
  const observed = await observeDestination(job, twoWay, reading, clocks)
  const isAll = (since: string | undefined): boolean => since === undefined
  const context: TwoWayContext = {
    ...job.plan,
    twoWay,
    clocks,
    now: new Date(job.clock.now()).toISOString(),
    matchers: {
      destination: createMatcher(
        job.destination,
        job.plan.matchFields,
        job.plan.scratch,
        isAll(reading.since.destination),
      ),
      source: createMatcher(job.source, twoWay.matchFields, twoWay.sourceKeys, isAll(reading.since.source)),
    },
  }
  const times = { source: null as string | null, destination: observed.time }
  let readCount = observed.readCount
  const pageSize = job.pageSize === undefined ? {} : { pageSize: job.pageSize }
  const since = reading.since.source === undefined ? {} : { since: reading.since.source }
  for await (const page of readAhead(job.source, { ...pageSize, ...since, signal })) {
    signal.throwIfAborted()
    times.source ??= page.serverTime ?? null
    clocks.source = skewed(clocks.source, page.serverTime, job)
    for (const record of page.records) rememberKeys(twoWay.sourceKeys, record, twoWay.matchFields)
    yield await planPairs(await sourcePairs(page.records, context, signal), readCount + page.records.length, times, {
      context,
      signal,
    })
    readCount = 0
  }
  yield* planRest(context, times, readCount, signal)
}

async function* planRest(
  context: TwoWayContext,
  times: TwoWayPage['times'],
  readCount: number,
  signal: AbortSignal,
): AsyncGenerator<TwoWayPage> {
  let rest = readCount
  let afterId = ''
  for (;;) {
    const batch = context.scratch.nextObserved(afterId, observedAtOnce)
    const last = batch.at(-1)
    if (!last) break
    afterId = last.externalId
    yield await planPairs(await partnerOfDestination(batch, context, signal), rest, times, { context, signal })
    rest = 0
  }
  // A destination where nothing is left still tells that it was read.
  if (rest > 0) yield await planPairs(noPairs, rest, times, { context, signal })
}

export interface FoundPairs {
  readonly pairs: readonly Pair[]
  readonly held: readonly FrozenItem[]
  readonly unchangedCount: number
  readonly filteredCount: number
}

const noPairs: FoundPairs = { pairs: [], held: [], unchangedCount: 0, filteredCount: 0 }

async function sourcePairs(
  records: readonly RemoteRecord[],
  context: TwoWayContext,
  signal: AbortSignal,
): Promise<FoundPairs> {
  const seen = new Set<string>()
  const once = records.filter(({ externalId }) => !seen.has(externalId) && seen.add(externalId))
  return partnerOfSource(once, context, signal)
}

async function planPairs(
  found: FoundPairs,
  readCount: number,
  times: TwoWayPage['times'],
  { context, signal }: { readonly context: TwoWayContext; readonly signal: AbortSignal },
): Promise<TwoWayPage> {
  const mapped = await mapPairs(found.pairs, context, signal)
  const items: FrozenItem[] = [...found.held]
  const agreements: Agreement[] = []
  await inSlices(
    found.pairs,
    (pair, index) => {
      const decision = decidePair(pair, mapped[index] ?? { forward: null, back: null }, context)
      items.push(...decision.items)
      if (decision.agreement) agreements.push(decision.agreement)
    },
    context.links.together,
  )
  const { unchangedCount, filteredCount } = found
  return { items, agreements, readCount, unchangedCount, filteredCount, times: { ...times } }
}

async function mapPairs(
  pairs: readonly Pair[],
  context: TwoWayContext,
  signal: AbortSignal,
): Promise<readonly MappedPair[]> {
  const valuesOf = (side: 'source' | 'destination'): readonly Values[] =>
    pairs.flatMap((pair) => (pair[side] ? [pair[side].now] : []))
  const forward = [...(await mapRecords(valuesOf('source'), { ...context, signal }))]
  const back = [...(await mapRecords(valuesOf('destination'), { ...context, mapping: context.twoWay.mapping, signal }))]
  const decided = await decidedPairs(pairs, context, signal)
  return pairs.map((pair) => {
    const known = decided.get(pair)
    return {
      forward: pair.source ? (forward.shift() ?? null) : null,
      back: pair.destination ? (back.shift() ?? null) : null,
      ...(known && { decided: known }),
    }
  })
}

async function decidedPairs(
  pairs: readonly Pair[],
  context: TwoWayContext,
  signal: AbortSignal,
): Promise<ReadonlyMap<Pair, DecidedPair>> {
  const decided = new Map<Pair, DecidedPair>()
  for (const pair of pairs) {
    const decision = pair.source && context.conflictDecisionOf(context.route, pair.source.externalId)
    if (decision) decided.set(pair, { decision, own: await mapOwnValues(pair, decision, context, signal) })
  }
  return decided
}

interface Observed {
  readonly readCount: number
  readonly time: string | null
}

/** Keeps what changed at the destination since both agreed; and the keys of all that was read, to match new records with. */
async function observeDestination(
  job: Job,
  twoWay: TwoWay,
  { since, signal }: TwoWayReading,
  clocks: TwoWayContext['clocks'],
): Promise<Observed> {
  const { scratch, links, matchFields } = job.plan
  let readCount = 0
  let time: string | null = null
  const from = since.destination === undefined ? {} : { since: since.destination }
  for await (const page of readAhead(job.destination, { ...from, signal })) {
    signal.throwIfAborted()
    time ??= page.serverTime ?? null
    clocks.destination = skewed(clocks.destination, page.serverTime, job)
    readCount += page.records.length
    await inSlices(
      page.records,
      (record) => {
        rememberKeys(scratch, record, matchFields)
        const side = readSide(record, twoWay.destinationFields, matchFields)
        const link = links.linkState(twoWay.route, record.externalId)
        const isKnown = link?.agreedVersion === twoWay.route.integrationVersion
        if (isKnown && link.sourceHash === textOf(side.now).hash) return
        const { externalId, now, version, updatedAt } = side
        scratch.observe({ externalId, values: now, version, updatedAt })
      },
      links.together,
    )
  }
  return { readCount, time }
}

function clockOf({ description: { changes } }: Job['source']): SideClock {
  return { skewMs: 0, granularityMs: changes.kind === 'updated-since' ? changes.granularityMs : 1_000 }
}

function skewed(clock: SideClock, serverTime: string | undefined, job: Job): SideClock {
  return serverTime === undefined ? clock : { ...clock, skewMs: Date.parse(serverTime) - job.clock.now() }
}

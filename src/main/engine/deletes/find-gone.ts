/**
 * Finds linked records that the source does not show any more, and what becomes of them. Only after everything was
 * read, with the settings of the last time, and after each was asked for once more: absent is not deleted.
 */
import { setImmediate as letOthersGo } from 'node:timers/promises'
import type { RemoteRecord } from '#shared/model/connected.ts'
import type { RecordReason } from '#shared/model/run.ts'
import type { Job } from '../job.ts'
import type { DestinationState, FrozenItem, SourceSide, Unlink } from '../ports/sync-store.ts'
import { readCurrent } from '../read-current.ts'
import { labelRecord } from '../record-label.ts'
import { decideGone } from './decide-gone.ts'
import { sourceEmpty, tooManyGone } from './gone-reasons.ts'
import { isMarked } from './marks.ts'

export interface GonePage {
  readonly items: readonly FrozenItem[]
  readonly unlinks: readonly Unlink[]
  /** Source ids whose deletion waited for a person and that are there again. */
  readonly returned: readonly string[]
}

interface Missing {
  readonly source: SourceSide
  readonly linked: DestinationState
}

const atOnce = 200
/** So many at once, and so large a part of all: more than either is unusual. */
const usualCount = 10
const usualShare = 0.1

/** Nothing where the integration leaves such records alone, or where it is not certain that all was read as before. */
export async function* findGone(job: Job, signal: AbortSignal): AsyncGenerator<GonePage> {
  if (!job.deletes || !isScopeKnown(job)) return
  yield { items: [], unlinks: [], returned: returnedOnes(job) }
  const guard = await guardOf(job, signal)
  for await (const { missing } of linkedPages(job, signal))
    if (missing.length > 0) yield await decidePage(job, missing, guard, signal)
}

/** A filter, a file or an account that was changed since shows other records: nothing is known of those it does not show. */
function isScopeKnown({ store, plan, settingsHash }: Job): boolean {
  return store.runs.checkpoint(plan.route)?.settingsHash === settingsHash
}

async function guardOf(job: Job, signal: AbortSignal): Promise<RecordReason | undefined> {
  if (job.plan.scratch.seenCount() === 0) return sourceEmpty
  let [linkedCount, missingCount] = [0, 0]
  for await (const { count, missing } of linkedPages(job, signal)) {
    linkedCount += count
    missingCount += missing.filter((one) => !decisionOf(job, one)).length
  }
  const isUnusual = missingCount > Math.max(usualCount, linkedCount * usualShare)
  return isUnusual ? tooManyGone(missingCount, linkedCount) : undefined
}

interface LinkedPage {
  /** Linked records of this page. */
  readonly count: number
  /** Those of them that the source did not show, and that take part. */
  readonly missing: readonly Missing[]
}

/** Gives way after each page: there may be a million. */
async function* linkedPages(job: Job, signal: AbortSignal): AsyncGenerator<LinkedPage> {
  const { route, scratch } = job.plan
  const { links } = job.store
  for (let afterId = ''; ; ) {
    signal.throwIfAborted()
    const ids = links.linkedSources(route, afterId, atOnce)
    const last = ids.at(-1)
    if (last === undefined) return
    afterId = last
    const unseen = ids.filter((id) => !scratch.isSeen(id))
    const missing = unseen.flatMap((id) => missingOf(job, id)).filter((one) => decisionOf(job, one) !== 'skip')
    yield { count: ids.length, missing }
    await letOthersGo()
  }
}

function missingOf(job: Job, externalId: string): readonly Missing[] {
  const { route } = job.plan
  const { links } = job.store
  const link = links.linkState(route, externalId)
  const linked = link && links.destinationState(route, link.cluster)
  if (!link?.sourceHash || !linked?.base || isMarked(linked.base, job.plan.marks)) return []
  const base = links.sourceBase(route, externalId) ?? {}
  return [{ linked, source: { externalId, base, text: JSON.stringify(base), hash: link.sourceHash, version: null } }]
}

function decisionOf({ plan }: Job, { source }: Missing) {
  return plan.decisionOf(plan.route, source.externalId)
}

async function decidePage(
  job: Job,
  missing: readonly Missing[],
  guard: RecordReason | undefined,
  signal: AbortSignal,
): Promise<GonePage> {
  const stillThere = await confirm(job, missing, signal)
  const gone = missing.filter(({ source }) => !stillThere.ids.has(source.externalId))
  const ids = gone.map(({ linked }) => linked.externalId)
  const current = await readCurrent(job.destination, ids, signal)
  const items: FrozenItem[] = []
  const unlinks: Unlink[] = []
  for (const one of gone) {
    const decision = decideOne(job, one, current.get(one.linked.externalId) ?? null, {
      guard,
      isDoubtful: stillThere.isDoubtful,
    })
    if (decision.kind === 'item') items.push(decision.item)
    else if (decision.kind === 'unlink') unlinks.push(unlinkOf(job, one, decision))
  }
  return { items, unlinks, returned: [] }
}

/**
 * Asks the source for each missing record by its number, or reads the list once more. A record that it listed a moment
 * ago goes along: when that one is not shown either, the answers say nothing.
 */
async function confirm(job: Job, missing: readonly Missing[], signal: AbortSignal) {
  const canary = job.plan.scratch.lastSeen()
  const ids = missing.map(({ source }) => source.externalId)
  const found = await readCurrent(job.source, canary === undefined ? ids : [...ids, canary], signal)
  return { ids: new Set(found.keys()), isDoubtful: canary !== undefined && !found.has(canary) }
}

function decideOne(
  job: Job,
  one: Missing,
  current: RemoteRecord | null,
  doubts: { readonly guard: RecordReason | undefined; readonly isDoubtful: boolean },
) {
  const { route } = job.plan
  return decideGone({
    ...one,
    label: labelOf(one, job.plan.matchFields),
    current,
    policy: job.deletes ?? 'leave',
    decision: decisionOf(job, one),
    hasOpenWrite: job.store.journal.hasOpenIntent(route, one.source.externalId),
    ...doubts,
    isFedElsewhere: job.store.links.isFedElsewhere(route, one.linked.externalId),
    description: job.destination.description,
  })
}

function unlinkOf(job: Job, one: Missing, decision: { isGoneThere: boolean; reason: RecordReason }): Unlink {
  return {
    sourceId: one.source.externalId,
    destinationId: one.linked.externalId,
    isGoneThere: decision.isGoneThere,
    label: labelOf(one, job.plan.matchFields),
    reason: decision.reason,
  }
}

/** What waited because it was gone, and is there again as it was. */
function returnedOnes({ store, plan }: Job): readonly string[] {
  const { links, journal } = store
  const isSettled = (id: string, hash: string): boolean =>
    plan.scratch.isSeen(id) &&
    links.linkState(plan.route, id)?.sourceHash === hash &&
    !links.isBuried(plan.route.sourceStream, id)
  const waiting = journal.failedRecords(plan.route, endOfTime, mostWaiting)
  return waiting
    .map(({ source }) => source)
    .filter(({ externalId, hash }) => isSettled(externalId, hash))
    .map(({ externalId }) => externalId)
}

const mostWaiting = 10_000
const endOfTime = '9999'

function labelOf({ source, linked }: Missing, matchFields: readonly string[]): string {
  const base = linked.base ?? {}
  const keys = matchFields.map((field) => base[field])
  return labelRecord(keys, base, source.externalId)
}

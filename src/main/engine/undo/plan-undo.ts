/** Makes the plan that takes a run back: reads what stands there now, and decides for each record that the run wrote. */
import { setImmediate as letOthersGo } from 'node:timers/promises'
import { type ErrorInfo, errorInfoOf } from '#shared/errors.ts'
import type { ConnectedObject } from '#shared/model/connected.ts'
import { noOutcomes, type Outcome, type RunRecord } from '#shared/model/run.ts'
import type { Job, RunControl } from '../job.ts'
import { outcomeOfAction } from '../make-plan.ts'
import type { FrozenItem, Route, ScratchIndex, SourceSide } from '../ports/sync-store.ts'
import { readCurrent } from '../read-current.ts'
import { decideUndo } from './decide-undo.ts'
import { addWrite, type NetWrite, netWrites } from './net-writes.ts'
import { noWayBack } from './undo-reasons.ts'

export interface UndoRequest {
  /** Records the run wrote, in its order, after a number of the log. */
  readonly written: (afterSeq: number, limit: number) => readonly RunRecord[]
  /** Also what was changed since is put back. */
  readonly overwritesNewer: boolean
}

/** Fills a begun plan. Answers the error that stopped it, or null; the plan is marked accordingly. */
export async function makeUndoPlan(
  job: Job,
  planId: string,
  request: UndoRequest,
  control: RunControl,
): Promise<ErrorInfo | null> {
  try {
    await planBothWays(job, planId, request, control)
    job.store.plans.readyPlan(planId, null)
    return null
  } catch (thrown) {
    const error = errorInfoOf(thrown)
    job.store.plans.failPlan(planId, error)
    return error
  }
}

const atOnce = 200

async function planBothWays(job: Job, planId: string, request: UndoRequest, control: RunControl): Promise<void> {
  const counts: Record<Outcome, number> = { ...noOutcomes }
  let readCount = 0
  const index = job.plan.scratch
  for (const way of waysOf(job)) {
    await collect(index, request, way.isBack)
    for (let afterId = '', isMore = true; isMore; ) {
      control.signal.throwIfAborted()
      const writes = netWrites(index, afterId, atOnce)
      const items = await decideAll(job, way, writes, request, control)
      readCount += writes.length
      for (const { action } of items) counts[outcomeOfAction[action]] += 1
      counts.unchanged += writes.length - items.length
      job.store.plans.addItems(planId, items, { readCount, counts: { ...counts } })
      job.onProgress({ readCount, counts: { ...counts }, position: { kind: 'start' }, serverTime: null })
      // The other way uses the same index.
      for (const { externalId } of writes) index.forget(externalId)
      afterId = writes.at(-1)?.externalId ?? ''
      isMore = writes.length === atOnce
    }
  }
}

interface Way {
  readonly isBack: boolean
  /** Undefined: the integration does not write in this direction any more. */
  readonly route: Route | undefined
  readonly destination: ConnectedObject
  readonly matchFields: readonly string[]
}

function waysOf(job: Job): readonly Way[] {
  const { route, matchFields } = job.plan
  return [
    { isBack: false, route, destination: job.destination, matchFields },
    {
      isBack: true,
      route: job.twoWay?.route,
      destination: job.source,
      matchFields: job.twoWay?.matchFields ?? [],
    },
  ]
}

/** Gives way after each page: a run can have written a million records. */
async function collect(index: ScratchIndex, { written }: UndoRequest, isBack: boolean): Promise<void> {
  for (let afterSeq = 0; ; ) {
    const records = written(afterSeq, atOnce)
    for (const record of records) if ((record.isBack === true) === isBack) addWrite(index, record)
    const last = records.at(-1)
    if (!last) return
    afterSeq = last.seq
    await letOthersGo()
  }
}

async function decideAll(
  job: Job,
  way: Way,
  writes: readonly NetWrite[],
  request: UndoRequest,
  control: RunControl,
): Promise<readonly FrozenItem[]> {
  const { route, destination } = way
  if (writes.length === 0) return []
  if (!route) return writes.map(heldBack)
  const ids = writes.map(({ externalId }) => externalId)
  const current = await readCurrent(destination, ids, control.signal)
  return writes.flatMap((write) => {
    const item = decideOne(job, way, route, write, current.get(write.externalId) ?? null, request)
    return item ? [way.isBack ? { ...item, direction: 'back' as const } : item] : []
  })
}

function decideOne(
  job: Job,
  { destination, matchFields }: Way,
  route: Route,
  write: NetWrite,
  current: Parameters<typeof decideUndo>[0]['current'],
  { overwritesNewer }: UndoRequest,
): FrozenItem | undefined {
  const { links, journal } = job.store
  if (write.kind === 'deleted' && !links.isBuried(route.destinationStream, write.externalId)) return undefined
  const link = links.linkState(route, write.sourceId)
  return decideUndo({
    write,
    current,
    source: sourceOf(job, route, write, link?.sourceHash ?? null),
    linked: link && links.destinationState(route, link.cluster),
    hasOpenWrite: journal.hasOpenIntent(route, write.sourceId),
    description: destination.description,
    isSureOfCreates: isSureOfCreates(destination, matchFields),
    overwritesNewer,
  })
}

/** Where a create may change what is there already, only a look beforehand tells that the record was new. */
function isSureOfCreates({ description }: ConnectedObject, matchFields: readonly string[]): boolean {
  const create = description.writes.create
  if (create?.class !== 'U') return true
  return create.findBy === undefined ? matchFields.length > 0 : matchFields.includes(create.findBy)
}

/** The source's side as it was agreed: taking a write back does not change it. */
function sourceOf(job: Job, route: Route, { sourceId }: NetWrite, hash: string | null): SourceSide {
  const base = job.store.links.sourceBase(route, sourceId) ?? {}
  return { externalId: sourceId, base, text: JSON.stringify(base), hash: hash ?? '', version: null }
}

function heldBack(write: NetWrite): FrozenItem {
  return {
    action: 'hold',
    label: write.label,
    source: { externalId: write.sourceId, base: {}, text: '{}', hash: '', version: null },
    agreedHash: null,
    destinationId: write.externalId,
    operation: null,
    values: {},
    before: write.after,
    after: write.before,
    nextBase: {},
    version: null,
    reason: noWayBack,
    direction: 'back',
  }
}

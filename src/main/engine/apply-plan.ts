/** Runs an approved plan: executes exactly its items; an item whose link changed since is refused and left to the next plan. */
import { type ErrorInfo, errorInfoOf } from '#shared/errors.ts'
import type { RunState } from '#shared/model/run.ts'
import { type CheckCreates, createCheckCreates } from './check-creates.ts'
import { checkGone } from './deletes/check-gone.ts'
import type { Job, RunControl } from './job.ts'
import type { FrozenItem, StoredRun } from './ports/sync-store.ts'
import { finish, isStopping, makeParts, recoverOpen, settleAll } from './run-integration.ts'
import type { RunningParts } from './running-parts.ts'
import { agreedHash, type TwoWay, turned } from './two-way/two-way-job.ts'
import { checkUndo } from './undo/check-undo.ts'

/** Carries a begun run of a plan to its end. Never throws: whatever goes wrong becomes the run's state and error. */
export async function applyPlan(
  job: Job,
  run: StoredRun & { readonly planId: string },
  control: RunControl,
): Promise<RunState> {
  const parts = makeParts(job, run, control)
  let error: ErrorInfo | null = null
  try {
    await settleAll(parts, await recoverOpen(parts))
    if (run.position.kind !== 'end') await applyAll(parts, run.planId)
    await settleAll(parts, await parts.executor.settle())
    error = parts.executor.failure() ?? null
  } catch (thrown) {
    error = errorInfoOf(thrown)
    await parts.executor.settle().catch(() => [])
  }
  return finish(parts, error)
}

const itemsAtOnce = 200

async function applyAll(parts: RunningParts, planId: string): Promise<void> {
  const { job, run, executor } = parts
  const checkCreates = createCheckCreates(parts)
  let afterSeq = run.position.kind === 'at' ? Number(run.position.token) : 0
  while (!isStopping(parts)) {
    const rows = job.store.plans.frozenItems(planId, afterSeq, itemsAtOnce)
    const last = rows.at(-1)
    const items = await checkItems(
      rows.map(({ item }) => item),
      parts,
      checkCreates,
    )
    await executor.applyPage({
      items,
      settled: [],
      skipped: [],
      unchangedCount: 0,
      filteredCount: 0,
      position: last ? { kind: 'at', token: String(last.seq) } : { kind: 'end' },
      readCount: rows.length,
    })
    if (!last) return
    afterSeq = last.seq
  }
}

async function checkItems(
  items: readonly FrozenItem[],
  parts: RunningParts,
  checkCreates: CheckCreates,
): Promise<readonly FrozenItem[]> {
  if (items.some(({ undo }) => undo !== undefined)) return checkCreates(await checkUndo(items, parts))
  return checkCreates(
    await checkGone(
      items.flatMap((item) => checked(item, parts)),
      parts,
    ),
  )
}

/**
 * The item as it is; nothing where it was carried out before a stop of this run; held when the record was written by
 * another run since the plan was made.
 */
function checked(item: FrozenItem, parts: RunningParts): readonly FrozenItem[] {
  if (item.operation === null) return [item]
  const { twoWay } = parts.job
  const state = twoWay ? twoWayState(item, parts.job, twoWay) : oneWayState(item, parts.job)
  if (state === 'as-planned') return [item]
  // A run that is taken up was read as it was left: not as running.
  if (state === 'done' && parts.run.state !== 'running') return []
  const reason = {
    code: 'plan-stale',
    message: 'The record was written since this plan was made; this item was not carried out.',
    next: 'Make a new plan.',
  }
  return [{ ...item, action: 'hold', operation: null, reason }]
}

type ItemState = 'as-planned' | 'done' | 'stale'

function isCarriedOut(route: Job['plan']['route'], sourceId: string, job: Job): boolean {
  return job.store.links.isBuried(route.sourceStream, sourceId)
}

function oneWayState({ source, agreedHash: planned, deletion }: FrozenItem, job: Job): ItemState {
  const { route } = job.plan
  const now = job.store.links.linkState(route, source.externalId)?.sourceHash ?? null
  if (job.store.journal.hasOpenIntent(route, source.externalId)) return 'stale'
  if (deletion && isCarriedOut(route, source.externalId, job)) return 'done'
  if (now === planned) return 'as-planned'
  return now === source.hash ? 'done' : 'stale'
}

/** Compares what both sides agree about the fields of the item with what they agreed when it was planned. */
function twoWayState(item: FrozenItem, job: Job, twoWay: TwoWay): ItemState {
  const isBack = item.direction === 'back'
  const route = isBack ? twoWay.route : job.plan.route
  const { links, journal } = job.store
  if (journal.hasOpenIntent(route, item.source.externalId) || !item.patches) return 'stale'
  const link = links.linkState(route, item.source.externalId)
  const own = link?.sourceHash ? links.sourceBase(route, item.source.externalId) : null
  if (item.agreedHash === null) return own === null ? 'as-planned' : 'stale'
  const other = link ? (links.destinationState(route, link.cluster)?.base ?? null) : null
  const patches = isBack ? turned(item.patches) : item.patches
  const [source, destination] = isBack ? [other, own] : [own, other]
  if (agreedHash(source, destination, patches) === item.agreedHash) return 'as-planned'
  const done = agreedHash(patches.source.values, patches.destination.values, patches)
  return agreedHash(source, destination, patches) === done ? 'done' : 'stale'
}

/** Runs an approved plan: executes exactly its items; an item whose link changed since is refused and left to the next plan. */
import { type ErrorInfo, errorInfoOf } from '#shared/errors.ts'
import type { RunState } from '#shared/model/run.ts'
import type { Job, RunControl } from './job.ts'
import type { FrozenItem, StoredRun } from './ports/sync-store.ts'
import { finish, isStopping, makeParts, recoverOpen, settleAll } from './run-integration.ts'
import type { RunningParts } from './running-parts.ts'

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
  let afterSeq = run.position.kind === 'at' ? Number(run.position.token) : 0
  while (!isStopping(parts)) {
    const rows = job.store.plans.frozenItems(planId, afterSeq, itemsAtOnce)
    const last = rows.at(-1)
    const items = rows.map((row) => checked(row.item, parts))
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

/** The item as it is, or held when the record was written by another run since the plan was made. */
function checked(item: FrozenItem, parts: RunningParts): FrozenItem {
  if (item.operation === null) return item
  const { links, journal } = parts.job.store
  const { route } = parts.job.plan
  const link = links.linkState(route, item.source.externalId)
  const isStale = (link?.sourceHash ?? null) !== item.agreedHash || journal.hasOpenIntent(route, item.source.externalId)
  if (!isStale) return item
  const reason = {
    code: 'plan-stale',
    message: 'The record was written since this plan was made; this item was not carried out.',
    next: 'Make a new plan.',
  }
  return { ...item, action: 'hold', operation: null, reason }
}

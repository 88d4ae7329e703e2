/** Whether a run can be undone, until when, and why not. */
import type { Route } from '#main/engine/ports/sync-store.ts'
import type { Store } from '#main/store/open-store.ts'
import { AppError } from '#shared/errors.ts'
import type { Run, UndoInfo } from '#shared/model/run.ts'
import { parseIntegration, storedIntegration } from './build-job.ts'

const dayMs = 86_400_000

export function undoInfoOf(run: Run, { runs, settings }: Pick<Store, 'runs' | 'settings'>, nowMs: number): UndoInfo {
  const until = undoableUntil(run, settings.undoDays())
  const { created, updated, deleted } = run.counts
  const by = runs.undoneBy(run.id) ?? null
  if (until === null || isOpen(run)) return { state: 'not-ended', until, by }
  if (created + updated + deleted === 0) return { state: 'nothing-written', until, by }
  return { state: Date.parse(until) > nowMs ? 'possible' : 'over', until, by }
}

/** Without its records nothing of a run can be taken back, whatever the settings say now. */
function undoableUntil(run: Run, undoDays: number): string | null {
  const { historyPrunedAt } = run
  // One that was cancelled after a kill has no end: the days count from its start.
  const endedAt = run.endedAt ?? (isOpen(run) ? null : run.startedAt)
  if (endedAt === null) return null
  const bySettings = new Date(Date.parse(endedAt) + undoDays * dayMs).toISOString()
  return historyPrunedAt !== undefined && historyPrunedAt < bySettings ? historyPrunedAt : bySettings
}

function isOpen({ state }: Run): boolean {
  return state === 'running' || state === 'paused' || state === 'interrupted'
}

/** The run, where it can be undone. Throws AppError: `unknown-run`, `undo-not-ended`, `undo-nothing`, `undo-over`, `undo-other-place`. */
export function undoableRun(runId: string, store: Store, nowMs: number): Run {
  const run = store.runs.get(runId)
  if (!run) throw refusal('unknown-run', `There is no run "${runId}".`, '"patchbay runs" lists the latest ones.')
  const { state, until } = undoInfoOf(run, store, nowMs)
  if (state === 'not-ended')
    throw refusal(
      'undo-not-ended',
      'This run has not ended, so it cannot be undone yet.',
      'Let it go on or cancel it, then undo it.',
    )
  if (state === 'nothing-written')
    throw refusal('undo-nothing', 'This run wrote nothing, so there is nothing to undo.', 'Look at its records.')
  if (state === 'over')
    throw refusal(
      'undo-over',
      `This run could be undone until ${(until ?? '').slice(0, 10)}.`,
      'Correct the records by hand: the run shows each one before and after, as long as it is kept.',
    )
  refuseOtherPlace(run, store)
  return run
}

/** The old values belong to the place that the run wrote to. */
function refuseOtherPlace({ integrationId, integrationVersion }: Run, { definitions }: Store): void {
  const then = definitions.version('integration', integrationId, integrationVersion)
  if (!then) return
  const now = parseIntegration(storedIntegration({ definitions }, integrationId))
  const before = parseIntegration(then)
  const isSame = (['source', 'destination'] as const).every(
    (side) => now[side].connection === before[side].connection && now[side].object === before[side].object,
  )
  if (isSame) return
  throw refusal(
    'undo-other-place',
    'The integration connects other places than when this run wrote, so Patchbay cannot tell what to take back.',
    'Set source and destination as they were, undo the run, then change them again.',
  )
}

/** Writes whose outcome is open come first: what they did is not known yet. Throws AppError `undo-writes-open`. */
export function refuseOpenWrites(
  { integrationId }: Pick<Route, 'integrationId'>,
  { journal }: Pick<Store, 'journal'>,
): void {
  const [open] = journal.openIntents(integrationId, ['ready', 'sent', 'uncertain'], 1)
  if (!open) return
  throw refusal(
    'undo-writes-open',
    'An earlier run was stopped while writes were on their way; what became of them is not known yet.',
    'Run the integration: it finds out about them first. Then undo.',
  )
}

function refusal(code: string, message: string, next: string): AppError {
  return new AppError({ kind: 'conflict', code, message, kept: 'Nothing was written.', next })
}

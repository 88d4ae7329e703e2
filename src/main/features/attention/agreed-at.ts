/** When both sides of a conflict were last in step, as far as the runs tell. */
import type { WaitingRecord } from '#main/store/decision-store.ts'
import type { RunRepository } from '#main/store/run-store.ts'

const mostRuns = 20

/** The end of the last run that finished before the record began to wait: it left the record in step. Null: not known. */
export function agreedAtOf(
  runs: Pick<RunRepository, 'list'>,
  { integrationId, conflict, firstAt }: Pick<WaitingRecord, 'integrationId' | 'conflict' | 'firstAt'>,
): string | null {
  if (!conflict?.facts?.base) return null
  const before = runs
    .list({ integrationId, before: { startedAt: firstAt, id: '' }, limit: mostRuns })
    .find(({ state, endedAt }) => state === 'finished' && endedAt !== null && endedAt < firstAt)
  return before?.endedAt ?? null
}

/** What the run screens ask and do. */
import { useLocation } from 'wouter'
import { useLongAnswer } from '#renderer/app/session-pages.ts'
import { useAction, useAnswer } from '#renderer/app/session-queries.ts'
import { needsPerson, type RunAnswer } from '#renderer/ui/run-view.ts'
import type { Outcome } from '#shared/model/run.ts'
import type { Cause } from './causes-view.ts'
import type { RunFilter } from './run-filter.ts'

export const runsAtOnce = 25

/** One page of runs, newest first; `before`: the last run of the page before. */
export function useRuns({ integrationId, selection }: RunFilter, before: RunAnswer | undefined) {
  return useAnswer(
    'runs.list',
    {
      limit: runsAtOnce,
      ...(integrationId !== null && { integrationId }),
      ...(selection !== null && { selection }),
      ...(before && { before: { startedAt: before.startedAt, id: before.id } }),
    },
    { keepsFormer: true },
  )
}

export function useIntegrationNames(): ReadonlyMap<string, string> {
  const { data } = useAnswer('integrations.list', {})
  return new Map(data?.integrations.map(({ id, name }) => [id, name]))
}

export function useRun(runId: string) {
  return useAnswer('runs.get', { runId })
}

export interface RecordsWanted {
  readonly runId: string
  readonly outcome: Outcome | null
  readonly cause: Cause | null
  readonly search: string
}

/** The records of a run, page by page as they come into view. */
export function useRecords({ runId, outcome, cause, search }: RecordsWanted) {
  const wantedOutcome = cause?.outcome ?? outcome
  return useLongAnswer(
    'runs.records',
    {
      runId,
      ...(wantedOutcome === null ? {} : { outcome: wantedOutcome }),
      ...(cause === null ? {} : { cause: cause.code, ...(cause.field === null ? {} : { field: cause.field }) }),
      ...(search === '' ? {} : { search }),
    },
    ({ records, next }) => ({ items: records, next }),
  )
}

/** Asked only where something waits for a person: grouping a million records is work. */
export function useCauses({ id, counts }: RunAnswer) {
  return useAnswer('runs.causes', { runId: id }, { isWanted: needsPerson(counts) > 0, keepsFormer: true })
}

/** Pause and cancel this run, or start the integration again and go to the new run. */
export function useRunActions(runId: string, integrationId: string) {
  const [, navigate] = useLocation()
  const pause = useAction('runs.pause')
  const cancel = useAction('runs.cancel')
  const start = useAction('runs.start')
  const undo = useAction('runs.plan-undo')
  return {
    pause: () => pause.mutate({ runId }),
    cancel: () => cancel.mutate({ runId }),
    start: () => start.mutate({ integrationId }, { onSuccess: (started) => navigate(`/runs/${started.runId}`) }),
    undo: () => undo.mutate({ runId }, { onSuccess: (made) => navigate(`/plans/${made.planId}`) }),
    isBusy: pause.isPending || cancel.isPending || start.isPending || undo.isPending,
    error: pause.error ?? cancel.error ?? start.error ?? undo.error,
  }
}

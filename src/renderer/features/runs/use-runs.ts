/** What the run screens ask and do. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useAction, useAnswer } from '#renderer/app/session-queries.ts'
import { pageSize } from '#renderer/ui/pages.ts'
import type { Outcome } from '#shared/model/run.ts'

const runsAtOnce = 25
const mostRuns = 200

/** The newest runs; `showMore` asks for more of them, up to what one answer carries. */
export function useRuns() {
  const [limit, setLimit] = useState(runsAtOnce)
  const runs = useAnswer('runs.list', { limit }, { keepsFormer: true })
  const hasMore = runs.data !== undefined && runs.data.runs.length >= limit && limit < mostRuns
  return { runs, hasMore, showMore: () => setLimit(Math.min(limit + runsAtOnce, mostRuns)) }
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
  readonly afterSeq: number
  readonly outcome: Outcome | null
  readonly search: string
}

export function useRecords({ runId, afterSeq, outcome, search }: RecordsWanted) {
  const narrowing = { ...(outcome === null ? {} : { outcome }), ...(search === '' ? {} : { search }) }
  return useAnswer('runs.records', { runId, afterSeq, limit: pageSize, ...narrowing }, { keepsFormer: true })
}

/** Pause and cancel this run, or start the integration again and go to the new run. */
export function useRunActions(runId: string, integrationId: string) {
  const [, navigate] = useLocation()
  const pause = useAction('runs.pause')
  const cancel = useAction('runs.cancel')
  const start = useAction('runs.start')
  return {
    pause: () => pause.mutate({ runId }),
    cancel: () => cancel.mutate({ runId }),
    start: () => start.mutate({ integrationId }, { onSuccess: (started) => navigate(`/runs/${started.runId}`) }),
    isBusy: pause.isPending || cancel.isPending || start.isPending,
    error: pause.error ?? cancel.error ?? start.error,
  }
}

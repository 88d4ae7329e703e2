/** What the home screen asks and does. */
import { useAction, useAnswer } from '#renderer/app/session-queries.ts'
import type { AppError } from '#shared/errors.ts'
import type { HomeFacts } from './home-view.ts'

const lastRunCount = 6

/** Everything the health sentence needs, as one answer. */
export function useHomeFacts() {
  const status = useAnswer('system.status', {})
  const integrations = useAnswer('integrations.list', {})
  const connections = useAnswer('connections.list', {})
  const asked = [status, integrations, connections]
  const error: AppError | null = status.error ?? integrations.error ?? connections.error
  const facts: HomeFacts | undefined =
    status.data && integrations.data && connections.data
      ? { status: status.data, integrations: integrations.data.integrations, connections: connections.data.connections }
      : undefined
  return { data: facts, error, refetch: () => asked.map((one) => one.refetch()) }
}

export function useLastRuns() {
  return useAnswer('runs.list', { limit: lastRunCount })
}

export function useStartPractice() {
  return useAction('practice.start')
}

export function useSchedules() {
  return useAnswer('schedules.list', {})
}

export function useResumeAll() {
  return useAction('schedules.resume-all')
}

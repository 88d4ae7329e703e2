/** What the integration screens ask and do. */
import { useLocation } from 'wouter'
import { useAction, useAnswer } from '#renderer/app/session-queries.ts'
import type { Output } from '#shared/contract/contract.ts'
import type { Integration } from './integration-view.ts'

const shownRuns = 5
const shownPlans = 5

export function useIntegrations() {
  return useAnswer('integrations.list', {})
}

export function useIntegration(integrationId: string) {
  return useAnswer('integrations.get', { integrationId })
}

/** Connections by id, for names and environments. */
export function useConnectionsById() {
  const { data } = useAnswer('connections.list', {})
  return new Map(data?.connections.map((connection) => [connection.id, connection]))
}

export function useRunsOf(integrationId: string) {
  return useAnswer('runs.list', { integrationId, limit: shownRuns })
}

export function usePlansOf(integrationId: string) {
  return useAnswer('plans.list', { integrationId, limit: shownPlans })
}

/** Makes a plan or starts a run, and goes to where it can be watched. */
export function useSteps(integrationId: string) {
  const [, navigate] = useLocation()
  const plan = useAction('plans.make')
  const start = useAction('runs.start')
  return {
    makePlan: () => plan.mutate({ integrationId }, { onSuccess: ({ planId }) => navigate(`/plans/${planId}`) }),
    run: () => start.mutate({ integrationId }, { onSuccess: ({ runId }) => navigate(`/runs/${runId}`) }),
    isPlanning: plan.isPending,
    isStarting: start.isPending,
    error: plan.error ?? start.error,
  }
}

/** Starts all legs, or makes all missing plans; each leg goes its own way from there. */
export function useSetSteps() {
  const plan = useAction('plans.make')
  const start = useAction('runs.start')
  return {
    plan: (legs: readonly Integration[]) => {
      for (const { id: integrationId } of legs) plan.mutate({ integrationId })
    },
    run: (legs: readonly Integration[]) => {
      for (const { id: integrationId } of legs) start.mutate({ integrationId })
    },
    isBusy: plan.isPending || start.isPending,
    error: plan.error ?? start.error,
  }
}

export function useVersions(integrationId: string) {
  return useAnswer('integrations.versions', { integrationId })
}

export function useRemoveIntegration() {
  return useAction('integrations.remove')
}

/** Saves an earlier version as the newest one. */
export function useBringBack({ id: integrationId, version: expectedVersion }: Integration) {
  const read = useAction('integrations.definition')
  const save = useAction('integrations.save')
  return {
    bringBack: (version: number, onDone: () => void) =>
      read.mutate(
        { integrationId, version },
        { onSuccess: ({ definition }) => save.mutate({ definition, expectedVersion }, { onSuccess: onDone }) },
      ),
    isPending: read.isPending || save.isPending,
    error: read.error ?? save.error,
  }
}

export interface ScheduledAnswer {
  readonly scheduled: Output<'schedules.list'>['schedules'][number]
  /** Of this computer. */
  readonly zone: string
  readonly allPausedAt: string | null
}

export function useScheduled(integrationId: string) {
  const { data: all, error, refetch } = useAnswer('schedules.list', {})
  const scheduled = all?.schedules.find((one) => one.integrationId === integrationId)
  const data: ScheduledAnswer | undefined =
    all && scheduled ? { scheduled, zone: all.zone, allPausedAt: all.allPausedAt } : undefined
  return { data, error, refetch }
}

export function useSchedulePause(integrationId: string) {
  const pause = useAction('schedules.pause')
  const resume = useAction('schedules.resume')
  return {
    pause: () => pause.mutate({ integrationId }),
    resume: () => resume.mutate({ integrationId }),
    isPending: pause.isPending || resume.isPending,
    error: pause.error ?? resume.error,
  }
}

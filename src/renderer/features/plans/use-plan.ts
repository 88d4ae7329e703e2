/** What the plan screen asks and does. */
import { useLocation } from 'wouter'
import { useLongAnswer } from '#renderer/app/session-pages.ts'
import { useAction, useAnswer } from '#renderer/app/session-queries.ts'
import type { PlanAnswer } from '#renderer/ui/run-view.ts'
import type { PlanAction } from '#shared/model/plan.ts'

export function usePlan(planId: string) {
  return useAnswer('plans.get', { planId })
}

export interface ItemsWanted {
  readonly planId: string
  readonly action: PlanAction | null
  readonly search: string
}

/** The items of a plan, page by page as they come into view. */
export function useItems({ planId, action, search }: ItemsWanted) {
  return useLongAnswer(
    'plans.items',
    { planId, ...(action === null ? {} : { action }), ...(search === '' ? {} : { search }) },
    ({ items, next }) => ({ items, next }),
  )
}

/** The integration of the plan and the connection it writes to. */
export function useTarget(integrationId: string) {
  const integration = useAnswer('integrations.get', { integrationId })
  const connections = useAnswer('connections.list', {})
  const destinationId = integration.data?.destination.connection
  const find = (id: string | undefined) => connections.data?.connections.find((connection) => connection.id === id)
  const destination = find(destinationId)
  const source = find(integration.data?.source.connection)
  const isBothWays = integration.data?.pattern === 'two-way'
  /** Where the plan writes, in words. */
  const into = [...(isBothWays && source ? [source.name] : []), ...(destination ? [destination.name] : [])].join(
    ' and ',
  )
  return { integration: integration.data, destination, into }
}

/** Approve, discard, or make anew: of what a run would do, or of what undoing one would. */
export function usePlanActions({ id: planId, integrationId, undoes }: PlanAnswer) {
  const [, navigate] = useLocation()
  const approve = useAction('plans.approve')
  const discard = useAction('plans.discard')
  const make = useAction('plans.make')
  const undo = useAction('runs.plan-undo')
  const show = { onSuccess: (made: { readonly planId: string }) => navigate(`/plans/${made.planId}`) }
  const after = undoes === null ? `/integrations/${integrationId}` : `/runs/${undoes}`
  const renewUndo = (overwritesNewer: boolean): void => {
    if (undoes !== null) undo.mutate({ runId: undoes, overwritesNewer }, show)
  }
  return {
    approve: () => approve.mutate({ planId }, { onSuccess: ({ runId }) => navigate(`/runs/${runId}`) }),
    discard: () => discard.mutate({ planId }, { onSuccess: () => navigate(after) }),
    renew: () => (undoes === null ? make.mutate({ integrationId }, show) : renewUndo(false)),
    withNewer: () => renewUndo(true),
    isBusy: approve.isPending || discard.isPending || make.isPending || undo.isPending,
    error: approve.error ?? discard.error ?? make.error ?? undo.error,
  }
}

/** What deciding a conflict asks and does. */
import { useLocation } from 'wouter'
import { useAction, useAnswer } from '#renderer/app/session-queries.ts'
import type { RulePolicy } from '#shared/model/conflict-policy.ts'
import type { UnitChoices } from '#shared/model/decision.ts'
import type { Waiting } from '../use-attention.ts'

export function useDecideFields({ integrationId, side, externalId, conflict }: Waiting) {
  const decide = useAction('attention.decide-fields')
  return {
    save: (choices: UnitChoices) => {
      if (!conflict) return
      const { source, destination } = conflict
      decide.mutate({ record: { integrationId, side, externalId }, choices, seen: { source, destination } })
    },
    isPending: decide.isPending,
    error: decide.error,
  }
}

export function useRule(integrationId: string, unit: string, policy: RulePolicy) {
  const [, navigate] = useLocation()
  const preview = useAnswer('attention.preview-rule', { integrationId, unit, policy }, { keepsFormer: true })
  const save = useAction('attention.save-rule')
  const plan = useAction('plans.make')
  return {
    preview,
    save: (expectedVersion: number) => save.mutate({ integrationId, unit, policy, expectedVersion }),
    isSaving: save.isPending,
    isSaved: save.isSuccess,
    makePlan: () => plan.mutate({ integrationId }, { onSuccess: ({ planId }) => navigate(`/plans/${planId}`) }),
    isPlanning: plan.isPending,
    error: save.error ?? plan.error,
  }
}

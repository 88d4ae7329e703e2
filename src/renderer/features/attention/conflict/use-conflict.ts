/** What deciding a conflict asks and does. */
import { useAction } from '#renderer/app/session-queries.ts'
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

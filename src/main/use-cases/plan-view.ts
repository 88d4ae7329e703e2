/** Plans as people see them: one that still holds carries the newest version it holds for. */
import type { DefinitionRepository } from '#main/store/definition-store.ts'
import type { Plan } from '#shared/model/plan.ts'
import { contentVersionOf } from './approval.ts'

/** A new name or schedule alone is a new version, and outdates no plan. */
export function planView(plan: Plan, definitions: DefinitionRepository): Plan {
  const stored = definitions.get('integration', plan.integrationId)
  const holds = stored !== undefined && plan.integrationVersion === contentVersionOf(stored, definitions)
  return holds ? { ...plan, integrationVersion: stored.version } : plan
}

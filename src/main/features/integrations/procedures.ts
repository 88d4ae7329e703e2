/** Integrations and definition files, as the renderer and the command line see them. */

import type { StoredDefinition } from '#main/store/definition-store.ts'
import type { Store } from '#main/store/open-store.ts'
import { parseIntegration, storedIntegration } from '#main/use-cases/build-job.ts'
import type { CountMatches } from '#main/use-cases/count-matches.ts'
import type { Definitions } from '#main/use-cases/definitions.ts'
import type { Output } from '#shared/contract/contract.ts'
import type { AppEvent } from '#shared/contract/events.ts'
import type { HandlersOf } from '#shared/contract/handlers.ts'
import type { integrationsContract } from '#shared/contract/integrations.ts'
import { explainFilter } from '#shared/filter/explain-filter.ts'
import { explainMapping } from '#shared/mapping/explain-mapping.ts'
import type { IntegrationDefinition } from '#shared/model/integration.ts'

export interface IntegrationsParts {
  readonly store: Store
  readonly definitions: Definitions
  readonly countMatches: CountMatches
  readonly publish: (event: AppEvent) => void
}

export function integrationsProcedures(parts: IntegrationsParts): HandlersOf<keyof typeof integrationsContract> {
  const { store, definitions } = parts
  return {
    'integrations.list': () => ({
      integrations: store.definitions.list('integration').map((stored) => integrationView(stored, store)),
    }),
    'integrations.get': ({ integrationId }) => integrationView(storedIntegration(store, integrationId), store),
    'integrations.count': ({ integrationId }, { signal }) => parts.countMatches(integrationId, signal),
    'definitions.import': async ({ text, fileName }) => {
      const saved = await definitions.importFile(text, fileName)
      if (saved.some((one) => one.isNew)) parts.publish({ name: 'definitions.changed', payload: {} })
      return { saved: [...saved] }
    },
    'definitions.export': async () => ({ text: await definitions.exportFile() }),
    'definitions.schema': () => ({ schema: definitions.schema() }),
  }
}

function integrationView(stored: StoredDefinition, store: Store): Output<'integrations.get'> {
  const definition = parseIntegration(stored)
  return {
    id: stored.id,
    name: definition.name,
    pattern: definition.pattern,
    version: stored.version,
    savedAt: stored.savedAt,
    isApproved: stored.approvedAt !== null,
    source: definition.source,
    destination: definition.destination,
    sentences: [...sentencesOf(definition)],
    lastRun: store.runs.list({ integrationId: stored.id, limit: 1 })[0] ?? null,
    lastPlan: store.plans.latest(stored.id) ?? null,
  }
}

function sentencesOf(definition: IntegrationDefinition): readonly string[] {
  const filter = definition.filter ? [`Takes part: ${explainFilter(definition.filter)}`] : []
  const match =
    definition.match.length > 0 ? [`Existing records are recognised by ${definition.match.join(', then ')}.`] : []
  return [...filter, ...match, ...explainMapping(definition.mapping)]
}

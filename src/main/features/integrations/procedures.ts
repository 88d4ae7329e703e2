/** Integrations and definition files, as the renderer and the command line see them. */

import type { StoredDefinition } from '#main/store/definition-store.ts'
import type { Store } from '#main/store/open-store.ts'
import { approvalOf } from '#main/use-cases/approval.ts'
import { parseIntegration, storedIntegration } from '#main/use-cases/build-job.ts'
import type { CountMatches } from '#main/use-cases/count-matches.ts'
import type { Definitions } from '#main/use-cases/definitions.ts'
import { planView } from '#main/use-cases/plan-view.ts'
import type { Output } from '#shared/contract/contract.ts'
import type { AppEvent } from '#shared/contract/events.ts'
import type { HandlersOf } from '#shared/contract/handlers.ts'
import type { integrationsContract } from '#shared/contract/integrations.ts'
import { AppError } from '#shared/errors.ts'
import { explainFilter } from '#shared/filter/explain-filter.ts'
import type { JsonObject } from '#shared/json.ts'
import { explainMapping } from '#shared/mapping/explain-mapping.ts'
import type { IntegrationDefinition } from '#shared/model/integration.ts'

export interface IntegrationsParts {
  readonly store: Store
  readonly definitions: Definitions
  readonly countMatches: CountMatches
  readonly publish: (event: AppEvent) => void
  /** ISO instant. */
  readonly now: () => string
  /** Whether an integration is running or being planned. */
  readonly isBusy: (integrationId: string) => boolean
}

export function integrationsProcedures(parts: IntegrationsParts): HandlersOf<keyof typeof integrationsContract> {
  const { store, definitions } = parts
  const changed = (): void => parts.publish({ name: 'definitions.changed', payload: {} })
  return {
    'integrations.list': () => ({
      integrations: store.definitions.list('integration').map((stored) => integrationView(stored, store)),
    }),
    'integrations.get': ({ integrationId }) => integrationView(storedIntegration(store, integrationId), store),
    'integrations.definition': ({ integrationId, version }) => {
      const newest = storedIntegration(store, integrationId)
      const stored = version === undefined ? newest : store.definitions.version('integration', integrationId, version)
      if (!stored) throw unknownVersion(integrationId, version)
      // Bodies are written by Patchbay from parsed definitions.
      return {
        ...versionView(stored),
        definition: JSON.parse(stored.body) as JsonObject,
        newestVersion: newest.version,
      }
    },
    'integrations.save': async ({ definition, expectedVersion }) => {
      const { version, isNew } = await definitions.saveIntegration({ definition, expectedVersion })
      if (isNew) changed()
      return { version, isNew }
    },
    'integrations.remove': ({ integrationId }) => {
      storedIntegration(store, integrationId)
      if (parts.isBusy(integrationId)) throw busy(integrationId)
      store.definitions.remove('integration', integrationId, parts.now())
      changed()
      return {}
    },
    'integrations.versions': ({ integrationId }) => {
      storedIntegration(store, integrationId)
      return { versions: store.definitions.versions('integration', integrationId).map(versionView) }
    },
    'integrations.count': ({ integrationId }, { signal }) => parts.countMatches(integrationId, signal),
    'definitions.import': async ({ text, fileName }) => {
      const saved = await definitions.importFile(text, fileName)
      if (saved.some((one) => one.isNew)) changed()
      return { saved: [...saved] }
    },
    'definitions.export': async () => ({ text: await definitions.exportFile() }),
    'definitions.schema': () => ({ schema: definitions.schema() }),
  }
}

function integrationView(stored: StoredDefinition, store: Store): Output<'integrations.get'> {
  const definition = parseIntegration(stored)
  const approval = approvalOf(stored, store.definitions)
  const lastPlan = store.plans.latest(stored.id)
  return {
    id: stored.id,
    name: definition.name,
    pattern: definition.pattern,
    legOf: definition.legOf ?? null,
    fills: definition.mapping.map(({ to, write = 'always' }) => ({
      field: to,
      isOwned: write !== 'on-create' && write !== 'fill-empty',
    })),
    version: stored.version,
    savedAt: stored.savedAt,
    isApproved: approval.isApproved,
    isChangedSinceApproval: approval.isChangedSince,
    source: definition.source,
    destination: definition.destination,
    sentences: [...sentencesOf(definition)],
    lastRun: store.runs.list({ integrationId: stored.id, limit: 1 })[0] ?? null,
    lastPlan: lastPlan ? planView(lastPlan, store.definitions) : null,
  }
}

function versionView({ version, savedAt, savedBy }: StoredDefinition) {
  return { version, savedAt, savedBy }
}

function unknownVersion(integrationId: string, version: number | undefined): AppError {
  return new AppError({
    kind: 'config',
    code: 'unknown-version',
    message: `"${integrationId}" has no version ${version}.`,
    next: 'Choose one of its versions.',
    details: { integration: integrationId },
  })
}

function busy(integrationId: string): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'already-running',
    message: `"${integrationId}" is running or being planned right now.`,
    kept: 'Nothing was removed.',
    next: 'Wait until it has ended, or cancel it.',
    details: { integration: integrationId },
  })
}

function sentencesOf(definition: IntegrationDefinition): readonly string[] {
  const filter = definition.filter ? [`Takes part: ${explainFilter(definition.filter)}`] : []
  const match =
    definition.match.length > 0 ? [`Existing records are recognised by ${definition.match.join(', then ')}.`] : []
  return [
    ...filter,
    ...match,
    ...explainMapping(definition.mapping),
    ...goneSentences(definition),
    ...backSentences(definition),
  ]
}

function goneSentences({ policies: { deletes } }: IntegrationDefinition): readonly string[] {
  if (deletes === undefined || deletes === 'leave') return []
  if (deletes === 'hold') return ['A record that is gone from the source waits for a person.']
  if (deletes === 'delete') return ['A record that is gone from the source is deleted at the destination too.']
  const marks = Object.entries(deletes.set).map(([field, value]) => `${field} = ${JSON.stringify(value)}`)
  return [`A record that is gone from the source is marked at the destination: ${marks.join(', ')}.`]
}

function backSentences({ back, policies, groups = [] }: IntegrationDefinition): readonly string[] {
  if (!back) return []
  const match = back.match.length > 0 ? [`Back: existing records are recognised by ${back.match.join(', then ')}.`] : []
  const together = groups.map(({ name, fields }) => `${name} is decided as one: ${fields.join(', ')}.`)
  const own = (policies.conflicts ?? []).map(
    ({ fields, policy }) => `Where both sides changed ${fields.join(', ')}: ${policy}.`,
  )
  return [
    ...match,
    ...explainMapping(back.mapping).map((sentence) => `Back: ${sentence}`),
    ...together,
    ...own,
    `Where both sides changed anything else: ${policies.conflict ?? 'hold'}.`,
  ]
}

/** Connectors, connections and objects in the form of the contract. */
import { z } from 'zod'
import type { DefinitionRepository, StoredDefinition } from '#main/store/definition-store.ts'
import { parseIntegration } from '#main/use-cases/build-job.ts'
import type { AnyConnector, Connections } from '#main/use-cases/connections.ts'
import { connectionScope, type SecretStore } from '#main/use-cases/secrets.ts'
import type { FieldView } from '#shared/contract/connections.ts'
import type { Output } from '#shared/contract/contract.ts'
import type { JsonObject } from '#shared/json.ts'
import type { FieldDescription, ObjectDescription } from '#shared/model/object.ts'

export interface ViewParts {
  readonly repository: DefinitionRepository
  readonly connections: Connections
  readonly secrets: SecretStore
}

export function connectorView(connector: AnyConnector): Output<'connectors.list'>['connectors'][number] {
  return {
    id: connector.id,
    name: connector.name,
    summary: connector.summary,
    secrets: connector.secrets.map(({ name, label, help, isOptional = false }) => ({ name, label, help, isOptional })),
    settings: schemaOf(connector.config),
  }
}

/** The JSON Schema of what is written, not of what is read from it. Going through text drops what is undefined. */
export function schemaOf(schema: z.ZodType): JsonObject {
  return JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))) as JsonObject
}

export function connectionView(
  stored: StoredDefinition,
  { repository, connections, secrets }: ViewParts,
): Output<'connections.get'> {
  const definition = connections.definition(stored.id)
  const connector = connections.connector(definition.connector)
  const isSet = new Set(secrets.names(connectionScope(stored.id)))
  return {
    id: stored.id,
    name: definition.name,
    connector: definition.connector,
    connectorName: connector.name,
    environment: definition.environment,
    version: stored.version,
    settings: definition.settings,
    secrets: connector.secrets.map(({ name, label, help, isOptional = false }) => ({
      name,
      label,
      help,
      isOptional,
      isSet: isSet.has(name),
    })),
    usedBy: [...usersOf(stored.id, repository)],
  }
}

/** Ids of the integrations that read from or write to a connection. */
export function usersOf(connectionId: string, repository: DefinitionRepository): readonly string[] {
  return repository
    .list('integration')
    .map(parseIntegration)
    .filter(({ source, destination }) => [source.connection, destination.connection].includes(connectionId))
    .map(({ id }) => id)
}

export function objectView(object: ObjectDescription): Output<'connections.objects'>['objects'][number] {
  const writes = Object.entries(object.writes).map(([operation, facility]) => [operation, facility.class] as const)
  return {
    name: object.name,
    label: object.label,
    idField: object.idField,
    fields: object.fields.map(fieldView),
    keys: [...object.keys],
    changes: object.changes.kind,
    writes: Object.fromEntries(writes),
    notes: [...(object.notes ?? [])],
  }
}

function fieldView({ fields, options, ...field }: FieldDescription): FieldView {
  return {
    ...field,
    ...(options === undefined ? {} : { options: [...options] }),
    ...(fields === undefined ? {} : { fields: fields.map(fieldView) }),
  }
}

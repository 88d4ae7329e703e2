/** Connections, as the renderer and the command line see them: never with a secret. */

import type { DefinitionRepository, StoredDefinition } from '#main/store/definition-store.ts'
import { parseIntegration } from '#main/use-cases/build-job.ts'
import type { Connections } from '#main/use-cases/connections.ts'
import { connectionScope, type SecretStore } from '#main/use-cases/secrets.ts'
import type { connectionsContract } from '#shared/contract/connections.ts'
import type { Output } from '#shared/contract/contract.ts'
import type { AppEvent } from '#shared/contract/events.ts'
import type { HandlersOf } from '#shared/contract/handlers.ts'
import { AppError } from '#shared/errors.ts'
import type { ObjectDescription } from '#shared/model/object.ts'

export interface ConnectionsParts {
  readonly definitions: DefinitionRepository
  readonly connections: Connections
  readonly secrets: SecretStore
  readonly publish: (event: AppEvent) => void
  /** Proposes a definition from an OpenAPI document. */
  readonly propose: (
    connectionId: string,
    openApi: string,
  ) => Promise<{ readonly text: string; readonly notes: readonly string[] }>
}

export function connectionsProcedures(parts: ConnectionsParts): HandlersOf<keyof typeof connectionsContract> {
  const { definitions, connections, secrets } = parts
  return {
    'connections.list': () => ({
      connections: definitions.list('connection').map((stored) => connectionView(stored, parts)),
    }),
    'connections.get': ({ connectionId }) => {
      connections.definition(connectionId)
      const stored = definitions.get('connection', connectionId)
      if (!stored) throw new Error('the definition that was just read is gone')
      return connectionView(stored, parts)
    },
    'connections.test': async ({ connectionId }, { signal }) => {
      const { account, notes } = await (await connections.open(connectionId)).test(signal)
      return { account, notes: [...notes] }
    },
    'connections.objects': async ({ connectionId }, { signal }) => {
      const objects = await (await connections.open(connectionId)).describe(signal)
      return { objects: objects.map(objectView) }
    },
    'connections.propose': async ({ connectionId, openApi }) => {
      const { text, notes } = await parts.propose(connectionId, openApi)
      return { text, notes: [...notes] }
    },
    'connections.set-secret': async ({ connectionId, field, value }) => {
      const { connector } = connections.definition(connectionId)
      if (!connections.connector(connector).secrets.some((secret) => secret.name === field))
        throw unknownField(connectionId, field)
      await secrets.set(connectionScope(connectionId), field, value)
      await connections.forget(connectionId)
      parts.publish({ name: 'definitions.changed', payload: {} })
      return {}
    },
  }
}

function connectionView(
  stored: StoredDefinition,
  { definitions, connections, secrets }: ConnectionsParts,
): Output<'connections.get'> {
  const definition = connections.definition(stored.id)
  const connector = connections.connector(definition.connector)
  const isSet = new Set(secrets.names(connectionScope(stored.id)))
  const users = definitions.list('integration').map(parseIntegration)
  return {
    id: stored.id,
    name: definition.name,
    connector: definition.connector,
    connectorName: connector.name,
    environment: definition.environment,
    version: stored.version,
    secrets: connector.secrets.map(({ name, label, help, isOptional = false }) => ({
      name,
      label,
      help,
      isOptional,
      isSet: isSet.has(name),
    })),
    usedBy: users
      .filter(({ source, destination }) => [source.connection, destination.connection].includes(stored.id))
      .map(({ id }) => id),
  }
}

function objectView(object: ObjectDescription): Output<'connections.objects'>['objects'][number] {
  const writes = Object.entries(object.writes).map(([operation, facility]) => [operation, facility.class] as const)
  return {
    name: object.name,
    label: object.label,
    idField: object.idField,
    fields: object.fields.map(({ name, label, type, required, readOnly, unique, note }) => ({
      name,
      type,
      ...(label === undefined ? {} : { label }),
      ...(required === undefined ? {} : { required }),
      ...(readOnly === undefined ? {} : { readOnly }),
      ...(unique === undefined ? {} : { unique }),
      ...(note === undefined ? {} : { note }),
    })),
    keys: [...object.keys],
    changes: object.changes.kind,
    writes: Object.fromEntries(writes),
    notes: [...(object.notes ?? [])],
  }
}

function unknownField(connectionId: string, field: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'unknown-secret-field',
    message: `Connection "${connectionId}" has no secret called "${field}".`,
    next: 'See "patchbay connections" for the secrets it takes.',
    details: { connection: connectionId, field },
  })
}

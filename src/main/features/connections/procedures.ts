/** Connections, as the renderer and the command line see them: never with a secret. */

import type { DefinitionRepository } from '#main/store/definition-store.ts'
import type { AnyConnector, Connections } from '#main/use-cases/connections.ts'
import type { Definitions } from '#main/use-cases/definitions.ts'
import { connectionScope, type SecretStore } from '#main/use-cases/secrets.ts'
import type { connectionsContract } from '#shared/contract/connections.ts'
import type { AppEvent } from '#shared/contract/events.ts'
import type { HandlersOf } from '#shared/contract/handlers.ts'
import { AppError } from '#shared/errors.ts'
import { connectionView, connectorView, objectView } from './connection-views.ts'
import { removeConnection } from './remove-connection.ts'
import { samplesOf } from './samples.ts'

export interface ConnectionsParts {
  readonly repository: DefinitionRepository
  readonly definitions: Definitions
  readonly connectors: ReadonlyMap<string, AnyConnector>
  readonly connections: Connections
  readonly secrets: SecretStore
  readonly publish: (event: AppEvent) => void
  /** ISO instant. */
  readonly now: () => string
  /** Whether an integration is running or being planned. */
  readonly isBusy: (integrationId: string) => boolean
  /** Proposes a definition from an OpenAPI document. */
  readonly propose: (
    connectionId: string,
    openApi: string,
  ) => Promise<{ readonly text: string; readonly notes: readonly string[] }>
}

export function connectionsProcedures(parts: ConnectionsParts): HandlersOf<keyof typeof connectionsContract> {
  const { repository, connections, secrets } = parts
  const changed = (): void => parts.publish({ name: 'definitions.changed', payload: {} })
  return {
    'connectors.list': () => ({ connectors: [...parts.connectors.values()].map(connectorView) }),
    'connections.list': () => ({
      connections: repository.list('connection').map((stored) => connectionView(stored, parts)),
    }),
    'connections.get': ({ connectionId }) => {
      connections.definition(connectionId)
      const stored = repository.get('connection', connectionId)
      if (!stored) throw new Error('the definition that was just read is gone')
      return connectionView(stored, parts)
    },
    'connections.save': async ({ definition, expectedVersion }) => {
      const { version, isNew } = await parts.definitions.saveConnection({ definition, expectedVersion })
      if (isNew) changed()
      return { version, isNew }
    },
    'connections.remove': async ({ connectionId, stops }) => {
      await removeConnection(connectionId, stops, parts)
      changed()
      return {}
    },
    'connections.test': async ({ connectionId }, { signal }) => {
      const { account, notes } = await (await connections.open(connectionId)).test(signal)
      return { account, notes: [...notes] }
    },
    'connections.objects': async ({ connectionId }, { signal }) => {
      const objects = await (await connections.open(connectionId)).describe(signal)
      return { objects: objects.map(objectView) }
    },
    'connections.samples': async ({ connectionId, object, limit }, { signal }) =>
      samplesOf(await (await connections.open(connectionId)).object(object, signal), limit, signal),
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
      changed()
      return {}
    },
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

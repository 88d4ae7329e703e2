/** Removes a connection with its secrets; its definition stays among the versions. */

import type { DefinitionRepository } from '#main/store/definition-store.ts'
import type { Connections } from '#main/use-cases/connections.ts'
import { connectionScope, type SecretStore } from '#main/use-cases/secrets.ts'
import { AppError } from '#shared/errors.ts'
import { usersOf } from './connection-views.ts'

export interface RemovalParts {
  readonly repository: DefinitionRepository
  readonly connections: Connections
  readonly secrets: SecretStore
  readonly now: () => string
  readonly isBusy: (integrationId: string) => boolean
}

/** `stops`: the integrations the person was told would stop. Throws AppError where others would, or one is running. */
export async function removeConnection(
  connectionId: string,
  stops: readonly string[],
  { repository, connections, secrets, now, isBusy }: RemovalParts,
): Promise<void> {
  connections.definition(connectionId)
  const users = usersOf(connectionId, repository)
  if (users.some((id) => !stops.includes(id))) throw stopsOthers(connectionId, users)
  const running = users.find(isBusy)
  if (running !== undefined) throw inUse(connectionId, running)
  await connections.forget(connectionId)
  const scope = connectionScope(connectionId)
  for (const name of secrets.names(scope)) secrets.remove(scope, name)
  repository.remove('connection', connectionId, now())
}

function stopsOthers(connectionId: string, users: readonly string[]): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'stops-others',
    message: `Other integrations would stop than you were shown: ${users.join(', ')}.`,
    kept: 'Nothing was removed.',
    next: 'Look at what would stop, then decide again.',
    details: { connection: connectionId, integrations: users.join(', ') },
  })
}

function inUse(connectionId: string, integrationId: string): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'connection-in-use',
    message: `"${integrationId}" is using this connection right now.`,
    kept: 'Nothing was removed.',
    next: 'Wait until it has ended, or cancel it.',
    details: { connection: connectionId, integration: integrationId },
  })
}

/** Open connections: built from a definition and the vault, kept open while used, closed when the definition changes. */

import type { Connector, ConnectorContext } from '#main/connector-kit/define-connector.ts'
import type { DefinitionRepository } from '#main/store/definition-store.ts'
import { AppError } from '#shared/errors.ts'
import type { OpenConnection } from '#shared/model/connected.ts'
import { type ConnectionDefinition, connectionDefinitionSchema } from '#shared/model/connection.ts'

/** A connector whose settings' type is its own business. */
export type AnyConnector = Connector<never>

export interface SecretReader {
  /** Secrets of a connection by field; throws AppError where the vault is not open and a secret is stored. */
  readonly read: (connectionId: string, fields: readonly string[]) => Promise<Readonly<Record<string, string>>>
}

export interface ConnectionsOptions {
  readonly definitions: DefinitionRepository
  readonly connectors: ReadonlyMap<string, AnyConnector>
  readonly secrets: SecretReader
  /** Called before a connection is opened: starts what it needs on this PC. */
  readonly prepare: (definition: ConnectionDefinition) => Promise<void>
  readonly context: (connectionId: string) => Omit<ConnectorContext<never>, 'config' | 'secrets'>
}

export interface Connections {
  readonly definition: (connectionId: string) => ConnectionDefinition
  readonly connector: (connectorId: string) => AnyConnector
  readonly open: (connectionId: string) => Promise<OpenConnection>
  /** Closes the open connection, so that the next use sees new settings or secrets. */
  readonly forget: (connectionId: string) => Promise<void>
  readonly closeAll: () => Promise<void>
}

export function createConnections(options: ConnectionsOptions): Connections {
  const opened = new Map<string, Promise<OpenConnection>>()

  const definition = (connectionId: string): ConnectionDefinition => {
    const stored = options.definitions.get('connection', connectionId)
    if (!stored) throw unknownConnection(connectionId)
    return connectionDefinitionSchema.parse(JSON.parse(stored.body))
  }

  const connector = (connectorId: string): AnyConnector => {
    const found = options.connectors.get(connectorId)
    if (!found) throw unknownConnector(connectorId, [...options.connectors.keys()])
    return found
  }

  const openNow = async (connectionId: string): Promise<OpenConnection> => {
    const found = definition(connectionId)
    const { connector: connectorId, settings } = found
    await options.prepare(found)
    const kind = connector(connectorId)
    const parsed = kind.config.safeParse(settings)
    if (!parsed.success) throw badSettings(connectionId, parsed.error.issues[0])
    const secrets = await options.secrets.read(
      connectionId,
      kind.secrets.map((field) => field.name),
    )
    for (const field of kind.secrets) {
      if (!field.isOptional && secrets[field.name] === undefined)
        throw missingSecret(connectionId, field.name, field.help)
    }
    return kind.open({ ...options.context(connectionId), config: parsed.data, secrets })
  }

  const forget = async (connectionId: string): Promise<void> => {
    const open = opened.get(connectionId)
    opened.delete(connectionId)
    // A connection that never opened has nothing to close.
    await open?.then((connection) => connection.close()).catch(() => undefined)
  }

  return {
    definition,
    connector,
    open: (connectionId) => {
      const known = opened.get(connectionId)
      if (known) return known
      const opening = openNow(connectionId)
      opened.set(connectionId, opening)
      opening.catch(() => opened.delete(connectionId))
      return opening
    },
    forget,
    closeAll: async () => {
      await Promise.all([...opened.keys()].map(forget))
    },
  }
}

function unknownConnection(id: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'unknown-connection',
    message: `There is no connection "${id}".`,
    next: 'See "patchbay connections" for the ones there are, or import a definitions file that has it.',
    details: { connection: id },
  })
}

function unknownConnector(id: string, known: readonly string[]): AppError {
  return new AppError({
    kind: 'config',
    code: 'unknown-connector',
    message: `There is no connector "${id}".`,
    next: `Use one of: ${known.join(', ')}.`,
    details: { connector: id },
  })
}

function badSettings(id: string, issue: { path: readonly PropertyKey[]; message: string } | undefined): AppError {
  const place = ['settings', ...(issue?.path ?? [])].map(String).join('.')
  return new AppError({
    kind: 'config',
    code: 'bad-settings',
    message: `The settings of connection "${id}" are not right: ${place}: ${issue?.message ?? 'not valid'}.`,
    next: 'Correct the definitions file and import it again.',
    details: { connection: id, place },
  })
}

function missingSecret(id: string, field: string, help: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'secret-missing',
    message: `Connection "${id}" has no ${field} yet.`,
    next: `Set it with "patchbay secret set ${id} ${field}". ${help}`,
    details: { connection: id, field },
  })
}

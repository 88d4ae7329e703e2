/**
 * What a connector is: a description of its settings and secrets, and `open`. Capabilities are derived from
 * what the opened objects can do. The kit owns HTTP, paging, limits and the error table.
 */
import type { z } from 'zod'
import type { JsonObject } from '#shared/json.ts'
import type { OpenConnection } from '#shared/model/connected.ts'
import type { Clock } from './clock.ts'
import type { HttpClient, HttpSettings } from './http.ts'

export interface SecretField {
  readonly name: string
  readonly label: string
  /** How to get it, with the least-privilege scopes named. */
  readonly help: string
  readonly isOptional?: boolean
}

export interface ConnectorContext<Config> {
  readonly config: Config
  /** Secrets by field name, in clear: never logged, never put into an error. */
  readonly secrets: Readonly<Record<string, string>>
  readonly clock: Clock
  /** An HTTP client bound to this connection: only to the hosts the settings name. */
  readonly http: (settings: HttpSettings) => HttpClient
  /** Folder of this connection for working files (e.g. which files were processed). */
  readonly stateFolder: string
  readonly log: (message: string, details?: JsonObject) => void
}

export interface Connector<Config = unknown> {
  readonly id: string
  readonly name: string
  /** One sentence for the person who picks it. */
  readonly summary: string
  /** Settings of a connection; strict: unknown fields are an error. */
  readonly config: z.ZodType<Config>
  readonly secrets: readonly SecretField[]
  readonly open: (context: ConnectorContext<Config>) => Promise<OpenConnection>
}

/** Declares a connector; keeps its settings' type between schema and `open`. */
export function defineConnector<Config>(connector: Connector<Config>): Connector<Config> {
  return connector
}

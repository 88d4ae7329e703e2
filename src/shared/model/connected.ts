/**
 * The port between the engine and a connector: what an open connection can do.
 * The engine owns retries of writes, the journal, matching and order; a connector only reads, finds and sends.
 */
import type { ErrorInfo } from '../errors.ts'
import type { DataIssue } from './issue.ts'
import type { ObjectDescription, WriteOperation } from './object.ts'
import type { Values } from './value.ts'

/** A record as a service shows it. */
export interface RemoteRecord {
  readonly externalId: string
  readonly values: Values
  /** Version, etag or updated-at, byte-exact as received: the precondition of an update. */
  readonly version?: string
  /** ISO instant of the last change as the service tells it. */
  readonly updatedAt?: string
  /** Where it was read, for messages: 'row 17 of customers.csv'. */
  readonly place?: string
  /** Values that could not be read; the record is parked, not dropped. */
  readonly issues?: readonly DataIssue[]
}

export interface ReadRequest {
  /** ISO instant: only what changed at or after it (only for objects with `updated-since`). */
  readonly since?: string
  /** Go on at this page (the `next` of an earlier page). */
  readonly pageToken?: string
  readonly pageSize?: number
  readonly signal: AbortSignal
}

export interface ReadPage {
  readonly records: readonly RemoteRecord[]
  /** Token of the following page; absent on the last page. */
  readonly next?: string
  /** The service's own clock (HTTP Date header) as ISO instant. */
  readonly serverTime?: string
  /** How many records there are in all, where the service says so. */
  readonly total?: number
}

export interface WriteCommand {
  readonly operation: WriteOperation
  /** Absent for create. */
  readonly externalId?: string
  /** create/upsert: all mapped values. update: only the changed ones. */
  readonly values: Values
  /** Version the plan was made from. */
  readonly version?: string
}

/** A write as the journal keeps it: the exact request, made before the first send and never re-made. */
export interface PreparedWrite {
  readonly operation: WriteOperation
  /** Opaque to the engine, produced by `prepare` of the same connector. */
  readonly request: string
  /** One per intent, stable over every re-send. */
  readonly idempotencyKey: string
}

/**
 * What became of a write. `not-sent` is certain not to have been processed (connection refused, 429, 401);
 * `uncertain` means bytes left and no answer that can be trusted came back (timeout, reset, 5xx, unreadable 2xx).
 */
export type WriteReply =
  | { readonly status: 'written'; readonly externalId: string; readonly values?: Values; readonly version?: string }
  | {
      readonly status: 'rejected'
      readonly error: ErrorInfo
      readonly field?: string
      /** The request as a whole was refused and nothing of it done: the write may be right all the same. */
      readonly isWhole?: true
    }
  | { readonly status: 'not-sent'; readonly error: ErrorInfo; readonly retryAfterMs?: number }
  | { readonly status: 'uncertain'; readonly error: ErrorInfo }

/** One object of an open connection. Reads throw AppError when the connection as a whole is in trouble. */
export interface ConnectedObject {
  readonly description: ObjectDescription
  /** Pages in order. Ends by itself; guards against endless loops and repeated tokens. Absent: cannot be read. */
  readonly read?: (request: ReadRequest) => AsyncIterable<ReadPage>
  /** One record by id, or null where it is gone. */
  readonly get?: (externalId: string, signal: AbortSignal) => Promise<RemoteRecord | null>
  /** Records whose key field equals one of the values. Reads the service's own truth, not a delayed index. */
  readonly find?: (field: string, values: readonly string[], signal: AbortSignal) => Promise<readonly RemoteRecord[]>
  /** Pure: the exact request of a write, as text for the journal. Throws AppError (data) for what cannot be written. */
  readonly prepare?: (command: WriteCommand) => string
  /** Sends the writes of one request (several only up to `batchSize` and of one operation). One reply per write, same order. Never throws for what the service answers. */
  readonly send?: (writes: readonly PreparedWrite[], signal: AbortSignal) => Promise<readonly WriteReply[]>
}

export interface ConnectionTest {
  /** Who the service says we are, in words. */
  readonly account: string
  readonly notes: readonly string[]
}

/** An open connection: credentials are inside and stay there. */
export interface OpenConnection {
  readonly test: (signal: AbortSignal) => Promise<ConnectionTest>
  readonly describe: (signal: AbortSignal) => Promise<readonly ObjectDescription[]>
  /** Throws AppError (config, `unknown-object`) for a name the service does not have. */
  readonly object: (name: string, signal: AbortSignal) => Promise<ConnectedObject>
  readonly close: () => Promise<void>
}

/** HTTP for connectors: one client per connection. Interface only here; see http-client.ts. */

import type { ErrorInfo } from '#shared/errors.ts'
import type { Json } from '#shared/json.ts'
import type { RateLimit } from './rate-limit.ts'

export interface HttpSettings {
  /** 'https://api.example.com/v1'; plain http only on loopback. */
  readonly baseUrl: string
  /** Headers of every request (authentication, accept). Values are treated as secret: never logged. */
  readonly headers?: Readonly<Record<string, string>>
  /** Until the connection stands; default 10 s. */
  readonly connectTimeoutMs?: number
  /** Until the headers of the answer; default 30 s. */
  readonly timeoutMs?: number
  /** Until the whole answer is there; default four times `timeoutMs`. */
  readonly answerTimeoutMs?: number
  /** Requests under way at once; default 10. */
  readonly maxConnections?: number
  /** Largest answer that is read, in bytes; default 64 MB. */
  readonly maxResponseBytes?: number
  /** At most this many requests in any such window. */
  readonly rate?: RateLimit
  /** Secrets that travel elsewhere than in `headers` (a key in the query): hidden in every error. */
  readonly secrets?: readonly string[]
  /** Rows that differ from the kit's error table. */
  readonly errors?: readonly ErrorRow[]
}

export interface ErrorRow {
  readonly status: number
  readonly error: (reply: HttpReply) => ErrorInfo
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path below the base URL, or an absolute URL on the same origin. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly headers?: Readonly<Record<string, string>>
  /** Exact body text; JSON unless a content-type header says otherwise. */
  readonly body?: string
  readonly signal: AbortSignal
}

export interface HttpReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** The body as JSON. Throws AppError (data, `answer-not-json`) for HTML or truncated text. */
  readonly json: () => Json
  /** The service's clock as ISO instant, where it sent a Date header. */
  readonly serverTime?: string
}

/** How a write request ended, before the connector reads the answer. */
export type HttpOutcome =
  | { readonly kind: 'answered'; readonly reply: HttpReply }
  | { readonly kind: 'not-sent'; readonly error: ErrorInfo; readonly retryAfterMs?: number }
  | { readonly kind: 'uncertain'; readonly error: ErrorInfo }

export interface HttpClient {
  /** A read: retried (429, 5xx, network) within limits; throws AppError from the error table. */
  readonly read: (request: HttpRequest) => Promise<HttpReply>
  /** A write: sent exactly once, never retried below the journal. */
  readonly write: (request: HttpRequest) => Promise<HttpOutcome>
  /** The error of the table for an answered status. */
  readonly errorOf: (reply: HttpReply) => ErrorInfo
  readonly close: () => Promise<void>
}

/**
 * Idempotency keys of a practice service. A successful answer is stored in the same transaction as its write and
 * given again for the same key and the same request. Refusals are not remembered: they changed nothing.
 */
import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import { problemReply, type Reply } from './reply.ts'

export const keyLifetimeMs = 24 * 60 * 60 * 1000
export const maxKeyLength = 255

export const idempotencyTableSql = `
CREATE TABLE IF NOT EXISTS idempotency_keys (
  n INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  request_hash BLOB NOT NULL,
  at INTEGER NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL
)`

export interface IdempotencyKeys {
  /** The stored answer, a refusal when the key belongs to another request, or null for a new key. */
  readonly replay: (key: string, requestHash: Uint8Array, atMs: number) => Reply | null
  readonly remember: (entry: RememberedAnswer) => void
  /** Forgets keys that are past their lifetime, at most `limit` of them. */
  readonly prune: (atMs: number, limit: number) => number
  readonly count: () => number
}

interface RememberedAnswer {
  readonly key: string
  readonly requestHash: Uint8Array
  readonly atMs: number
  readonly reply: Reply
}

interface KeyRow {
  readonly request_hash: Buffer
  readonly at: number
  readonly status: number
  readonly body: string
}

/** Hash of a request: method and path count, so that a key of one endpoint is not answered by another. */
export function requestHashOf(endpoint: string, bodyText: string): Uint8Array {
  return createHash('sha256').update(endpoint).update('\n').update(bodyText).digest().subarray(0, 16)
}

export function idempotencyKeys(database: Database.Database): IdempotencyKeys {
  const find = database.prepare<[string], KeyRow>(
    'SELECT request_hash, at, status, body FROM idempotency_keys WHERE key = ?',
  )
  const insert = database.prepare(
    'INSERT INTO idempotency_keys (key, request_hash, at, status, body) VALUES (?, ?, ?, ?, ?)',
  )
  const remove = database.prepare('DELETE FROM idempotency_keys WHERE key = ?')
  const prune = database.prepare(
    'DELETE FROM idempotency_keys WHERE n IN (SELECT n FROM idempotency_keys WHERE n < ? + (SELECT COALESCE(MIN(n), 0) FROM idempotency_keys) AND at <= ?)',
  )
  const count = database.prepare<[], { total: number }>('SELECT COUNT(*) AS total FROM idempotency_keys')
  return {
    replay: (key, requestHash, atMs) => {
      const row = find.get(key)
      if (!row) return null
      if (row.at <= atMs - keyLifetimeMs) {
        remove.run(key)
        return null
      }
      if (!row.request_hash.equals(requestHash)) return keyReusedReply
      return { status: row.status, body: row.body, headers: { 'idempotent-replayed': 'true' } }
    },
    remember: ({ key, requestHash, atMs, reply }) => {
      insert.run(key, requestHash, atMs, reply.status, reply.body ?? '')
    },
    prune: (atMs, limit) => prune.run(limit, atMs - keyLifetimeMs).changes,
    count: () => count.get()?.total ?? 0,
  }
}

const keyReusedReply: Reply = problemReply(422, {
  code: 'idempotency_key_reused',
  message: 'This Idempotency-Key was already used for another request.',
})

export const keyInProgressReply: Reply = problemReply(
  409,
  { code: 'idempotency_in_progress', message: 'The first request with this Idempotency-Key is still being worked on.' },
  { 'retry-after': '1' },
)

export const keyTooLongReply: Reply = problemReply(422, {
  code: 'idempotency_key_invalid',
  message: `An Idempotency-Key has 1 to ${maxKeyLength} characters.`,
})

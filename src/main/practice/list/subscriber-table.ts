/** Subscribers in SQLite, by address. A deleted one leaves its address and its last state behind: an unsubscription is never forgotten. */
import type Database from 'better-sqlite3'
import type { ListPlace } from '../kit/list-query.ts'
import type { FieldValues } from '../kit/validate.ts'

export interface SubscriberRow {
  readonly id: number
  readonly email: string
  readonly version: number
  readonly created_at: number
  readonly updated_at: number
  readonly unsubscribed_at: number | null
  readonly deleted_at: number | null
  readonly status: string
  readonly fields: string
}

export interface SubscriberTable {
  readonly insert: (email: string, values: FieldValues, at: Dates) => SubscriberRow
  /** Stores new values; a deleted row lives again. */
  readonly update: (row: SubscriberRow, values: FieldValues, atMs: number) => SubscriberRow
  readonly remove: (row: SubscriberRow, atMs: number) => SubscriberRow
  /** A live or deleted row. */
  readonly get: (email: string) => SubscriberRow | undefined
  readonly emailOf: (id: number) => string
  readonly list: (after: ListPlace, limit: number, status: string | null) => readonly SubscriberRow[]
  readonly total: (status: string | null) => number
  readonly counts: () => Readonly<Record<string, number>>
  readonly lastChangeMs: () => number
}

interface Dates {
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

export const subscriberTableSql = `
CREATE TABLE IF NOT EXISTS subscribers (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  unsubscribed_at INTEGER,
  deleted_at INTEGER,
  status TEXT NOT NULL,
  fields TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS subscribers_changed ON subscribers (updated_at, id);`

export function subscriberTable(database: Database.Database): SubscriberTable {
  const sql = statements(database)
  const get = (email: string): SubscriberRow | undefined => sql.get.get(email)
  return {
    insert: (email, values, { createdAtMs, updatedAtMs }) => {
      const { status, rest } = partsOf(values)
      const unsubscribedAtMs = status === 'unsubscribed' ? updatedAtMs : null
      const written = sql.insert.run(email, createdAtMs, updatedAtMs, unsubscribedAtMs, status, rest)
      return {
        id: Number(written.lastInsertRowid),
        email,
        version: 1,
        created_at: createdAtMs,
        updated_at: updatedAtMs,
        unsubscribed_at: unsubscribedAtMs,
        deleted_at: null,
        status,
        fields: rest,
      }
    },
    update: (row, values, atMs) => {
      const { status, rest } = partsOf(values)
      const unsubscribedAtMs = status === 'unsubscribed' ? (row.unsubscribed_at ?? atMs) : null
      const createdAtMs = row.deleted_at === null ? row.created_at : atMs
      sql.update.run(row.version + 1, createdAtMs, atMs, unsubscribedAtMs, status, rest, row.id)
      return {
        ...row,
        version: row.version + 1,
        created_at: createdAtMs,
        updated_at: atMs,
        unsubscribed_at: unsubscribedAtMs,
        deleted_at: null,
        status,
        fields: rest,
      }
    },
    remove: (row, atMs) => {
      sql.remove.run(row.version + 1, atMs, atMs, row.id)
      return { ...row, version: row.version + 1, updated_at: atMs, deleted_at: atMs, fields: '{}' }
    },
    get,
    emailOf: (id) => sql.emailOf.get(id)?.email ?? '',
    list: (after, limit, status) => sql.list.all(after.updatedAtMs, after.id, status, status, limit),
    total: (status) => sql.total.get(status, status)?.total ?? 0,
    counts: () => Object.fromEntries(sql.counts.all().map(({ kind, total }) => [kind, total])),
    lastChangeMs: () => sql.lastChange.get()?.at ?? 0,
  }
}

function statements(database: Database.Database) {
  const live = 'deleted_at IS NULL AND (? IS NULL OR status = ?)'
  type Page = [number, number, string | null, string | null, number]
  return {
    insert: database.prepare(
      'INSERT INTO subscribers (version, email, created_at, updated_at, unsubscribed_at, status, fields) VALUES (1, ?, ?, ?, ?, ?, ?)',
    ),
    update: database.prepare(
      'UPDATE subscribers SET version = ?, created_at = ?, updated_at = ?, unsubscribed_at = ?, deleted_at = NULL, status = ?, fields = ? WHERE id = ?',
    ),
    remove: database.prepare(
      `UPDATE subscribers SET version = ?, updated_at = ?, deleted_at = ?, fields = '{}' WHERE id = ?`,
    ),
    get: database.prepare<[string], SubscriberRow>('SELECT * FROM subscribers WHERE email = ?'),
    emailOf: database.prepare<[number], { email: string }>('SELECT email FROM subscribers WHERE id = ?'),
    list: database.prepare<Page, SubscriberRow>(
      `SELECT * FROM subscribers WHERE (updated_at, id) > (?, ?) AND ${live} ORDER BY updated_at, id LIMIT ?`,
    ),
    total: database.prepare<[string | null, string | null], { total: number }>(
      `SELECT COUNT(*) AS total FROM subscribers WHERE ${live}`,
    ),
    counts: database.prepare<[], { kind: string; total: number }>(
      `SELECT CASE WHEN deleted_at IS NULL THEN status ELSE 'deleted' END AS kind, COUNT(*) AS total FROM subscribers GROUP BY kind`,
    ),
    lastChange: database.prepare<[], { at: number | null }>('SELECT MAX(updated_at) AS at FROM subscribers'),
  }
}

function partsOf({ status, ...rest }: FieldValues): { readonly status: string; readonly rest: string } {
  return { status: String(status), rest: JSON.stringify(rest) }
}

/** The JSON text of a subscriber as the API answers it. */
export function subscriberJson(row: SubscriberRow): string {
  const head = {
    email: row.email,
    status: row.status,
    created_at: second(row.created_at),
    updated_at: second(row.updated_at),
    unsubscribed_at: row.unsubscribed_at === null ? null : second(row.unsubscribed_at),
  }
  return `${JSON.stringify(head).slice(0, -1)},${row.fields.slice(1)}`
}

/** What is stored, with the state. */
export function storedValues(row: SubscriberRow): FieldValues {
  // Written by this module as the JSON of FieldValues.
  return { ...(JSON.parse(row.fields) as FieldValues), status: row.status }
}

/** Instants are shown to the second, as many services do; they are kept and ordered to the millisecond. */
function second(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`
}

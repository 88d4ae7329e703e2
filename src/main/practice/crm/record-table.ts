/**
 * Records of one object in SQLite. The fields are stored as the JSON text that is answered, so that lists are put
 * together without parsing; the columns beside it carry what is searched and ordered by.
 */
import type Database from 'better-sqlite3'
import type { ListPlace } from '../kit/list-query.ts'
import type { FieldValues } from '../kit/validate.ts'
import { type ObjectRule, uniqueKeyOf } from './object-rules.ts'

export interface RecordRow {
  readonly id: number
  readonly version: number
  readonly created_at: number
  readonly updated_at: number
  readonly archived_at: number | null
  readonly fields: string
}

export interface RecordTable {
  readonly rule: ObjectRule
  readonly insert: (values: FieldValues, createdAtMs: number, updatedAtMs: number) => RecordRow
  readonly update: (row: RecordRow, values: FieldValues, atMs: number) => RecordRow
  readonly archive: (row: RecordRow, atMs: number) => RecordRow
  /** A live or archived record. */
  readonly get: (id: string) => RecordRow | undefined
  /** The live record that holds this unique value. */
  readonly holderOf: (value: string) => RecordRow | undefined
  readonly find: (field: string, value: string) => readonly RecordRow[]
  readonly list: (after: ListPlace, limit: number, isArchived: boolean) => readonly RecordRow[]
  readonly counts: () => { readonly live: number; readonly archived: number; readonly sharedExternalRefs: number }
  /** Live or archived records now. Counted once, then again only after something was written. */
  readonly total: (isArchived: boolean) => number
  readonly lastChangeMs: () => number
}

export function recordTable(database: Database.Database, rule: ObjectRule): RecordTable {
  const sql = statements(database, rule.path)
  const keysOf = (values: FieldValues): [string | null, string | null] => [
    uniqueOf(rule, values),
    textOrNull(values.external_ref),
  ]
  const get = (id: string): RecordRow | undefined => {
    const number = idNumber(rule, id)
    return number === null ? undefined : sql.get.get(number)
  }
  return {
    rule,
    insert: (values, createdAtMs, updatedAtMs) => {
      const fields = JSON.stringify(values)
      const id = Number(sql.insert.run(createdAtMs, updatedAtMs, ...keysOf(values), fields).lastInsertRowid)
      return { id, version: 1, created_at: createdAtMs, updated_at: updatedAtMs, archived_at: null, fields }
    },
    update: (row, values, atMs) => {
      const changed = { ...row, version: row.version + 1, updated_at: atMs, fields: JSON.stringify(values) }
      sql.update.run(changed.version, atMs, ...keysOf(values), changed.fields, row.id)
      return changed
    },
    archive: (row, atMs) => {
      sql.archive.run(atMs, row.version + 1, atMs, row.id)
      return { ...row, version: row.version + 1, updated_at: atMs, archived_at: atMs }
    },
    get,
    holderOf: (value) => sql.byUnique.get(uniqueKeyOf(value)),
    find: (field, value) =>
      field === rule.uniqueField ? sql.byUnique.all(uniqueKeyOf(value)) : sql.byRef.all(value.trim()),
    list: (after, limit, isArchived) =>
      (isArchived ? sql.archivedAfter : sql.liveAfter).all(after.updatedAtMs, after.id, limit),
    counts: () => sql.counts.get() ?? { live: 0, archived: 0, sharedExternalRefs: 0 },
    total: totalCounter(sql),
    lastChangeMs: () => sql.lastChange.get()?.at ?? 0,
  }
}

function totalCounter(sql: ReturnType<typeof statements>): RecordTable['total'] {
  let known = { changes: -1, live: 0, archived: 0 }
  return (isArchived) => {
    const changes = sql.changes.get()?.changes ?? 0
    if (changes !== known.changes) known = { changes, live: 0, archived: 0, ...sql.totals.get() }
    return isArchived ? known.archived : known.live
  }
}

function statements(database: Database.Database, table: string) {
  const columns = 'id, version, created_at, updated_at, archived_at, fields'
  const after = `SELECT ${columns} FROM ${table} WHERE (updated_at, id) > (?, ?)`
  const order = 'ORDER BY updated_at, id LIMIT ?'
  type After = [number, number, number]
  return {
    insert: database.prepare(
      `INSERT INTO ${table} (version, created_at, updated_at, unique_key, external_ref, fields) VALUES (1, ?, ?, ?, ?, ?)`,
    ),
    update: database.prepare(
      `UPDATE ${table} SET version = ?, updated_at = ?, unique_key = ?, external_ref = ?, fields = ? WHERE id = ?`,
    ),
    archive: database.prepare(`UPDATE ${table} SET archived_at = ?, version = ?, updated_at = ? WHERE id = ?`),
    get: database.prepare<[number], RecordRow>(`SELECT ${columns} FROM ${table} WHERE id = ?`),
    byUnique: database.prepare<[string], RecordRow>(
      `SELECT ${columns} FROM ${table} WHERE unique_key = ? AND unique_key IS NOT NULL AND archived_at IS NULL`,
    ),
    byRef: database.prepare<[string], RecordRow>(
      `SELECT ${columns} FROM ${table} WHERE external_ref = ? AND external_ref IS NOT NULL AND archived_at IS NULL ORDER BY id LIMIT 100`,
    ),
    liveAfter: database.prepare<After, RecordRow>(`${after} AND archived_at IS NULL ${order}`),
    archivedAfter: database.prepare<After, RecordRow>(`${after} AND archived_at IS NOT NULL ${order}`),
    counts: database.prepare<[], { live: number; archived: number; sharedExternalRefs: number }>(
      `SELECT COUNT(*) - COUNT(archived_at) AS live, COUNT(archived_at) AS archived,
        (SELECT COUNT(*) FROM (SELECT 1 FROM ${table} WHERE external_ref IS NOT NULL AND archived_at IS NULL
          GROUP BY external_ref HAVING COUNT(*) > 1)) AS sharedExternalRefs FROM ${table}`,
    ),
    totals: database.prepare<[], { live: number; archived: number }>(
      `SELECT COUNT(*) - COUNT(archived_at) AS live, COUNT(archived_at) AS archived FROM ${table}`,
    ),
    changes: database.prepare<[], { changes: number }>('SELECT total_changes() AS changes'),
    lastChange: database.prepare<[], { at: number | null }>(`SELECT MAX(updated_at) AS at FROM ${table}`),
  }
}

/** The JSON text of a record as the API answers it. */
export function recordJson(rule: ObjectRule, row: RecordRow): string {
  const head = `"id":"${rule.idPrefix}${row.id}","version":${row.version},"created_at":"${iso(row.created_at)}","updated_at":"${iso(row.updated_at)}","archived":${row.archived_at !== null}`
  return `{${head},${row.fields.slice(1)}`
}

export function externalIdOf(rule: ObjectRule, row: RecordRow): string {
  return rule.idPrefix + row.id
}

export function storedValues(row: RecordRow): FieldValues {
  // Written by this module as the JSON of FieldValues.
  return JSON.parse(row.fields) as FieldValues
}

function idNumber(rule: ObjectRule, id: string): number | null {
  const digits = id.startsWith(rule.idPrefix) ? id.slice(rule.idPrefix.length) : ''
  return /^[1-9]\d{0,14}$/.test(digits) ? Number(digits) : null
}

function uniqueOf(rule: ObjectRule, values: FieldValues): string | null {
  const value = rule.uniqueField ? values[rule.uniqueField] : null
  return typeof value === 'string' ? uniqueKeyOf(value) : null
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString()
}

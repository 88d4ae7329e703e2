/** Records of one object in SQLite: the fields as the JSON text that is answered, and columns for what is searched and ordered by. */
import type Database from 'better-sqlite3'
import type { ListPlace } from '../kit/list-query.ts'
import type { FieldValues } from '../kit/validate.ts'
import { type ObjectRule, uniqueKeyOf } from './object-rules.ts'

export interface RecordRow {
  readonly id: number
  readonly version: number
  readonly created_at: number
  readonly updated_at: number
  /** 1, or 0 for a record that was deleted or made inactive. */
  readonly active: number
  readonly fields: string
}

export interface RecordTable {
  readonly rule: ObjectRule
  readonly insert: (values: FieldValues, createdAtMs: number, updatedAtMs: number) => RecordRow
  /** Stores new values under the next version; the record is active afterwards. */
  readonly update: (row: RecordRow, values: FieldValues, atMs: number) => RecordRow
  readonly deactivate: (row: RecordRow, atMs: number) => RecordRow
  /** An active or inactive record. */
  readonly get: (id: string) => RecordRow | undefined
  /** The record that holds this unique value, active or not. */
  readonly holderOf: (value: string) => RecordRow | undefined
  /** Active records whose field has this value. */
  readonly find: (field: string, value: string) => readonly RecordRow[]
  readonly list: (after: ListPlace, limit: number, withInactive: boolean) => readonly RecordRow[]
  readonly counts: () => { readonly active: number; readonly inactive: number; readonly sharedKeys: number }
  readonly lastChangeMs: () => number
}

export function tableSql({ path }: ObjectRule): string {
  return `
CREATE TABLE IF NOT EXISTS ${path} (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  active INTEGER NOT NULL,
  unique_key TEXT,
  second_key TEXT,
  fields TEXT NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS ${path}_unique_key ON ${path} (unique_key) WHERE unique_key IS NOT NULL;
CREATE INDEX IF NOT EXISTS ${path}_second_key ON ${path} (second_key) WHERE second_key IS NOT NULL;
CREATE INDEX IF NOT EXISTS ${path}_changed ON ${path} (updated_at, id);`
}

export function recordTable(database: Database.Database, rule: ObjectRule): RecordTable {
  const sql = statements(database, rule.path)
  const keysOf = (values: FieldValues): [string | null, string | null] => [
    keyOf(values[rule.uniqueField]),
    rule.secondField === undefined ? null : keyOf(values[rule.secondField]),
  ]
  return {
    rule,
    insert: (values, createdAtMs, updatedAtMs) => {
      const fields = JSON.stringify(values)
      const id = Number(sql.insert.run(createdAtMs, updatedAtMs, ...keysOf(values), fields).lastInsertRowid)
      return { id, version: 1, created_at: createdAtMs, updated_at: updatedAtMs, active: 1, fields }
    },
    update: (row, values, atMs) => {
      const fields = JSON.stringify(values)
      const changed = { ...row, version: row.version + 1, updated_at: atMs, active: 1, fields }
      sql.update.run(changed.version, atMs, ...keysOf(values), fields, row.id)
      return changed
    },
    deactivate: (row, atMs) => {
      const [uniqueKey] = keysOf(storedValues(row))
      sql.deactivate.run(row.version + 1, atMs, rule.freesKey ? null : uniqueKey, row.id)
      return { ...row, version: row.version + 1, updated_at: atMs, active: 0 }
    },
    get: (id) => {
      const number = idNumber(rule, id)
      return number === null ? undefined : sql.get.get(number)
    },
    holderOf: (value) => sql.holder.get(uniqueKeyOf(value)),
    find: (field, value) =>
      field === rule.uniqueField ? sql.byUnique.all(uniqueKeyOf(value)) : sql.bySecond.all(uniqueKeyOf(value)),
    list: (after, limit, withInactive) =>
      (withInactive ? sql.allAfter : sql.activeAfter).all(after.updatedAtMs, after.id, limit),
    counts: () => sql.counts.get() ?? { active: 0, inactive: 0, sharedKeys: 0 },
    lastChangeMs: () => sql.lastChange.get()?.at ?? 0,
  }
}

function statements(database: Database.Database, table: string) {
  const columns = 'id, version, created_at, updated_at, active, fields'
  const after = `SELECT ${columns} FROM ${table} WHERE (updated_at, id) > (?, ?)`
  const order = 'ORDER BY updated_at, id LIMIT ?'
  type After = [number, number, number]
  return {
    insert: database.prepare(
      `INSERT INTO ${table} (version, created_at, updated_at, active, unique_key, second_key, fields) VALUES (1, ?, ?, 1, ?, ?, ?)`,
    ),
    update: database.prepare(
      `UPDATE ${table} SET version = ?, updated_at = ?, active = 1, unique_key = ?, second_key = ?, fields = ? WHERE id = ?`,
    ),
    deactivate: database.prepare(
      `UPDATE ${table} SET version = ?, updated_at = ?, active = 0, unique_key = ? WHERE id = ?`,
    ),
    get: database.prepare<[number], RecordRow>(`SELECT ${columns} FROM ${table} WHERE id = ?`),
    holder: database.prepare<[string], RecordRow>(`SELECT ${columns} FROM ${table} WHERE unique_key = ?`),
    byUnique: database.prepare<[string], RecordRow>(
      `SELECT ${columns} FROM ${table} WHERE unique_key = ? AND active = 1`,
    ),
    bySecond: database.prepare<[string], RecordRow>(
      `SELECT ${columns} FROM ${table} WHERE second_key = ? AND active = 1 ORDER BY id`,
    ),
    activeAfter: database.prepare<After, RecordRow>(`${after} AND active = 1 ${order}`),
    allAfter: database.prepare<After, RecordRow>(`${after} ${order}`),
    counts: database.prepare<[], { active: number; inactive: number; sharedKeys: number }>(
      `SELECT COALESCE(SUM(active), 0) AS active, COUNT(*) - COALESCE(SUM(active), 0) AS inactive,
        (SELECT COUNT(*) FROM (SELECT 1 FROM ${table} WHERE unique_key IS NOT NULL
          GROUP BY unique_key HAVING COUNT(*) > 1)) AS sharedKeys FROM ${table}`,
    ),
    lastChange: database.prepare<[], { at: number | null }>(`SELECT MAX(updated_at) AS at FROM ${table}`),
  }
}

/** The JSON text of a record as the API answers it. */
export function recordJson(rule: ObjectRule, row: RecordRow): string {
  const head = `"id":"${idOf(rule, row)}","version":${row.version},"created_at":"${iso(row.created_at)}","updated_at":"${iso(row.updated_at)}","active":${row.active === 1}`
  return `{${head},${row.fields.slice(1)}`
}

export function idOf(rule: ObjectRule, row: RecordRow): string {
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

function keyOf(value: unknown): string | null {
  return typeof value === 'string' ? uniqueKeyOf(value) : null
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString()
}

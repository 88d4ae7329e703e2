/** What a table offers: fields, keys, how changes are read, and how writes stay single. */
import type {
  ChangeReading,
  FieldDescription,
  ObjectDescription,
  WriteFacility,
  WriteOperation,
} from '#shared/model/object.ts'
import type { Column } from './schema.ts'
import type { Table } from './table.ts'

const writeBatch = 200
/** Times are often stored to the second, by programs that commit some time after they took it. */
const granularityMs = 1000
const lookbackMs = 60_000

/** Unique keys by which a new record is recognised again; the bare number of a row is given by the database itself. */
export function insertKeysOf(table: Table): readonly (readonly string[])[] {
  return table.schema.uniqueKeys
}

export function describeTable(table: Table, isReadOnly: boolean): ObjectDescription {
  const { schema } = table
  const canWrite = !isReadOnly && !schema.isView
  const fields = schema.columns.map((column) => fieldOf(column, table))
  const writes = canWrite ? writesOf(table) : {}
  return {
    name: schema.name,
    label: schema.name,
    idField: table.idField,
    fields: table.columns.has(table.idField)
      ? fields
      : [...fields, { name: table.idField, label: 'Record id', type: 'text', readOnly: true, unique: true }],
    keys: keysOf(table),
    changes: changesOf(table),
    writes,
    notes: notesOf(table, { canWrite, canCreate: writes.create !== undefined }),
  }
}

function fieldOf(column: Column, table: Table): FieldDescription {
  const isUnique = table.schema.uniqueKeys.some((key) => key.length === 1 && key[0] === column.name)
  const note = column.isBlob
    ? 'binary, as base64'
    : column.type === 'any'
      ? 'the table does not say what this column holds'
      : undefined
  return {
    name: column.name,
    label: column.name,
    type: column.type,
    ...(column.isRequired ? { required: true } : {}),
    ...(column.isGenerated ? { readOnly: true } : {}),
    ...(isUnique ? { unique: true } : {}),
    ...(note ? { note } : {}),
  }
}

function keysOf(table: Table): readonly string[] {
  const single = table.schema.uniqueKeys.flatMap((key) => (key.length === 1 ? key : []))
  return [...new Set([...single, ...(table.findBy === undefined ? [] : [table.findBy])])]
}

function changesOf(table: Table): ChangeReading {
  return table.updatedColumn === undefined ? { kind: 'full' } : { kind: 'updated-since', granularityMs, lookbackMs }
}

function writesOf(table: Table): { readonly [O in WriteOperation]?: WriteFacility } {
  const absolute: WriteFacility = { class: 'C', batchSize: writeBatch }
  const byKey: WriteFacility = { class: 'U', batchSize: writeBatch }
  if (insertKeysOf(table).length > 0) return { create: byKey, update: absolute, upsert: byKey, delete: absolute }
  // Looked up at once: the database answers from what is committed, nothing is still under way.
  const found: WriteFacility | undefined =
    table.findBy === undefined ? undefined : { class: 'F', batchSize: writeBatch, settleMs: 0, findBy: table.findBy }
  return { ...(found ? { create: found } : {}), update: absolute, delete: absolute }
}

function notesOf(
  table: Table,
  { canWrite, canCreate }: { readonly canWrite: boolean; readonly canCreate: boolean },
): readonly string[] {
  if (table.schema.isView) return ['A view: it can be read, not written.']
  if (!canWrite) return ['Opened for reading only.']
  if (canCreate) return []
  return [
    'New records cannot be written: the table has no unique column by which a record could be recognised after an interruption. Add a unique index, or name a column in "findBy".',
  ]
}

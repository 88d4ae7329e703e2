/**
 * Create, change and delete one record. Runs inside a group commit: what is returned here is answered only after the
 * transaction is on disk. Refusals are replies too; they change nothing. There are no idempotency keys: the same
 * create sent twice meets the unique value of its own first sending.
 */
import type { Json } from '#shared/json.ts'
import { fieldsOf } from '../kit/field-checks.ts'
import { notAnObject, notFound, refusedByFault } from '../kit/harness.ts'
import { type FieldProblem, problemReply, type Reply } from '../kit/reply.ts'
import { type FieldValues, problem, validate } from '../kit/validate.ts'
import type { LoggedOperation } from '../kit/write-log.ts'
import type { BooksStore } from './books-store.ts'
import { completed, hasPayments, problemsWithOthers, refreshInvoice } from './invoice-balance.ts'
import type { ObjectName } from './object-rules.ts'
import { idOf, type RecordRow, type RecordTable, recordJson, storedValues } from './record-table.ts'

export interface RecordWrite {
  readonly store: BooksStore
  readonly object: ObjectName
  readonly atMs: number
  /** The service's fault that refuses this record, where one is due. */
  readonly isRefused: boolean
}

export function createRecord(write: RecordWrite, body: Json | undefined): Reply {
  const { store, object, atMs } = write
  const table = store.tables[object]
  const given = fieldsOf(body)
  if (!given) return notAnObject
  if (write.isRefused) return refusedByFault
  const checked = validate(table.rule, given, { isLive: store.isLive })
  const refusal = refusalOf(write, { ...checked, row: null })
  if (refusal) return refusal
  const row = table.insert(completed(store, object, { values: checked.values, row: null }), atMs, atMs)
  afterWrite(write, row, 'create')
  return { status: 201, body: recordJson(table.rule, row) }
}

/** The body carries the version the caller saw, beside the fields that change. */
export function updateRecord(write: RecordWrite, id: string, body: Json | undefined): Reply {
  const { store, object, atMs } = write
  const table = store.tables[object]
  const given = fieldsOf(body)
  if (!given) return notAnObject
  const { version, active, ...fields } = given
  const found = changeableRow(table, { id, version, reactivates: active === true })
  if ('reply' in found) return found.reply
  if (write.isRefused) return refusedByFault
  const { row } = found
  const stored = storedValues(row)
  const checked = validate(table.rule, fields, { current: stored, isLive: store.isLive })
  const refusal = refusalOf(write, { ...checked, row, stored })
  if (refusal) return refusal
  const values = completed(store, object, { values: checked.values, row })
  const isSame = row.active === 1 && JSON.stringify(values) === row.fields
  const changed = isSame ? row : table.update(row, values, atMs)
  afterWrite(write, changed, isSame ? 'unchanged' : 'update')
  return { status: 200, body: recordJson(table.rule, changed) }
}

/** Deleting what is deleted already has nothing left to do. */
export function deleteRecord(write: RecordWrite, id: string, version: Json | undefined): Reply {
  const { store, object, atMs } = write
  const table = store.tables[object]
  const row = table.get(id)
  if (!row) return notFound
  if (row.active === 0) return { status: 204 }
  const refusal = versionRefusal(row, version)
  if (refusal) return refusal
  if (write.isRefused) return refusedByFault
  if (object === 'invoice' && hasPayments(store, row)) return hasPaymentsReply
  afterWrite(write, table.deactivate(row, atMs), 'archive')
  return { status: 204 }
}

interface Change {
  readonly id: string
  readonly version: Json | undefined
  readonly reactivates: boolean
}

function changeableRow(table: RecordTable, change: Change): { readonly row: RecordRow } | { readonly reply: Reply } {
  const row = table.get(change.id)
  const isGone = !row || (row.active === 0 && table.rule.deleting === 'removes')
  if (isGone) return { reply: notFound }
  const refusal = versionRefusal(row, change.version)
  if (refusal) return { reply: refusal }
  return row.active === 0 && !change.reactivates ? { reply: inactiveReply } : { row }
}

function versionRefusal(row: RecordRow, version: Json | undefined): Reply | null {
  if (typeof version !== 'number' || !Number.isSafeInteger(version)) return versionMissing
  if (version === row.version) return null
  return problemReply(409, {
    code: 'stale_version',
    message: `The record has changed since version ${version}; it is at version ${row.version} now.`,
    current_version: row.version,
  })
}

interface Checked {
  readonly values: FieldValues
  readonly problems: readonly FieldProblem[]
  readonly row: RecordRow | null
  readonly stored?: FieldValues
}

/** Every reason not to store the record, in the order in which a real service finds them. */
function refusalOf(write: RecordWrite, { values, problems, row, stored }: Checked): Reply | null {
  const { store, object } = write
  const table = store.tables[object]
  const fixed = (table.rule.fixedFields ?? []).filter((name) => stored && stored[name] !== values[name])
  const own = [...problems, ...fixed.map((name) => problem(name, 'not_changeable', 'cannot be changed'))]
  if (own.length > 0) return invalid(own)
  const taken = takenReply(table, values, row)
  if (taken) return taken
  const others = problemsWithOthers(store, object, { values, row })
  return others.length > 0 ? invalid(others) : null
}

function takenReply(table: RecordTable, values: FieldValues, self: RecordRow | null): Reply | null {
  const { uniqueField: field, name } = table.rule
  const holder = table.holderOf(String(values[field]))
  if (!holder || holder.id === self?.id) return null
  const id = idOf(table.rule, holder)
  const kind = holder.active === 1 ? name : `inactive ${name}`
  return problemReply(409, {
    code: 'already_exists',
    message: `The ${kind} ${id} already has this ${field}.`,
    fields: [{ field, code: 'taken', message: `${field} is already taken by ${id}` }],
    conflicting_id: id,
  })
}

function afterWrite({ store, object, atMs }: RecordWrite, row: RecordRow, operation: LoggedOperation): void {
  store.log.add({ atMs, object, recordNumber: row.id, operation, version: row.version, idempotencyKey: null })
  if (object === 'payment' && operation !== 'unchanged') refreshInvoice(store, storedValues(row), atMs)
}

function invalid(fields: readonly FieldProblem[]): Reply {
  return problemReply(422, { code: 'validation_failed', message: 'Some fields are not valid.', fields })
}

const versionMissing: Reply = problemReply(422, {
  code: 'version_required',
  message: 'Send the version you have seen: a change in its body, a deletion as ?version=.',
  fields: [{ field: 'version', code: 'required', message: 'version must be the number of the version you have seen' }],
})

const inactiveReply: Reply = problemReply(409, {
  code: 'inactive',
  message: 'The record is inactive; make it active again with {"active": true} first.',
})

const hasPaymentsReply: Reply = problemReply(409, {
  code: 'has_payments',
  message: 'An invoice with payments cannot be deleted; delete its payments first.',
})

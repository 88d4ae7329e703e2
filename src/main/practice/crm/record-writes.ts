/**
 * Create, change and archive one record. Runs inside a group commit: what is returned here is answered only after
 * the transaction is on disk. Refusals are replies too; they change nothing.
 */
import { type Json, type JsonObject, stableStringify } from '#shared/json.ts'
import { fieldsOf } from '../kit/field-checks.ts'
import { notAnObject, notFound, refusedByFault } from '../kit/harness.ts'
import { requestHashOf } from '../kit/idempotency.ts'
import { type Problem, problemReply, type Reply } from '../kit/reply.ts'
import { type FieldValues, validate } from '../kit/validate.ts'
import type { LoggedOperation } from '../kit/write-log.ts'
import type { CrmStore } from './crm-store.ts'
import type { ObjectName } from './object-rules.ts'
import { externalIdOf, type RecordRow, type RecordTable, recordJson, storedValues } from './record-table.ts'

export interface RecordWrite {
  readonly store: CrmStore
  readonly object: ObjectName
  readonly atMs: number
  /** The service's fault that refuses this record, where one is due. */
  readonly isRefused: boolean
}

export interface CreateRequest {
  readonly body: Json | undefined
  readonly idempotencyKey: string | null
}

export function createRecord(write: RecordWrite, request: CreateRequest): Reply {
  const { store, atMs } = write
  const table = store.tables[write.object]
  const key = request.idempotencyKey
  const requestHash = requestHashOf(
    `POST ${table.rule.path}`,
    request.body === undefined ? '' : stableStringify(request.body),
  )
  const earlier = key === null ? null : store.keys.replay(key, requestHash, atMs)
  if (earlier) return earlier
  const given = fieldsOf(request.body)
  if (!given) return notAnObject
  if (write.isRefused) return refusedByFault
  const { values, problems } = validate(table.rule, given, { isLive: store.isLive })
  if (problems.length > 0) return invalid({ fields: problems })
  const taken = takenReply(table, values, null)
  if (taken) return taken
  const row = table.insert(values, atMs, atMs)
  logWrite(write, { row, operation: 'create', key })
  const reply: Reply = { status: 201, body: recordJson(table.rule, row) }
  if (key !== null) store.keys.remember({ key, requestHash, atMs, reply })
  return withEtag(reply, row)
}

export interface ChangeRequest {
  readonly id: string
  /** The version the caller saw; null: whatever it is now. */
  readonly ifMatch: string | null
}

export function updateRecord(write: RecordWrite, request: ChangeRequest & { readonly body: Json | undefined }): Reply {
  const table = write.store.tables[write.object]
  const found = liveRow(table, request)
  if ('reply' in found) return found.reply
  const given = fieldsOf(request.body)
  if (!given) return notAnObject
  if (write.isRefused) return refusedByFault
  const { row } = found
  const { values, problems } = validate(table.rule, given, { current: storedValues(row), isLive: write.store.isLive })
  if (problems.length > 0) return invalid({ fields: problems })
  const taken = takenReply(table, values, row)
  if (taken) return taken
  const isSame = JSON.stringify(values) === row.fields
  const changed = isSame ? row : table.update(row, values, write.atMs)
  logWrite(write, { row: changed, operation: isSame ? 'unchanged' : 'update', key: null })
  return withEtag({ status: 200, body: recordJson(table.rule, changed) }, changed)
}

export function archiveRecord(write: RecordWrite, request: ChangeRequest): Reply {
  const table = write.store.tables[write.object]
  const found = liveRow(table, request)
  if ('reply' in found) return found.reply
  if (write.isRefused) return refusedByFault
  const row = table.archive(found.row, write.atMs)
  logWrite(write, { row, operation: 'archive', key: null })
  return { status: 204 }
}

function liveRow(table: RecordTable, request: ChangeRequest): { readonly row: RecordRow } | { readonly reply: Reply } {
  const row = table.get(request.id)
  if (!row || row.archived_at !== null) return { reply: notFound }
  if (request.ifMatch !== null && request.ifMatch !== String(row.version)) return { reply: staleReply(row) }
  return { row }
}

function takenReply(table: RecordTable, values: FieldValues, self: RecordRow | null): Reply | null {
  const field = table.rule.uniqueField
  const value = field ? values[field] : null
  const holder = typeof value === 'string' ? table.holderOf(value) : undefined
  if (!field || !holder || holder.id === self?.id) return null
  return problemReply(409, {
    code: 'already_exists',
    message: `Another ${table.rule.name} already has this ${field}.`,
    fields: [{ field, code: 'taken', message: `${field} is already taken` }],
    conflicting_id: externalIdOf(table.rule, holder),
  })
}

function logWrite(write: RecordWrite, entry: { row: RecordRow; operation: LoggedOperation; key: string | null }): void {
  write.store.log.add({
    atMs: write.atMs,
    object: write.object,
    recordNumber: entry.row.id,
    operation: entry.operation,
    version: entry.row.version,
    idempotencyKey: entry.key,
  })
}

function withEtag(reply: Reply, row: RecordRow): Reply {
  return { ...reply, headers: { etag: `"${row.version}"` } }
}

function staleReply(row: RecordRow): Reply {
  return problemReply(412, {
    code: 'version_mismatch',
    message: 'The record has changed since this version.',
    current_version: row.version,
  })
}

function invalid(problem: Pick<Problem, 'fields'>): Reply {
  return problemReply(422, { code: 'validation_failed', message: 'Some fields are not valid.', ...problem })
}

/** One item of a batch answer: the reply of a single create, with its place and status. */
export function batchItemJson(index: number, key: string | null, reply: Reply): string {
  const head: JsonObject = { index, idempotency_key: key, status: reply.status }
  const isReplayed = reply.headers?.['idempotent-replayed'] === 'true'
  const text = JSON.stringify({ ...head, replayed: isReplayed })
  // Problem bodies are {"error":{...}} already; records get a name of their own.
  const rest = reply.status < 300 ? `"record":${reply.body}` : (reply.body ?? '{}').slice(1, -1)
  return `${text.slice(0, -1)},${rest}}`
}

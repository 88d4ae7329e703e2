/**
 * Put and delete one subscriber. Runs inside a group commit: what is returned here is answered only after the
 * transaction is on disk. Putting is an upsert by address: sent twice it makes one subscriber.
 */
import type { Json, JsonObject } from '#shared/json.ts'
import { fieldsOf } from '../kit/field-checks.ts'
import { notAnObject, notFound, refusedByFault } from '../kit/harness.ts'
import { type FieldProblem, problemReply, type Reply } from '../kit/reply.ts'
import { type FieldValues, validate } from '../kit/validate.ts'
import type { LoggedOperation } from '../kit/write-log.ts'
import type { ListStore } from './list-store.ts'
import { checkEmail, isLastWord, subscriberRule, tagSet } from './subscriber-rules.ts'
import { type SubscriberRow, storedValues, subscriberJson } from './subscriber-table.ts'

export interface SubscriberWrite {
  readonly store: ListStore
  readonly atMs: number
  /** The service's fault that refuses this record, where one is due. */
  readonly isRefused: boolean
  /** `If-Match: *`: only somebody who is there already. */
  readonly mustExist?: boolean
}

/** 201 for a new subscriber, 200 for one that was there. Fields that are left out stay as they are. */
export function putSubscriber(write: SubscriberWrite, address: Json, body: Json | undefined): Reply {
  const given = fieldsOf(body)
  if (!given) return notAnObject
  const email = checkEmail(address)
  if (!email.ok) return invalid([{ field: 'email', code: email.code, message: `email ${email.message}` }])
  const { email: named = email.value, ...fields } = given
  if (!isSameAddress(named, email.value))
    return invalid([{ field: 'email', code: 'not_changeable', message: 'email is the identity and cannot be changed' }])
  if (write.isRefused) return refusedByFault
  return putFields(write, String(email.value), fields)
}

function putFields({ store, atMs, mustExist }: SubscriberWrite, email: string, fields: JsonObject): Reply {
  const row = store.subscribers.get(email)
  const isNew = row === undefined || row.deleted_at !== null
  if (isNew && mustExist) return notThere
  const current = isNew ? undefined : storedValues(row)
  const given = isNew ? { status: 'subscribed', ...fields } : fields
  const { values, problems } = validate(subscriberRule, given, { ...(current ? { current } : {}), isLive: () => true })
  if (problems.length > 0) return invalid(problems)
  if (isLastWord(row?.status, values.status)) return hasUnsubscribed(email)
  const kept: FieldValues = { ...values, tags: tagSet(values.tags) }
  const isSame = current !== undefined && sameValues(kept, current)
  const changed = isSame && row ? row : storeSubscriber(store, row, { email, values: kept, atMs })
  logWrite(store, changed, { atMs, operation: isNew ? 'create' : isSame ? 'unchanged' : 'update' })
  return { status: isNew ? 201 : 200, body: subscriberJson(changed) }
}

interface Stored {
  readonly email: string
  readonly values: FieldValues
  readonly atMs: number
}

function storeSubscriber(
  store: ListStore,
  row: SubscriberRow | undefined,
  { email, values, atMs }: Stored,
): SubscriberRow {
  if (row) return store.subscribers.update(row, values, atMs)
  return store.subscribers.insert(email, values, { createdAtMs: atMs, updatedAtMs: atMs })
}

export function deleteSubscriber({ store, atMs, isRefused }: SubscriberWrite, address: Json): Reply {
  const email = checkEmail(address)
  const row = email.ok ? store.subscribers.get(String(email.value)) : undefined
  if (!row || row.deleted_at !== null) return notFound
  if (isRefused) return refusedByFault
  logWrite(store, store.subscribers.remove(row, atMs), { atMs, operation: 'archive' })
  return { status: 204 }
}

function isSameAddress(named: Json, email: Json): boolean {
  const checked = checkEmail(named)
  return checked.ok && checked.value === email
}

function sameValues(left: FieldValues, right: FieldValues): boolean {
  return Object.entries(left).every(([name, value]) => JSON.stringify(value) === JSON.stringify(right[name]))
}

function logWrite(
  store: ListStore,
  row: SubscriberRow,
  { atMs, operation }: { readonly atMs: number; readonly operation: LoggedOperation },
): void {
  const { id: recordNumber, version } = row
  store.log.add({ atMs, object: 'subscriber', recordNumber, operation, version, idempotencyKey: null })
}

function invalid(fields: readonly FieldProblem[]): Reply {
  return problemReply(422, { code: 'validation_failed', message: 'Some fields are not valid.', fields })
}

const notThere: Reply = problemReply(412, {
  code: 'not_found',
  message: 'If-Match says that the subscriber is there already, and there is none.',
})

function hasUnsubscribed(email: string): Reply {
  return problemReply(422, {
    code: 'unsubscribed',
    message: `${email} has unsubscribed. Only the person can subscribe again, through a form.`,
    fields: [{ field: 'status', code: 'unsubscribed', message: 'status stays unsubscribed' }],
  })
}

/** What an answer to a write says: id, values and version of the record, or the field that was refused. */

import { valueAt } from '#main/connector-kit/body-path.ts'
import type { HttpReply } from '#main/connector-kit/http.ts'
import type { WrittenReply } from '#main/connector-kit/write-reply.ts'
import { AppError } from '#shared/errors.ts'
import { isJsonObject, type Json } from '#shared/json.ts'
import { idOf, type KnownObject, readRecord, versionOf } from './wire-records.ts'

/** The reply of a written item. Values only where the answer really carries the record. */
export function writtenOf(
  object: KnownObject,
  { item, id, etag }: { item: Json; id?: string | undefined; etag?: string | undefined },
): WrittenReply {
  const found = idOf(object, item)
  const externalId = id ?? found
  if (externalId === undefined) throw idMissing(object)
  const version = object.version?.from === 'etag' ? etag : versionOf(object, item)
  const hasValues = found !== undefined && isJsonObject(item)
  const record = hasValues ? readRecord(object, item, 'answer') : undefined
  return {
    status: 'written',
    externalId,
    ...(record && !record.issues && { values: record.values }),
    ...(version !== undefined && { version }),
  }
}

const fieldPlaces = [
  'error.field',
  'field',
  'error.param',
  'errors[0].field',
  'error.errors[0].field',
  'errors[0].path',
]

/** The field a refusal names in one of the usual places. */
export function refusedField(reply: HttpReply): string | undefined {
  try {
    const body = reply.json()
    const found = fieldPlaces.map((place) => valueAt(body, place)).find((value) => typeof value === 'string')
    return typeof found === 'string' ? found : undefined
  } catch {
    // The refusal stands without it.
    return undefined
  }
}

export function idMissing(object: KnownObject): AppError {
  return new AppError({
    kind: 'data',
    code: 'answer-without-id',
    message: `${object.label}: the service confirmed the write but did not say the id of the record.`,
    next: 'Check in the connection where the id stands in the answer. The record is looked up meanwhile.',
    details: { object: object.name },
  })
}

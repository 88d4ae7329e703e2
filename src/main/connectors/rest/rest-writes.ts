/** Sending prepared writes: one by one, each exactly once, and reading what the service made of it. */

import { valueAt, wrapAt } from '#main/connector-kit/body-path.ts'
import type { HttpReply } from '#main/connector-kit/http.ts'
import { toWriteReply, type WrittenReply } from '#main/connector-kit/write-reply.ts'
import { AppError, errorInfoOf } from '#shared/errors.ts'
import { type Json, parseJson } from '#shared/json.ts'
import type { PreparedWrite, WriteReply } from '#shared/model/connected.ts'
import { parseExact } from './exact-json.ts'
import { mergeInto, type PreparedRequest, parsePrepared } from './prepare-write.ts'
import { idMissing, refusedField, writtenOf } from './read-answer.ts'
import { sendBatch } from './rest-batch.ts'
import { getRaw, type RestSession } from './rest-reads.ts'
import type { KnownObject } from './wire-records.ts'

/** One reply per write, in order. Several creates go as a batch where the settings name one. */
export async function sendWrites(
  session: RestSession,
  object: KnownObject,
  { writes, signal }: { writes: readonly PreparedWrite[]; signal: AbortSignal },
): Promise<readonly WriteReply[]> {
  const isBatch = writes.length > 1 && object.batch && writes.every((write) => write.operation === 'create')
  if (isBatch) return await sendBatch(session, object, { writes, signal })
  const replies: WriteReply[] = []
  for (const write of writes) replies.push(await sendOne(session, object, { write, signal }))
  return replies
}

async function sendOne(
  session: RestSession,
  object: KnownObject,
  { write, signal }: { write: PreparedWrite; signal: AbortSignal },
): Promise<WriteReply> {
  const prepared = parsePrepared(write.request)
  const body = await bodyOf(session, object, { prepared, signal })
  if (typeof body === 'object') return body
  const outcome = await session.client.write({
    method: prepared.method,
    path: prepared.path,
    query: { ...object[write.operation]?.query, ...session.query },
    headers: headersOf(object, write, prepared),
    ...(body !== undefined && { body }),
    signal,
  })
  const isGone = outcome.kind === 'answered' && [404, 410].includes(outcome.reply.status)
  if (write.operation === 'delete' && isGone) return { status: 'written', externalId: prepared.externalId ?? '' }
  if (outcome.kind === 'answered' && isKeyInUse(object, write, outcome.reply))
    return { status: 'uncertain', error: session.client.errorOf(outcome.reply) }
  return toWriteReply(outcome, {
    client: session.client,
    readWritten: (reply) => readWritten(object, { write, prepared, reply }),
    fieldOf: refusedField,
  })
}

/**
 * The first sending of the same key is still being worked on: how it ends is not known yet. Services say it with 409 and
 * name the key (https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header, section 2.7); any other 409
 * is about the values.
 */
function isKeyInUse(object: KnownObject, write: PreparedWrite, reply: HttpReply): boolean {
  const hasKey = write.operation === 'create' && object.create?.idempotency !== undefined
  return hasKey && reply.status === 409 && /idempoten/i.test(reply.text)
}

function headersOf(object: KnownObject, write: PreparedWrite, { ifMatch }: PreparedRequest): Record<string, string> {
  const key = write.operation === 'create' ? object.create?.idempotency : undefined
  return {
    ...(key && { [key.header]: write.idempotencyKey }),
    ...(ifMatch !== undefined && { 'if-match': ifMatch }),
  }
}

/** The text to send, or the reply where it does not come to sending. */
async function bodyOf(
  session: RestSession,
  object: KnownObject,
  { prepared, signal }: { prepared: PreparedRequest; signal: AbortSignal },
): Promise<string | undefined | WriteReply> {
  if (!prepared.isMerged) return prepared.body
  const at = object.update?.wrapAt ?? ''
  try {
    const externalId = prepared.externalId ?? ''
    const current = await getRaw(session, object, { externalId, signal })
    if (!current) return { status: 'rejected', error: goneError(object, externalId) }
    const changes = valueAt(parseJson(prepared.body ?? '{}'), at) ?? {}
    const whole = valueAt(parseExact(current.reply.text), object.get?.recordAt ?? '') ?? {}
    return JSON.stringify(wrapAt(at, mergeInto(object, whole, changes)))
  } catch (thrown) {
    // Only the read before the write has failed: nothing was sent.
    return { status: 'not-sent', error: thrown instanceof AppError ? thrown.info : errorInfoOf(thrown) }
  }
}

function goneError(object: KnownObject, externalId: string) {
  return {
    kind: 'data' as const,
    code: 'not-found',
    message: `${object.label}: the record ${externalId} is no longer there.`,
    kept: 'Nothing was sent.',
    next: 'The record may have been deleted there. Look it up at the service, then decide.',
    details: { object: object.name, externalId },
  }
}

interface Answered {
  readonly write: PreparedWrite
  readonly prepared: PreparedRequest
  readonly reply: HttpReply
}

/** Id, values and version of a confirmed write. Throws AppError where the answer does not name the id. */
function readWritten(object: KnownObject, { write, prepared, reply }: Answered): WrittenReply {
  const { externalId } = prepared
  if (write.operation === 'delete') return { status: 'written', externalId: externalId ?? '' }
  if (reply.text.trim() === '') {
    const id = externalId ?? idOfLocation(reply)
    if (id === undefined) throw idMissing(object)
    return { status: 'written', externalId: id }
  }
  const settings = object[write.operation]
  const body = reply.json()
  const item = valueAt(body, settings?.recordAt ?? '') ?? null
  const idAt = settings?.idAt
  const named = idAt === undefined ? undefined : valueAt(body, idAt)
  return writtenOf(object, { item, id: textOf(named) ?? externalId, etag: reply.headers.etag })
}

function textOf(id: Json | undefined): string | undefined {
  if (typeof id === 'number') return String(id)
  return typeof id === 'string' && id !== '' ? id : undefined
}

/** The last part of a Location header: '/contacts/con_7' gives 'con_7'. */
function idOfLocation({ headers }: HttpReply): string | undefined {
  const last = headers.location?.split('?')[0]?.split('/').filter(Boolean).at(-1)
  return last === undefined ? undefined : decodeURIComponent(last)
}

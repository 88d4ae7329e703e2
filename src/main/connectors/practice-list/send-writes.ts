/** Sends prepared writes: new subscribers together in one request, changes one by one; one reply per write, in order. */

import { refusedWhole } from '#main/connector-kit/write-reply.ts'
import { isJsonObject, type Json, type JsonObject, parseJson, stableStringify } from '#shared/json.ts'
import type { PreparedWrite, WriteReply } from '#shared/model/connected.ts'
import { unexpectedAnswer } from '../../connector-kit/connector-errors.ts'
import type { HttpClient, HttpOutcome, HttpReply, HttpRequest } from '../../connector-kit/http.ts'
import { replyOfPart } from '../../connector-kit/http-reply.ts'
import { toWriteReply, type WrittenReply } from '../../connector-kit/write-reply.ts'
import { type PreparedRequest, readPrepared } from './prepare-write.ts'
import { refusedReply } from './refusals.ts'
import { service } from './settings.ts'
import { maxBatchSize } from './subscriber.ts'
import { remoteSubscriber } from './wire-subscriber.ts'

/** Below the service's limit of 1 MiB, with room for what stands around the records. */
const maxBatchBytes = 900_000

export async function sendWrites(
  client: HttpClient,
  writes: readonly PreparedWrite[],
  signal: AbortSignal,
): Promise<readonly WriteReply[]> {
  const replies: WriteReply[] = []
  for (const group of groupsOf(writes)) {
    const [only, ...others] = group
    if (only && others.length === 0) replies.push(await sendOne(client, only, signal))
    else replies.push(...(await sendBatch(client, group, signal)))
  }
  return replies
}

function isNew({ operation }: PreparedWrite): boolean {
  return operation === 'create' || operation === 'upsert'
}

/** New subscribers go together up to the service's limits; everything else stands alone. */
function groupsOf(writes: readonly PreparedWrite[]): PreparedWrite[][] {
  const groups: PreparedWrite[][] = []
  let roomBytes = 0
  for (const write of writes) {
    const sizeBytes = Buffer.byteLength(write.request)
    const group = groups.at(-1)
    if (group && isNew(write) && group.length < maxBatchSize && sizeBytes <= roomBytes) {
      group.push(write)
      roomBytes -= sizeBytes
    } else {
      groups.push([write])
      roomBytes = isNew(write) ? maxBatchBytes - sizeBytes : 0
    }
  }
  return groups
}

async function sendOne(client: HttpClient, write: PreparedWrite, signal: AbortSignal): Promise<WriteReply> {
  const prepared = readPrepared(write.request)
  const outcome = await client.write({ ...requestOf(write, prepared), signal })
  return replyTo(client, outcome, { write, prepared })
}

/** A change names nobody new: without `If-Match` it would subscribe whoever was deleted meanwhile. */
function requestOf(write: PreparedWrite, { email, body }: PreparedRequest): Omit<HttpRequest, 'signal'> {
  const path = `/subscribers/${encodeURIComponent(email)}`
  if (write.operation === 'delete') return { method: 'DELETE', path }
  return { method: 'PUT', path, body, ...(isNew(write) ? {} : { headers: { 'if-match': '*' } }) }
}

interface Sent {
  readonly write: PreparedWrite
  readonly prepared: PreparedRequest
}

function replyTo(client: HttpClient, outcome: HttpOutcome, sent: Sent): WriteReply {
  if (outcome.kind === 'answered' && outcome.reply.status >= 300) {
    const { reply } = outcome
    const { operation } = sent.write
    return refusedReply({ reply, error: client.errorOf(reply), operation, email: sent.prepared.email })
  }
  return toWriteReply(outcome, { client, readWritten: (reply) => writtenReply(reply, sent) })
}

/** Throws AppError where the answer does not say who was written. */
function writtenReply(reply: HttpReply, { write, prepared: { email } }: Sent): WrittenReply {
  if (write.operation === 'delete') {
    if (reply.status !== 204) throw unexpectedAnswer(service, 'the answer to a deletion')
    return { status: 'written', externalId: email }
  }
  const { externalId, values } = remoteSubscriber(reply.json())
  if (externalId !== email.normalize('NFC').toLowerCase())
    throw unexpectedAnswer(service, 'the subscriber that was sent')
  return { status: 'written', externalId, values }
}

async function sendBatch(
  client: HttpClient,
  writes: readonly PreparedWrite[],
  signal: AbortSignal,
): Promise<WriteReply[]> {
  const sent = writes.map((write) => ({ write, prepared: readPrepared(write.request) }))
  const items = sent.map(({ prepared }) => itemOf(prepared))
  const body = stableStringify({ items })
  const outcome = await client.write({ method: 'POST', path: '/subscribers/batch', body, signal })
  const isWhole = outcome.kind !== 'answered' || outcome.reply.status !== 200
  if (isWhole) return refusedWhole(sent.map((one) => replyTo(client, outcome, one)))
  const results = resultsOf(outcome.reply)
  return sent.map((one, index) => replyTo(client, partOf(outcome.reply, results[index], { index, sent: one }), one))
}

function itemOf({ email, body }: PreparedRequest): JsonObject {
  const fields = parseJson(body)
  return { ...(isJsonObject(fields) ? fields : {}), email }
}

/** [] where the answer cannot be read: every write of the batch is then uncertain. */
function resultsOf(reply: HttpReply): readonly Json[] {
  try {
    const body = reply.json()
    return isJsonObject(body) && Array.isArray(body.results) ? body.results : []
  } catch {
    return []
  }
}

/** The answer to one item; a result that does not name place and address of the item proves nothing about it. */
function partOf(
  whole: HttpReply,
  result: Json | undefined,
  { index, sent }: { readonly index: number; readonly sent: Sent },
): HttpOutcome {
  const isOurs =
    isJsonObject(result) &&
    result.index === index &&
    result.email === sent.prepared.email &&
    typeof result.status === 'number'
  if (!isOurs) return { kind: 'answered', reply: replyOfPart(whole, 200, '') }
  const { status, record, error } = result
  const isWritten = Number(status) < 300
  const text = stableStringify(isWritten ? (record ?? null) : { error: error ?? null })
  return { kind: 'answered', reply: replyOfPart(whole, Number(status), text) }
}

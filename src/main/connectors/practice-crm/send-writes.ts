/** Sends prepared writes: creates together in one request, changes one by one; one reply per write, in order. */

import { refusedWhole } from '#main/connector-kit/write-reply.ts'
import { isJsonObject, type Json, parseJson, stableStringify } from '#shared/json.ts'
import type { PreparedWrite, WriteReply } from '#shared/model/connected.ts'
import type { HttpClient, HttpOutcome, HttpReply } from '../../connector-kit/http.ts'
import { readPrepared } from '../../connector-kit/prepared-request.ts'
import { maxBatchSize, type ObjectSpec } from './objects.ts'
import { service } from './settings.ts'
import { type Answer, replyOfAnswer, unreadableAnswer } from './write-reply.ts'

/** Below the service's limit of 1 MiB, with room for what stands around the records. */
const maxBatchBytes = 900_000

export interface SendRequest {
  readonly writes: readonly PreparedWrite[]
  readonly signal: AbortSignal
}

export async function sendWrites(
  client: HttpClient,
  spec: ObjectSpec,
  { writes, signal }: SendRequest,
): Promise<readonly WriteReply[]> {
  const replies: WriteReply[] = []
  for (const group of groupsOf(writes)) {
    const [only, ...others] = group
    if (only && others.length === 0) replies.push(await sendOne(client, spec, { write: only, signal }))
    else replies.push(...(await sendBatch(client, spec, { writes: group, signal })))
  }
  return replies
}

/** Creates go together up to the service's limits; everything else stands alone. */
function groupsOf(writes: readonly PreparedWrite[]): PreparedWrite[][] {
  const groups: PreparedWrite[][] = []
  let sizeBytes = Number.POSITIVE_INFINITY
  for (const write of writes) {
    const bytes = Buffer.byteLength(write.request)
    const group = groups.at(-1)
    const joins =
      write.operation === 'create' && group && group.length < maxBatchSize && sizeBytes + bytes <= maxBatchBytes
    if (joins) group.push(write)
    else groups.push([write])
    sizeBytes = write.operation === 'create' ? (joins ? sizeBytes + bytes : bytes) : Number.POSITIVE_INFINITY
  }
  return groups
}

async function sendOne(
  client: HttpClient,
  spec: ObjectSpec,
  { write, signal }: { write: PreparedWrite; signal: AbortSignal },
): Promise<WriteReply> {
  const { body, externalId, version } = readPrepared(service, write.request)
  const path = externalId === undefined ? spec.path : `${spec.path}/${encodeURIComponent(externalId)}`
  const ifMatch = version === undefined ? {} : { 'if-match': `"${version}"` }
  const outcome = await client.write({
    method: write.operation === 'create' ? 'POST' : write.operation === 'update' ? 'PATCH' : 'DELETE',
    path,
    headers: write.operation === 'create' ? { 'idempotency-key': write.idempotencyKey } : ifMatch,
    ...(body === '' ? {} : { body }),
    signal,
  })
  if (outcome.kind !== 'answered') return unanswered(outcome)
  const ids = externalId === undefined ? {} : { externalId }
  return replyOfAnswer(spec, { ...answerOf(client, outcome.reply), operation: write.operation, ...ids })
}

async function sendBatch(client: HttpClient, spec: ObjectSpec, { writes, signal }: SendRequest): Promise<WriteReply[]> {
  const items = writes.map((write) => ({
    idempotency_key: write.idempotencyKey,
    record: parseJson(readPrepared(service, write.request).body),
  }))
  const outcome = await client.write({
    method: 'POST',
    path: `${spec.path}/batch`,
    body: stableStringify({ items }),
    signal,
  })
  if (outcome.kind !== 'answered') return writes.map(() => unanswered(outcome))
  const answer = answerOf(client, outcome.reply)
  if (answer.status !== 200)
    return refusedWhole(writes.map(() => replyOfAnswer(spec, { ...answer, operation: 'create' })))
  const results = resultsByKey(answer.body)
  return writes.map((write) => {
    const item = results.get(write.idempotencyKey)
    return item ? replyOfAnswer(spec, { ...item, operation: 'create' }) : unreadableAnswer()
  })
}

/** Results by idempotency key, not by position: an answer that left one out cannot shift the others. */
function resultsByKey(body: Json | undefined): Map<string, Pick<Answer, 'status' | 'body'>> {
  const byKey = new Map<string, Pick<Answer, 'status' | 'body'>>()
  const results = isJsonObject(body) && Array.isArray(body.results) ? body.results : []
  for (const result of results) {
    if (!isJsonObject(result) || typeof result.idempotency_key !== 'string' || typeof result.status !== 'number')
      continue
    const isWritten = result.status >= 200 && result.status < 300
    byKey.set(result.idempotency_key, { status: result.status, body: isWritten ? result.record : result })
  }
  return byKey
}

function unanswered(outcome: Exclude<HttpOutcome, { kind: 'answered' }>): WriteReply {
  if (outcome.kind === 'uncertain') return { status: 'uncertain', error: outcome.error }
  const wait = outcome.retryAfterMs === undefined ? {} : { retryAfterMs: outcome.retryAfterMs }
  return { status: 'not-sent', error: outcome.error, ...wait }
}

function answerOf(client: HttpClient, reply: HttpReply): Pick<Answer, 'status' | 'body' | 'error'> {
  const isRefusal = reply.status >= 300
  return {
    status: reply.status,
    body: bodyOf(reply),
    ...(isRefusal ? { error: client.errorOf(reply) } : {}),
  }
}

/** undefined: no body, or one that cannot be read. */
function bodyOf(reply: HttpReply): Json | undefined {
  if (reply.text === '') return undefined
  try {
    return reply.json()
  } catch {
    return undefined
  }
}

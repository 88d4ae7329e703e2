/** Sends prepared writes one by one; one reply per write, in order. No header makes a create single: see the README. */
import type { PreparedWrite, WriteReply } from '#shared/model/connected.ts'
import { unexpectedAnswer } from '../../connector-kit/connector-errors.ts'
import type { HttpClient, HttpReply, HttpRequest } from '../../connector-kit/http.ts'
import { type PreparedRequest, readPrepared } from '../../connector-kit/prepared-request.ts'
import { toWriteReply, type WrittenReply } from '../../connector-kit/write-reply.ts'
import type { ObjectSpec } from './objects.ts'
import { refusedReply } from './refusals.ts'
import { service } from './settings.ts'
import { remoteRecord } from './wire-record.ts'

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
  for (const write of writes) replies.push(await sendOne(client, spec, { write, signal }))
  return replies
}

async function sendOne(
  client: HttpClient,
  spec: ObjectSpec,
  { write, signal }: { readonly write: PreparedWrite; readonly signal: AbortSignal },
): Promise<WriteReply> {
  const prepared = readPrepared(service, write.request)
  const outcome = await client.write({ ...requestOf(spec, write, prepared), signal })
  const { externalId } = prepared
  if (outcome.kind === 'answered' && outcome.reply.status >= 300) {
    const { reply } = outcome
    const error = client.errorOf(reply)
    return refusedReply(spec, { reply, error, operation: write.operation, ...(externalId && { externalId }) })
  }
  return toWriteReply(outcome, { client, readWritten: (reply) => writtenReply(spec, reply, { write, externalId }) })
}

function requestOf(
  spec: ObjectSpec,
  { operation }: PreparedWrite,
  { body, externalId, version }: PreparedRequest,
): Omit<HttpRequest, 'signal'> {
  if (externalId === undefined) return { method: 'POST', path: spec.path, body }
  const path = `${spec.path}/${encodeURIComponent(externalId)}`
  if (operation === 'delete') return { method: 'DELETE', path, query: { version } }
  return { method: 'PATCH', path, body }
}

interface Sent {
  readonly write: PreparedWrite
  readonly externalId: string | undefined
}

/** Throws AppError where the answer does not say what was written. */
function writtenReply(spec: ObjectSpec, reply: HttpReply, { write, externalId }: Sent): WrittenReply {
  if (write.operation === 'delete') {
    if (externalId === undefined || reply.status !== 204) throw unexpectedAnswer(service, 'the answer to a deletion')
    return { status: 'written', externalId }
  }
  const record = remoteRecord(spec, reply.json())
  if (externalId !== undefined && record.externalId !== externalId)
    throw unexpectedAnswer(service, 'the record that was sent')
  const version = record.version === undefined ? {} : { version: record.version }
  return { status: 'written', externalId: record.externalId, values: record.values, ...version }
}

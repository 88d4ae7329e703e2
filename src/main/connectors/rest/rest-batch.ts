/** Several creates in one request: each item has its own key and gets its own reply. */

import { isJsonList, valueAt, wrapAt } from '#main/connector-kit/body-path.ts'
import { isUncertainStatus, isUnprocessedStatus } from '#main/connector-kit/error-table.ts'
import type { HttpClient, HttpReply } from '#main/connector-kit/http.ts'
import { replyOfPart } from '#main/connector-kit/http-reply.ts'
import { refusedWhole, uncertainError } from '#main/connector-kit/write-reply.ts'
import { type Json, parseJson } from '#shared/json.ts'
import type { PreparedWrite, WriteReply } from '#shared/model/connected.ts'
import type { BatchSettings } from './object-settings.ts'
import { parsePrepared } from './prepare-write.ts'
import { refusedField, writtenOf } from './read-answer.ts'
import type { RestSession } from './rest-reads.ts'
import { type KnownObject, merged } from './wire-records.ts'

export async function sendBatch(
  session: RestSession,
  object: KnownObject,
  { writes, signal }: { writes: readonly PreparedWrite[]; signal: AbortSignal },
): Promise<readonly WriteReply[]> {
  const { batch } = object
  if (!batch) return []
  const items = writes.map((write) => itemOf(object, batch, write))
  const body = JSON.stringify(wrapAt(batch.wrapAt, items))
  const outcome = await session.client.write({ method: 'POST', path: batch.path, query: session.query, body, signal })
  if (outcome.kind !== 'answered') {
    const { error } = outcome
    if (outcome.kind === 'uncertain') return writes.map(() => ({ status: 'uncertain', error }))
    const wait = outcome.retryAfterMs === undefined ? {} : { retryAfterMs: outcome.retryAfterMs }
    return writes.map(() => ({ status: 'not-sent', error, ...wait }))
  }
  const { reply } = outcome
  if (reply.status >= 300)
    return refusedWhole(writes.map(() => ({ status: 'rejected', error: session.client.errorOf(reply) })))
  return readResults(session.client, object, { batch, items, reply })
}

function itemOf(object: KnownObject, { keyField }: BatchSettings, write: PreparedWrite): Json {
  const record = valueAt(parseJson(parsePrepared(write.request).body ?? '{}'), object.create?.wrapAt ?? '') ?? {}
  return keyField === undefined ? record : merged(record, wrapAt(keyField, write.idempotencyKey))
}

interface Results {
  readonly batch: BatchSettings
  readonly items: readonly Json[]
  readonly reply: HttpReply
}

/** An answer that cannot be matched to what was sent makes every item uncertain: some of them have been done. */
function readResults(client: HttpClient, object: KnownObject, { batch, items, reply }: Results): readonly WriteReply[] {
  try {
    const results = valueAt(reply.json(), batch.resultsAt)
    if (!isJsonList(results)) throw new Error(`no results at ${batch.resultsAt}`)
    const find = resultFinder(batch, results, items.length)
    return items.map((item, index) => readResult(client, object, { batch, reply, result: find(item, index) }))
  } catch (thrown) {
    const error = uncertainError(thrown)
    return items.map(() => ({ status: 'uncertain', error }))
  }
}

function resultFinder(batch: BatchSettings, results: readonly Json[], count: number) {
  const { matchField } = batch
  if (matchField === undefined) {
    if (results.length !== count) throw new Error(`${results.length} results for ${count} records`)
    return (_item: Json, index: number): Json | undefined => results[index]
  }
  const keyOf = (record: Json | undefined): string => JSON.stringify(valueAt(record, matchField) ?? null)
  const byKey = new Map(results.map((result) => [keyOf(valueAt(result, batch.recordAt)), result]))
  return (item: Json): Json | undefined => byKey.get(keyOf(item))
}

interface Result {
  readonly batch: BatchSettings
  readonly reply: HttpReply
  readonly result: Json | undefined
}

function readResult(client: HttpClient, object: KnownObject, { batch, reply, result }: Result): WriteReply {
  try {
    if (result === undefined) throw new Error('no result for this record')
    const status = batch.statusAt === undefined ? 200 : Number(valueAt(result, batch.statusAt))
    if (status >= 200 && status < 300) return writtenOf(object, { item: valueAt(result, batch.recordAt) ?? null })
    const part = replyOfPart(reply, status, JSON.stringify(result))
    const error = client.errorOf(part)
    if (!(status >= 300) || isUncertainStatus(status)) return { status: 'uncertain', error }
    if (isUnprocessedStatus(status)) return { status: 'not-sent', error }
    const field = refusedField(part)
    return { status: 'rejected', error, ...(field !== undefined && { field }) }
  } catch (thrown) {
    return { status: 'uncertain', error: uncertainError(thrown) }
  }
}

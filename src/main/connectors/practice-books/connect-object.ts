/** One object of an open connection: read by pages, get, find, prepare, send. */
import { AppError } from '#shared/errors.ts'
import { isJsonObject, type Json } from '#shared/json.ts'
import type { ConnectedObject, ReadPage, ReadRequest, RemoteRecord } from '#shared/model/connected.ts'
import { unexpectedAnswer } from '../../connector-kit/connector-errors.ts'
import type { HttpClient } from '../../connector-kit/http.ts'
import { cursorPages } from '../../connector-kit/paging.ts'
import type { ObjectSpec } from './objects.ts'
import { prepareWrite } from './prepare-write.ts'
import { sendWrites } from './send-writes.ts'
import { service } from './settings.ts'
import { isInactive, remoteRecord } from './wire-record.ts'

const maxPageSize = 100
/** Values of one look-up request: the service takes 50, and an address of 8 KB. */
const valuesPerFind = 25
const maxQueryLength = 6_000

export function connectObject(client: HttpClient, spec: ObjectSpec): ConnectedObject {
  return {
    description: spec.description,
    read: (request) => readPages(client, spec, request),
    get: (externalId, signal) => getRecord(client, spec, { externalId, signal }),
    find: (field, values, signal) => findRecords(client, spec, { field, values, signal }),
    prepare: (command) => prepareWrite(spec, command),
    send: (writes, signal) => sendWrites(client, spec, { writes, signal }),
  }
}

async function* readPages(client: HttpClient, spec: ObjectSpec, request: ReadRequest): AsyncGenerator<ReadPage> {
  const pages = cursorPages(
    {
      client,
      request: {
        path: spec.path,
        query: request.since === undefined ? {} : { updated_since: request.since },
        signal: request.signal,
      },
      recordsAt: 'data',
      sizeParameter: 'limit',
      pageSize: Math.min(Math.max(request.pageSize ?? maxPageSize, 1), maxPageSize),
      pageToken: request.pageToken,
    },
    { parameter: 'cursor', tokenAt: 'next_cursor', moreAt: 'has_more' },
  )
  for await (const { records, next, serverTime } of pages) {
    yield {
      records: records.map((wire) => remoteRecord(spec, wire)),
      ...(next !== undefined && { next }),
      ...(serverTime !== undefined && { serverTime }),
    }
  }
}

interface GetRequest {
  readonly externalId: string
  readonly signal: AbortSignal
}

async function getRecord(
  client: HttpClient,
  spec: ObjectSpec,
  { externalId, signal }: GetRequest,
): Promise<RemoteRecord | null> {
  try {
    const path = `${spec.path}/${encodeURIComponent(externalId)}`
    const wire = (await client.read({ method: 'GET', path, signal })).json()
    return isInactive(wire) ? null : remoteRecord(spec, wire)
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'not-found') return null
    throw thrown
  }
}

interface FindRequest {
  readonly field: string
  readonly values: readonly string[]
  readonly signal: AbortSignal
}

async function findRecords(
  client: HttpClient,
  spec: ObjectSpec,
  { field, values, signal }: FindRequest,
): Promise<readonly RemoteRecord[]> {
  if (!spec.description.keys.includes(field)) throw unknownKey(spec, field)
  const wanted = [...new Set(values.map((value) => value.trim()))].filter((value) => value !== '')
  const found = new Map<string, RemoteRecord>()
  for (const query of queriesOf(field, wanted)) {
    const reply = await client.read({ method: 'GET', path: `${spec.path}?${query}`, signal })
    for (const wire of recordsOf(reply.json())) {
      const record = remoteRecord(spec, wire)
      found.set(record.externalId, record)
    }
  }
  return [...found.values()]
}

/** The parameter once for each value, since names contain commas; as many requests as the values need. */
function queriesOf(field: string, values: readonly string[]): string[] {
  const queries: string[] = []
  let parts: string[] = []
  for (const value of values) {
    const part = `${field}=${encodeURIComponent(value)}`
    const isFull = parts.length >= valuesPerFind || parts.join('&').length + part.length > maxQueryLength
    if (isFull && parts.length > 0) {
      queries.push(parts.join('&'))
      parts = []
    }
    parts.push(part)
  }
  return parts.length > 0 ? [...queries, parts.join('&')] : queries
}

function recordsOf(body: Json): readonly Json[] {
  if (!isJsonObject(body) || !Array.isArray(body.data)) throw unexpectedAnswer(service, 'a list')
  return body.data
}

function unknownKey(spec: ObjectSpec, field: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'not-a-key',
    message: `${spec.description.label} records cannot be looked up by "${field}".`,
    kept: 'Nothing was read or written.',
    next: `Choose one of: ${spec.description.keys.join(', ')}.`,
    details: { field },
  })
}

/** One object of an open connection: read by pages, get, find, prepare, send. */
import { AppError } from '#shared/errors.ts'
import { isJsonObject, type Json } from '#shared/json.ts'
import type { ConnectedObject, ReadPage, ReadRequest, RemoteRecord } from '#shared/model/connected.ts'
import { unexpectedAnswer } from '../../connector-kit/connector-errors.ts'
import type { HttpClient } from '../../connector-kit/http.ts'
import { cursorPages } from '../../connector-kit/paging.ts'
import { recordGoneCode } from './errors.ts'
import type { ObjectSpec } from './objects.ts'
import { prepareWrite } from './prepare-write.ts'
import { sendWrites } from './send-writes.ts'
import { service } from './settings.ts'
import { remoteRecord } from './wire-record.ts'

const maxPageSize = 200
/** Values of one look-up request: keeps the address of the request below 8 KB. */
const valuesPerFind = 25

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
      // A total of everything says nothing about a reading of changes.
      request: {
        path: spec.path,
        query: request.since === undefined ? { include_total: true } : { updated_since: request.since },
        signal: request.signal,
      },
      recordsAt: 'data',
      totalAt: 'total',
      sizeParameter: 'limit',
      pageSize: Math.min(Math.max(request.pageSize ?? maxPageSize, 1), maxPageSize),
      pageToken: request.pageToken,
    },
    { parameter: 'cursor', tokenAt: 'next_cursor', moreAt: 'has_more' },
  )
  for await (const { records, next, serverTime, total } of pages) {
    yield {
      records: records.map((wire) => remoteRecord(spec, wire)),
      ...(next !== undefined && { next }),
      ...(serverTime !== undefined && { serverTime }),
      ...(total !== undefined && { total }),
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
    return remoteRecord(spec, (await client.read({ method: 'GET', path, signal })).json())
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === recordGoneCode) return null
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
  request: FindRequest,
): Promise<readonly RemoteRecord[]> {
  if (!spec.description.keys.includes(request.field)) throw unknownKey(spec, request.field)
  // The service stores no comma in a key, and would read it as a separator.
  const values = [...new Set(request.values.map((value) => value.trim()))].filter(
    (value) => value !== '' && !value.includes(','),
  )
  const found = new Map<string, RemoteRecord>()
  for (let start = 0; start < values.length; start += valuesPerFind) {
    const query = { [request.field]: values.slice(start, start + valuesPerFind).join(',') }
    const reply = await client.read({ method: 'GET', path: spec.path, query, signal: request.signal })
    for (const wire of recordsOf(reply.json())) {
      const record = remoteRecord(spec, wire)
      found.set(record.externalId, record)
    }
  }
  return [...found.values()]
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

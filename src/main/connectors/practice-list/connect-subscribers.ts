/** Subscribers of an open connection: read by pages, get, find, prepare, send. */
import { AppError } from '#shared/errors.ts'
import { isJsonObject, type Json } from '#shared/json.ts'
import type { ConnectedObject, ReadPage, ReadRequest, RemoteRecord } from '#shared/model/connected.ts'
import { unexpectedAnswer } from '../../connector-kit/connector-errors.ts'
import type { HttpClient } from '../../connector-kit/http.ts'
import { cursorPages } from '../../connector-kit/paging.ts'
import { prepareWrite } from './prepare-write.ts'
import { sendWrites } from './send-writes.ts'
import { service } from './settings.ts'
import { subscriber } from './subscriber.ts'
import { remoteSubscriber } from './wire-subscriber.ts'

const maxPageSize = 500
/** Addresses of one look-up request: keeps the address of the request below 8 KB. */
const addressesPerFind = 25

export function connectSubscribers(client: HttpClient): ConnectedObject {
  return {
    description: subscriber,
    read: (request) => readPages(client, request),
    get: (externalId, signal) => getSubscriber(client, externalId, signal),
    find: (field, values, signal) => findSubscribers(client, { field, values, signal }),
    prepare: prepareWrite,
    send: (writes, signal) => sendWrites(client, writes, signal),
  }
}

async function* readPages(client: HttpClient, request: ReadRequest): AsyncGenerator<ReadPage> {
  const pages = cursorPages(
    {
      client,
      // A total of everything says nothing about a reading of changes.
      request: {
        path: '/subscribers',
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
      records: records.map(remoteSubscriber),
      ...(next !== undefined && { next }),
      ...(serverTime !== undefined && { serverTime }),
      ...(total !== undefined && { total }),
    }
  }
}

async function getSubscriber(client: HttpClient, email: string, signal: AbortSignal): Promise<RemoteRecord | null> {
  try {
    const path = `/subscribers/${encodeURIComponent(email)}`
    return remoteSubscriber((await client.read({ method: 'GET', path, signal })).json())
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

async function findSubscribers(
  client: HttpClient,
  { field, values, signal }: FindRequest,
): Promise<readonly RemoteRecord[]> {
  if (!subscriber.keys.includes(field)) throw unknownKey(field)
  // No address has a comma; the service would read one as a separator.
  const addresses = [...new Set(values.map((value) => value.trim()))].filter(
    (value) => value !== '' && !value.includes(','),
  )
  const found = new Map<string, RemoteRecord>()
  for (let start = 0; start < addresses.length; start += addressesPerFind) {
    const query = { email: addresses.slice(start, start + addressesPerFind).join(',') }
    const reply = await client.read({ method: 'GET', path: '/subscribers', query, signal })
    for (const wire of recordsOf(reply.json())) {
      const record = remoteSubscriber(wire)
      found.set(record.externalId, record)
    }
  }
  return [...found.values()]
}

function recordsOf(body: Json): readonly Json[] {
  if (!isJsonObject(body) || !Array.isArray(body.data)) throw unexpectedAnswer(service, 'a list')
  return body.data
}

function unknownKey(field: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'not-a-key',
    message: `Subscribers cannot be looked up by "${field}".`,
    kept: 'Nothing was read or written.',
    next: 'Look them up by email.',
    details: { field },
  })
}

/** Which path does what. */
import { isJsonObject, type Json, type JsonObject } from '#shared/json.ts'
import { notFound, wrongMethod } from '../kit/harness.ts'
import {
  badParameter,
  cursorOf,
  flag,
  listReply,
  orBadQuery,
  pageSize,
  refuseUnknown,
  startOf,
} from '../kit/list-query.ts'
import type { ServiceContext } from '../kit/practice-service.ts'
import { jsonReply, problemReply, type Reply } from '../kit/reply.ts'
import type { ServiceRequest } from '../kit/service-http.ts'
import type { ListStore } from './list-store.ts'
import { openApi } from './openapi.ts'
import { checkEmail, statuses } from './subscriber-rules.ts'
import { type SubscriberRow, subscriberJson } from './subscriber-table.ts'
import { deleteSubscriber, putSubscriber, type SubscriberWrite } from './subscriber-writes.ts'

const maxPageSize = 500
const usualPageSize = 50
const maxBatchItems = 100
const maxSearchValues = 100

type Context = ServiceContext<ListStore>

export function listRoutes(context: Context): (request: ServiceRequest) => Reply | Promise<Reply> {
  return (request) => {
    const [root, version, name = '', address, ...rest] = request.path.split('/')
    if (root !== '' || version !== 'v1' || rest.length > 0) return notFound
    if (name !== 'subscribers') return address === undefined ? single(context, name, request) : notFound
    if (address === undefined)
      return request.method === 'GET' ? listSubscribers(context.store, request) : wrongMethod('GET')
    if (address === 'batch') return request.method === 'POST' ? putBatch(context, request) : wrongMethod('POST')
    return item(context, addressOf(address), request)
  }
}

function single(context: Context, name: string, { method }: ServiceRequest): Reply {
  if (method !== 'GET') return wrongMethod('GET')
  if (name === 'account') return jsonReply(200, accountOf(context))
  return name === 'openapi.json' ? jsonReply(200, openApi) : notFound
}

function accountOf({ accountName, limitPerSecond }: Context): JsonObject {
  return {
    name: accountName,
    environment: 'practice',
    api_version: 'v1',
    permissions: ['subscribers:read', 'subscribers:write'],
    limits: { requests_per_second: limitPerSecond, page_size: maxPageSize, batch_size: maxBatchItems },
  }
}

/** An address of the path; one that is not encoded rightly is nobody's. */
function addressOf(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return ''
  }
}

function item(context: Context, address: string, request: ServiceRequest): Reply | Promise<Reply> {
  switch (request.method) {
    case 'GET':
      return oneSubscriber(context.store, address)
    case 'PUT':
      return putOne(context, address, request)
    case 'DELETE':
      return written(context, (write) => deleteSubscriber(write(), address))
    default:
      return wrongMethod('GET, PUT, DELETE')
  }
}

/** Without If-Match whoever is new is created; any other condition than `*` is not understood, never ignored. */
function putOne(context: Context, address: string, { headers, body }: ServiceRequest): Reply | Promise<Reply> {
  const condition = headers['if-match']
  if (condition !== undefined && condition !== '*')
    return problemReply(400, { code: 'invalid_if_match', message: 'If-Match is * or left out.' })
  const mustExist = condition === '*'
  return written(context, (write) => putSubscriber({ ...write(), mustExist }, address, body))
}

/** `write` is asked once per subscriber: a fault refuses single ones. */
function written({ store, rejectsRecord }: Context, work: (write: () => SubscriberWrite) => Reply): Promise<Reply> {
  return store.commit.run((atMs) => work(() => ({ store, atMs, isRefused: rejectsRecord() })))
}

function oneSubscriber(store: ListStore, address: string): Reply {
  const row = liveRow(store, address)
  return row ? { status: 200, body: subscriberJson(row) } : notFound
}

function liveRow(store: ListStore, address: string): SubscriberRow | undefined {
  const email = checkEmail(address)
  const row = email.ok ? store.subscribers.get(String(email.value)) : undefined
  return row?.deleted_at === null ? row : undefined
}

function putBatch(context: Context, { body }: ServiceRequest): Reply | Promise<Reply> {
  const items = isJsonObject(body) ? body.items : undefined
  if (!Array.isArray(items) || items.length === 0 || items.length > maxBatchItems) return wrongBatch
  return written(context, (write) => {
    const results = items.map((given: Json, index) => {
      const email = isJsonObject(given) && given.email !== undefined ? given.email : null
      return batchItemJson(index, email, putSubscriber(write(), email, given))
    })
    return { status: 200, body: `{"results":[${results.join(',')}]}` }
  })
}

/** The reply of a single put, with its place, its address as it was sent, and its status. */
function batchItemJson(index: number, email: Json, reply: Reply): string {
  const head = JSON.stringify({ index, email, status: reply.status }).slice(0, -1)
  // Problem bodies are {"error":{...}} already; records get a name of their own.
  const rest = reply.status < 300 ? `"record":${reply.body}` : (reply.body ?? '{}').slice(1, -1)
  return `${head},${rest}}`
}

const wrongBatch: Reply = problemReply(422, {
  code: 'validation_failed',
  message: `Send {"items":[{"email":"...", ...}]} with 1 to ${maxBatchItems} items.`,
})

/** 400 for anything in the query that is not understood. */
function listSubscribers(store: ListStore, { query }: ServiceRequest): Reply {
  return orBadQuery(() => {
    refuseUnknown(query, ['limit', 'cursor', 'updated_since', 'status', 'include_total', 'email'])
    return query.has('email') ? searchReply(store, query) : pageReply(store, query)
  })
}

function pageReply(store: ListStore, query: URLSearchParams): Reply {
  const status = statusOf(query)
  const limit = pageSize(query.get('limit'), { usual: usualPageSize, max: maxPageSize })
  const wantsTotal = flag(query, 'include_total')
  const start = startOf([status], query)
  // The service knows seconds: an instant within a second asks for all of that second.
  const after = query.has('cursor') ? start : { ...start, updatedAtMs: Math.floor(start.updatedAtMs / 1_000) * 1_000 }
  const rows = store.subscribers.list(after, limit + 1, status)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const hasMore = rows.length > limit && last !== undefined
  return listReply(page.map(subscriberJson), {
    next: hasMore ? cursorOf([status], { updatedAtMs: last.updated_at, id: last.id }) : null,
    ...(wantsTotal ? { total: store.subscribers.total(status) } : {}),
  })
}

function statusOf(query: URLSearchParams): string | null {
  const status = query.get('status')
  if (status !== null && !statuses.some((one) => one === status))
    throw badParameter(`status is one of: ${statuses.join(', ')}.`)
  return status
}

function searchReply(store: ListStore, query: URLSearchParams): Reply {
  const addresses = query.getAll('email').flatMap((text) => text.split(','))
  if (addresses.length > maxSearchValues) throw badParameter(`Search for at most ${maxSearchValues} values at once.`)
  const rows = addresses.flatMap((address) => liveRow(store, address) ?? [])
  const byId = new Map(rows.map((row) => [row.id, row]))
  return listReply([...byId.values()].sort((a, b) => a.id - b.id).map(subscriberJson), { next: null })
}

/** Which path does what. Everything below /v1/_ is the harness: counts, write log and faults for tests and the practice screen. */
import { z } from 'zod'
import type { JsonObject } from '#shared/json.ts'
import { type Faults, faultSettings } from '../kit/faults.ts'
import { jsonReply, problemReply, type Reply } from '../kit/reply.ts'
import type { ServiceRequest } from '../kit/service-http.ts'
import type { CrmStore } from './crm-store.ts'
import { listRecords, maxPageSize } from './list-records.ts'
import { type ObjectName, objectNames, objectRules } from './object-rules.ts'
import { openApiOf } from './openapi.ts'
import { recordJson } from './record-table.ts'
import { notFound } from './record-writes.ts'
import { maxBatchItems, type WriteRequests } from './write-requests.ts'

export interface RouteContext {
  readonly store: CrmStore
  readonly writes: WriteRequests
  readonly faults?: Faults
  readonly accountName: string
  readonly limitPerSecond: number
  readonly stats: () => JsonObject
}

const objectOfPath = new Map<string, ObjectName>(objectNames.map((name) => [objectRules[name].path, name]))

export function isControlPath(path: string): boolean {
  return path.startsWith('/v1/_')
}

export function route(context: RouteContext, request: ServiceRequest): Reply | Promise<Reply> {
  const [root, version, name = '', id, ...rest] = request.path.split('/')
  if (root !== '' || version !== 'v1' || rest.length > 0) return notFound
  const object = objectOfPath.get(name)
  if (object === undefined) return id === undefined ? single(context, name, request) : notFound
  if (id === undefined) return collection(context, object, request)
  if (id === 'batch' && request.method === 'POST') return context.writes.createBatch(object, request)
  return item(context, object, { id, request })
}

function collection(context: RouteContext, object: ObjectName, request: ServiceRequest): Reply | Promise<Reply> {
  if (request.method === 'GET') return listRecords(context.store.tables[object], request)
  return request.method === 'POST' ? context.writes.create(object, request) : wrongMethod('GET, POST')
}

function item(
  context: RouteContext,
  object: ObjectName,
  { id, request }: { id: string; request: ServiceRequest },
): Reply | Promise<Reply> {
  switch (request.method) {
    case 'GET':
      return oneRecord(context, object, { id, request })
    case 'PATCH':
      return context.writes.update(object, id, request)
    case 'DELETE':
      return context.writes.archive(object, id, request)
    default:
      return wrongMethod('GET, PATCH, DELETE')
  }
}

/** An archived record is gone, unless it is asked for with ?archived=true. */
function oneRecord(
  context: RouteContext,
  object: ObjectName,
  { id, request }: { id: string; request: ServiceRequest },
): Reply {
  const table = context.store.tables[object]
  const row = table.get(id)
  if (!row || (row.archived_at !== null && request.query.get('archived') !== 'true')) return notFound
  return { status: 200, body: recordJson(table.rule, row), headers: { etag: `"${row.version}"` } }
}

function single(context: RouteContext, name: string, request: ServiceRequest): Reply {
  if (name === '_faults') return faultsReply(context.faults, request)
  if (request.method !== 'GET') return wrongMethod('GET')
  switch (name) {
    case 'account':
      return jsonReply(200, accountOf(context))
    case 'openapi.json':
      return jsonReply(200, openApiOf(objectNames.map((each) => objectRules[each])))
    case '_stats':
      return jsonReply(200, context.stats())
    case '_writes':
      return writesReply(context.store, request)
    default:
      return notFound
  }
}

function accountOf(context: RouteContext): JsonObject {
  return {
    name: context.accountName,
    environment: 'practice',
    api_version: 'v1',
    permissions: objectNames.flatMap((name) => [`${objectRules[name].path}:read`, `${objectRules[name].path}:write`]),
    limits: { requests_per_second: context.limitPerSecond, page_size: maxPageSize, batch_size: maxBatchItems },
  }
}

const writesQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
})

function writesReply(store: CrmStore, request: ServiceRequest): Reply {
  const query = writesQuery.safeParse(Object.fromEntries(request.query))
  if (!query.success)
    return problemReply(400, { code: 'invalid_parameter', message: 'after and limit are whole numbers.' })
  return jsonReply(200, { data: store.log.page(query.data.after, query.data.limit) })
}

function faultsReply(faults: Faults | undefined, request: ServiceRequest): Reply {
  if (!faults) return problemReply(404, { code: 'not_found', message: 'This service was started without faults.' })
  if (request.method === 'PUT') {
    const settings = faultSettings.safeParse(request.body)
    if (!settings.success)
      return problemReply(422, { code: 'validation_failed', message: z.prettifyError(settings.error) })
    faults.change(settings.data)
  } else if (request.method !== 'GET') return wrongMethod('GET, PUT')
  return { status: 200, body: JSON.stringify(faults.settings()) }
}

function wrongMethod(allow: string): Reply {
  return problemReply(405, { code: 'method_not_allowed', message: `Use ${allow}.` }, { allow })
}

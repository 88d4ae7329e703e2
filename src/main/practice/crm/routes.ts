/** Which path does what. */
import type { JsonObject } from '#shared/json.ts'
import { notFound, wrongMethod } from '../kit/harness.ts'
import type { ServiceContext } from '../kit/practice-service.ts'
import { jsonReply, type Reply } from '../kit/reply.ts'
import type { ServiceRequest } from '../kit/service-http.ts'
import type { CrmStore } from './crm-store.ts'
import { listRecords, maxPageSize } from './list-records.ts'
import { type ObjectName, objectNames, objectRules } from './object-rules.ts'
import { openApiOf } from './openapi.ts'
import { recordJson } from './record-table.ts'
import { maxBatchItems, type WriteRequests, writeRequests } from './write-requests.ts'

interface RouteContext extends ServiceContext<CrmStore> {
  readonly writes: WriteRequests
}

const objectOfPath = new Map<string, ObjectName>(objectNames.map((name) => [objectRules[name].path, name]))

export function crmRoutes(service: ServiceContext<CrmStore>): (request: ServiceRequest) => Reply | Promise<Reply> {
  const context = { ...service, writes: writeRequests(service.store, service.rejectsRecord) }
  return (request) => route(context, request)
}

function route(context: RouteContext, request: ServiceRequest): Reply | Promise<Reply> {
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
  if (request.method !== 'GET') return wrongMethod('GET')
  switch (name) {
    case 'account':
      return jsonReply(200, accountOf(context))
    case 'openapi.json':
      return jsonReply(200, openApiOf(objectNames.map((each) => objectRules[each])))
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

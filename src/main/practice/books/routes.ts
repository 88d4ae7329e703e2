/** Which path does what. */
import type { Json, JsonObject } from '#shared/json.ts'
import { notFound, wrongMethod } from '../kit/harness.ts'
import {
  badParameter,
  cursorOf,
  flag,
  listReply,
  orBadQuery,
  pageSize,
  refuseUnknown,
  searchedField,
  startOf,
} from '../kit/list-query.ts'
import type { ServiceContext } from '../kit/practice-service.ts'
import { jsonReply, type Reply } from '../kit/reply.ts'
import type { ServiceRequest } from '../kit/service-http.ts'
import type { BooksStore } from './books-store.ts'
import { type ObjectName, objectNames, objectRules, searchableFields } from './object-rules.ts'
import { openApiOf } from './openapi.ts'
import { type RecordRow, type RecordTable, recordJson } from './record-table.ts'
import { createRecord, deleteRecord, type RecordWrite, updateRecord } from './record-writes.ts'

const maxPageSize = 100
const usualPageSize = 30
const maxSearchValues = 50
const pageParameters = ['limit', 'cursor', 'updated_since', 'include_inactive']

type Context = ServiceContext<BooksStore>
const objectOfPath = new Map<string, ObjectName>(objectNames.map((name) => [objectRules[name].path, name]))

export function booksRoutes(context: Context): (request: ServiceRequest) => Reply | Promise<Reply> {
  return (request) => {
    const [root, version, name = '', id, ...rest] = request.path.split('/')
    if (root !== '' || version !== 'v1' || rest.length > 0) return notFound
    const object = objectOfPath.get(name)
    if (object === undefined) return id === undefined ? single(context, name, request) : notFound
    return id === undefined ? collection(context, object, request) : item(context, object, { id, request })
  }
}

function single(context: Context, name: string, request: ServiceRequest): Reply {
  if (request.method !== 'GET') return wrongMethod('GET')
  if (name === 'account') return jsonReply(200, accountOf(context))
  return name === 'openapi.json' ? jsonReply(200, openApiOf(objectNames.map((each) => objectRules[each]))) : notFound
}

function accountOf({ accountName, limitPerSecond }: Context): JsonObject {
  return {
    name: accountName,
    environment: 'practice',
    api_version: 'v1',
    permissions: objectNames.flatMap((name) => [`${objectRules[name].path}:read`, `${objectRules[name].path}:write`]),
    limits: { requests_per_second: limitPerSecond, page_size: maxPageSize },
  }
}

function collection(context: Context, object: ObjectName, request: ServiceRequest): Reply | Promise<Reply> {
  if (request.method === 'GET') return listRecords(context.store.tables[object], request)
  if (request.method !== 'POST') return wrongMethod('GET, POST')
  return written(context, object, (write) => createRecord(write, request.body))
}

function item(
  context: Context,
  object: ObjectName,
  { id, request }: { readonly id: string; readonly request: ServiceRequest },
): Reply | Promise<Reply> {
  switch (request.method) {
    case 'GET':
      return oneRecord(context.store.tables[object], id)
    case 'PATCH':
      return written(context, object, (write) => updateRecord(write, id, request.body))
    case 'DELETE':
      return written(context, object, (write) => deleteRecord(write, id, versionOf(request.query)))
    default:
      return wrongMethod('GET, PATCH, DELETE')
  }
}

function written(context: Context, object: ObjectName, write: (write: RecordWrite) => Reply): Promise<Reply> {
  const { store } = context
  return store.commit.run((atMs) => write({ store, object, atMs, isRefused: context.rejectsRecord() }))
}

function versionOf(query: URLSearchParams): Json | undefined {
  const text = query.get('version') ?? ''
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

/** An inactive record is shown; one that was removed is gone. */
function oneRecord(table: RecordTable, id: string): Reply {
  const row = table.get(id)
  if (!row || (row.active === 0 && table.rule.deleting === 'removes')) return notFound
  return { status: 200, body: recordJson(table.rule, row) }
}

/** 400 for anything in the query that is not understood. */
function listRecords(table: RecordTable, { query }: ServiceRequest): Reply {
  return orBadQuery(() => {
    const searchable = searchableFields(table.rule)
    refuseUnknown(query, [...pageParameters, ...searchable])
    const field = searchedField(query, searchable)
    return field ? searchReply(table, field, query) : pageReply(table, query)
  })
}

function pageReply(table: RecordTable, query: URLSearchParams): Reply {
  const withInactive = flag(query, 'include_inactive') && table.rule.deleting === 'inactivates'
  const list: Json[] = [table.rule.path, withInactive]
  const limit = pageSize(query.get('limit'), { usual: usualPageSize, max: maxPageSize })
  const rows = table.list(startOf(list, query), limit + 1, withInactive)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const hasMore = rows.length > limit && last !== undefined
  const next = hasMore ? cursorOf(list, { updatedAtMs: last.updated_at, id: last.id }) : null
  return recordsReply(table, page, next)
}

/** The parameter is repeated for several values: names contain commas. */
function searchReply(table: RecordTable, field: string, query: URLSearchParams): Reply {
  const values = [...new Set(query.getAll(field).map((value) => value.trim()))].filter((value) => value !== '')
  if (values.length > maxSearchValues) throw badParameter(`Search for at most ${maxSearchValues} values at once.`)
  const byId = new Map<number, RecordRow>()
  for (const value of values) for (const row of table.find(field, value)) byId.set(row.id, row)
  const rows = [...byId.values()].sort((a, b) => a.id - b.id)
  return recordsReply(table, rows, null)
}

function recordsReply(table: RecordTable, rows: readonly RecordRow[], next: string | null): Reply {
  const records = rows.map((row) => recordJson(table.rule, row))
  return listReply(records, { next })
}

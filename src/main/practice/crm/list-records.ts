/** Lists and searches of one object: pages by keyset on (updated_at, id), and exact look-ups by key fields. */
import { problemReply, type Reply } from '../kit/reply.ts'
import type { ServiceRequest } from '../kit/service-http.ts'
import { type ObjectRule, searchableFields } from './object-rules.ts'
import { type ListPlace, type RecordRow, type RecordTable, recordJson } from './record-table.ts'

export const maxPageSize = 200
const defaultPageSize = 50
const maxSearchValues = 100

interface ListQuery {
  readonly after: ListPlace
  readonly limit: number
  readonly isArchived: boolean
  readonly wantsTotal: boolean
}

class BadQuery extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** 400 for anything in the query that is not understood: a misspelt filter must not look like a full list. */
export function listRecords(table: RecordTable, request: ServiceRequest): Reply {
  try {
    const searched = searchableFields(table.rule).filter((field) => request.query.has(field))
    refuseUnknown(table.rule, request.query)
    if (searched.length > 1) throw new BadQuery('invalid_parameter', 'Search by one field at a time.')
    const [field] = searched
    return field ? searchReply(table, field, request.query) : pageReply(table, listQuery(table.rule, request.query))
  } catch (thrown) {
    if (!(thrown instanceof BadQuery)) throw thrown
    return problemReply(400, { code: thrown.code, message: thrown.message })
  }
}

function pageReply(table: RecordTable, query: ListQuery): Reply {
  const rows = table.list(query.after, query.limit + 1, query.isArchived)
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  const next = rows.length > query.limit && last ? cursorOf(table.rule, last, query.isArchived) : null
  const total = query.wantsTotal ? `,"total":${table.total(query.isArchived)}` : ''
  return listReply(table.rule, page, `"has_more":${next !== null},"next_cursor":${JSON.stringify(next)}${total}`)
}

function searchReply(table: RecordTable, field: string, query: URLSearchParams): Reply {
  const given = query.getAll(field).flatMap((text) => text.split(','))
  const values = [...new Set(given.map((value) => value.trim()).filter((value) => value !== ''))]
  if (values.length > maxSearchValues)
    throw new BadQuery('invalid_parameter', `Search for at most ${maxSearchValues} values at once.`)
  const byId = new Map<number, RecordRow>()
  for (const value of values) for (const row of table.find(field, value)) byId.set(row.id, row)
  const rows = [...byId.values()].sort((a, b) => a.id - b.id)
  return listReply(table.rule, rows, '"has_more":false,"next_cursor":null')
}

function listReply(rule: ObjectRule, rows: readonly RecordRow[], rest: string): Reply {
  return { status: 200, body: `{"data":[${rows.map((row) => recordJson(rule, row)).join(',')}],${rest}}` }
}

function listQuery(rule: ObjectRule, query: URLSearchParams): ListQuery {
  const isArchived = flag(query, 'archived')
  const cursor = query.get('cursor')
  const since = query.get('updated_since')
  // Beside a cursor updated_since changes nothing: the place of a cursor is later.
  const after =
    cursor === null ? { updatedAtMs: since === null ? -1 : instant(since), id: 0 } : placeOf(rule, cursor, isArchived)
  return { after, limit: pageSize(query.get('limit')), isArchived, wantsTotal: flag(query, 'include_total') }
}

function refuseUnknown(rule: ObjectRule, query: URLSearchParams): void {
  const known = ['limit', 'cursor', 'updated_since', 'archived', 'include_total', ...searchableFields(rule)]
  for (const name of query.keys()) {
    if (!known.includes(name))
      throw new BadQuery('unknown_parameter', `Unknown query parameter ${JSON.stringify(name)}.`)
  }
}

function pageSize(text: string | null): number {
  if (text === null) return defaultPageSize
  if (!/^\d{1,4}$/.test(text) || Number(text) < 1 || Number(text) > maxPageSize) {
    throw new BadQuery('invalid_parameter', `limit is a number from 1 to ${maxPageSize}.`)
  }
  return Number(text)
}

function flag(query: URLSearchParams, name: string): boolean {
  const text = query.get(name)
  if (text !== null && text !== 'true' && text !== 'false')
    throw new BadQuery('invalid_parameter', `${name} is true or false.`)
  return text === 'true'
}

function instant(text: string): number {
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/.test(text)
  const atMs = isInstant ? Date.parse(text) : Number.NaN
  if (Number.isNaN(atMs))
    throw new BadQuery('invalid_parameter', 'updated_since is an instant like 2026-03-31T09:00:00Z.')
  return atMs
}

function cursorOf(rule: ObjectRule, last: RecordRow, isArchived: boolean): string {
  return Buffer.from(JSON.stringify([rule.path, isArchived, last.updated_at, last.id])).toString('base64url')
}

function placeOf(rule: ObjectRule, cursor: string, isArchived: boolean): ListPlace {
  const [path, archived, updatedAtMs, id] = cursorParts(cursor)
  const fits =
    path === rule.path && archived === isArchived && Number.isSafeInteger(updatedAtMs) && Number.isSafeInteger(id)
  if (!fits) throw new BadQuery('invalid_cursor', 'The cursor does not belong to this list.')
  return { updatedAtMs: Number(updatedAtMs), id: Number(id) }
}

function cursorParts(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(parts) ? parts : []
  } catch {
    return []
  }
}

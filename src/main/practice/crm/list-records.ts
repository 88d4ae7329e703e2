/** Lists and searches of one object: pages by keyset on (updated_at, id), and exact look-ups by key fields. */
import type { Json } from '#shared/json.ts'
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
import type { Reply } from '../kit/reply.ts'
import type { ServiceRequest } from '../kit/service-http.ts'
import { searchableFields } from './object-rules.ts'
import { type RecordRow, type RecordTable, recordJson } from './record-table.ts'

export const maxPageSize = 200
const defaultPageSize = 50
const maxSearchValues = 100
const pageParameters = ['limit', 'cursor', 'updated_since', 'archived', 'include_total']

/** 400 for anything in the query that is not understood. */
export function listRecords(table: RecordTable, { query }: ServiceRequest): Reply {
  return orBadQuery(() => {
    const searchable = searchableFields(table.rule)
    refuseUnknown(query, [...pageParameters, ...searchable])
    const field = searchedField(query, searchable)
    return field ? searchReply(table, field, query) : pageReply(table, query)
  })
}

function pageReply(table: RecordTable, query: URLSearchParams): Reply {
  const isArchived = flag(query, 'archived')
  const list: Json[] = [table.rule.path, isArchived]
  const limit = pageSize(query.get('limit'), { usual: defaultPageSize, max: maxPageSize })
  const wantsTotal = flag(query, 'include_total')
  const rows = table.list(startOf(list, query), limit + 1, isArchived)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const hasMore = rows.length > limit && last !== undefined
  return listReply(
    page.map((row) => recordJson(table.rule, row)),
    {
      next: hasMore ? cursorOf(list, { updatedAtMs: last.updated_at, id: last.id }) : null,
      ...(wantsTotal ? { total: table.total(isArchived) } : {}),
    },
  )
}

function searchReply(table: RecordTable, field: string, query: URLSearchParams): Reply {
  const given = query.getAll(field).flatMap((text) => text.split(','))
  const values = [...new Set(given.map((value) => value.trim()).filter((value) => value !== ''))]
  if (values.length > maxSearchValues) throw badParameter(`Search for at most ${maxSearchValues} values at once.`)
  const byId = new Map<number, RecordRow>()
  for (const value of values) for (const row of table.find(field, value)) byId.set(row.id, row)
  const rows = [...byId.values()].sort((a, b) => a.id - b.id)
  return listReply(
    rows.map((row) => recordJson(table.rule, row)),
    { next: null },
  )
}

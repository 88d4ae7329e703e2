/** The query of a list, read strictly: a misspelt filter must not look like a full list. */
import type { Json } from '#shared/json.ts'
import { problemReply, type Reply } from './reply.ts'

/** A place in a list: what follows is later, or equally late with a higher id. */
export interface ListPlace {
  readonly updatedAtMs: number
  readonly id: number
}

class BadQuery extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** The answer of a list, or 400 with the reason why its query is not understood. */
export function orBadQuery(answer: () => Reply): Reply {
  try {
    return answer()
  } catch (thrown) {
    if (!(thrown instanceof BadQuery)) throw thrown
    return problemReply(400, { code: thrown.code, message: thrown.message })
  }
}

export function badParameter(message: string): Error {
  return new BadQuery('invalid_parameter', message)
}

export function refuseUnknown(query: URLSearchParams, known: readonly string[]): void {
  for (const name of query.keys()) {
    if (!known.includes(name))
      throw new BadQuery('unknown_parameter', `Unknown query parameter ${JSON.stringify(name)}.`)
  }
}

/** The one field a list is searched by, or undefined for a page of the list. */
export function searchedField(query: URLSearchParams, searchable: readonly string[]): string | undefined {
  const [field, ...others] = searchable.filter((name) => query.has(name))
  if (others.length > 0) throw badParameter('Search by one field at a time.')
  return field
}

export function pageSize(
  text: string | null,
  { usual, max }: { readonly usual: number; readonly max: number },
): number {
  if (text === null) return usual
  if (!/^\d{1,4}$/.test(text) || Number(text) < 1 || Number(text) > max)
    throw badParameter(`limit is a number from 1 to ${max}.`)
  return Number(text)
}

export function flag(query: URLSearchParams, name: string): boolean {
  const text = query.get(name)
  if (text !== null && text !== 'true' && text !== 'false') throw badParameter(`${name} is true or false.`)
  return text === 'true'
}

/** Milliseconds since the epoch. */
export function instant(text: string): number {
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/.test(text)
  const atMs = isInstant ? Date.parse(text) : Number.NaN
  if (Number.isNaN(atMs)) throw badParameter('updated_since is an instant like 2026-03-31T09:00:00Z.')
  return atMs
}

/** A cursor names its list, so that it is refused by every other. */
export function cursorOf(list: readonly Json[], place: ListPlace): string {
  return Buffer.from(JSON.stringify([...list, place.updatedAtMs, place.id])).toString('base64url')
}

export function placeOf(list: readonly Json[], cursor: string): ListPlace {
  const parts = cursorParts(cursor)
  const [updatedAtMs, id] = parts.slice(list.length)
  const fits =
    parts.length === list.length + 2 &&
    list.every((part, index) => parts[index] === part) &&
    Number.isSafeInteger(updatedAtMs) &&
    Number.isSafeInteger(id)
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

/** The start of a page: after its cursor, or at `updated_since`; beside a cursor that changes nothing, since its place is later. */
export function startOf(list: readonly Json[], query: URLSearchParams): ListPlace {
  const cursor = query.get('cursor')
  if (cursor !== null) return placeOf(list, cursor)
  const since = query.get('updated_since')
  return { updatedAtMs: since === null ? -1 : instant(since), id: 0 }
}

/** `{data, has_more, next_cursor, total?}` from the JSON texts of the records. */
export function listReply(
  records: readonly string[],
  { next, total }: { readonly next: string | null; readonly total?: number },
): Reply {
  const rest = `"has_more":${next !== null},"next_cursor":${JSON.stringify(next)}`
  const counted = total === undefined ? '' : `,"total":${total}`
  return { status: 200, body: `{"data":[${records.join(',')}],${rest}${counted}}` }
}

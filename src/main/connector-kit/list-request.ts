/** One request of a list and what its answer holds: the same for every way of cutting a list into pages. */
import { AppError } from '#shared/errors.ts'
import type { Json } from '#shared/json.ts'
import { isJsonList, valueAt } from './body-path.ts'
import type { HttpClient, HttpReply, HttpRequest } from './http.ts'

export interface PagedRequest {
  readonly client: HttpClient
  /** The request of the list without its paging parameters. */
  readonly request: Omit<HttpRequest, 'method'>
  /** Where the records stand in the body: 'data', '' for the body itself. */
  readonly recordsAt: string
  /** Go on at this token instead of the start. */
  readonly pageToken?: string | undefined
  readonly pageSize?: number | undefined
  /** Address of the connection: what relative links are relative to. */
  readonly baseUrl?: string | undefined
  /** Query parameters that must not stand in a page token, which is stored (a key, for one). */
  readonly secretParameters?: readonly string[] | undefined
  /** Parameter that carries the page size. */
  readonly sizeParameter?: string | undefined
  /** Where the body tells the number of records in all. */
  readonly totalAt?: string | undefined
  /** A walk of more pages is an error; default 100,000. */
  readonly maxPages?: number | undefined
  /** The id of a record, by which counted lists know it again; absent or undefined: all that it holds. */
  readonly idOf?: ((record: Json) => string | undefined) | undefined
}

export interface ListAnswer {
  readonly body: Json
  readonly reply: HttpReply
  readonly records: readonly Json[]
  readonly total: number | undefined
}

/** What is asked beside the parameters of the list. A path is a link, which is complete. */
export interface ListPlace {
  readonly query?: HttpRequest['query']
  readonly path?: string
}

/** Asks for one page. Throws AppError: of the client, or `records-missing` where the answer has no list. */
export async function askList(paged: PagedRequest, place: ListPlace): Promise<ListAnswer> {
  const reply = await paged.client.read(requestOf(paged, place))
  const body = reply.json()
  return { body, reply, records: recordsOf(paged, body), total: totalOf(paged, body) }
}

function requestOf({ request, pageSize, sizeParameter }: PagedRequest, { path, query }: ListPlace): HttpRequest {
  // A link is complete: adding the first request's parameters again would double them.
  if (path !== undefined) return { ...request, method: 'GET', path, query: linkQuery(request.query, path) }
  const size = sizeParameter !== undefined && pageSize !== undefined ? { [sizeParameter]: pageSize } : {}
  return { ...request, method: 'GET', query: { ...request.query, ...size, ...query } }
}

/** Parameters of the list that the link does not carry itself (a key in the query, for one). */
function linkQuery(query: HttpRequest['query'], link: string): NonNullable<HttpRequest['query']> {
  const carried = new URLSearchParams(link.split('?')[1] ?? '')
  return Object.fromEntries(Object.entries(query ?? {}).filter(([name]) => !carried.has(name)))
}

function recordsOf({ request, recordsAt }: PagedRequest, body: Json): readonly Json[] {
  const records = valueAt(body, recordsAt)
  if (isJsonList(records)) return records
  throw new AppError({
    kind: 'data',
    code: 'records-missing',
    message: `The answer of ${request.path} has no list of records${recordsAt === '' ? '' : ` at “${recordsAt}”`}.`,
    kept: 'Nothing was changed.',
    next: 'Check in the settings of the connection where the records stand in the answer.',
    details: { asked: request.path, recordsAt, found: records === null ? 'null' : typeof records },
  })
}

function totalOf({ totalAt }: PagedRequest, body: Json): number | undefined {
  const total = totalAt === undefined ? undefined : valueAt(body, totalAt)
  const count = typeof total === 'string' && total !== '' ? Number(total) : total
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined
}

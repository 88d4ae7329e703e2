/**
 * Paging: one generator per way in which services cut lists into pages. A page is requested only when it is asked
 * for. Every walk is guarded: a token that comes back, a page that comes back, or too many pages end it with an
 * error instead of running for ever, because a list that seems endless is never complete.
 */
import { AppError } from '#shared/errors.ts'
import type { Json } from '#shared/json.ts'
import { isJsonList, valueAt } from './body-path.ts'
import type { HttpClient, HttpReply, HttpRequest } from './http.ts'
import { linkWithRelation } from './link-header.ts'
import { makeLoopGuard } from './paging-guard.ts'

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
}

export interface AnswerPage {
  readonly records: readonly Json[]
  /** Token of the following page; absent on the last one. */
  readonly next?: string
  readonly serverTime?: string
  readonly total?: number
  /** 1 for the first page of this walk. */
  readonly number: number
}

export type Pages = AsyncGenerator<AnswerPage, void, undefined>

/** A token in the body that asks for the next page. Ends without token, or where `moreAt` is false. */
export function cursorPages(
  paged: PagedRequest,
  { parameter, tokenAt, moreAt }: { parameter: string; tokenAt: string; moreAt?: string | undefined },
): Pages {
  return walkPages(paged, {
    ask: (token) => ({ query: token === undefined ? {} : { [parameter]: token } }),
    next: ({ body }) => {
      const hasMore = moreAt === undefined ? undefined : valueAt(body, moreAt)
      if (hasMore === false) return undefined
      const token = tokenText(valueAt(body, tokenAt))
      if (token === undefined && hasMore === true) throw brokenPaging(paged, `no token at ${tokenAt}`)
      return token
    },
  })
}

export interface CountedOptions {
  readonly parameter: string
  /**
   * A page shorter than asked for is the last. Only for services that never give less than asked before the end;
   * otherwise the walk ends at the total or at an empty page, which costs one request more and loses nothing.
   */
  readonly endsOnShortPage?: boolean | undefined
}

/** The number of records to skip. Counts what really came, so a service that gives fewer than asked loses nothing. */
export function offsetPages(paged: PagedRequest, options: CountedOptions): Pages {
  return walkPages(paged, {
    ask: (token) => ({ query: { [options.parameter]: Number(token ?? 0) } }),
    next: (answer) => {
      const end = Number(answer.token ?? 0) + answer.records.length
      if (isLastCounted(paged, options, answer) || (answer.total !== undefined && end >= answer.total)) return undefined
      return String(end)
    },
  })
}

/** The number of the page, from `first` (0 or 1). */
export function numberedPages(
  paged: PagedRequest,
  options: CountedOptions & { first: number; pagesAt?: string | undefined },
): Pages {
  return walkPages(paged, {
    ask: (token) => ({ query: { [options.parameter]: Number(token ?? options.first) } }),
    next: (answer) => {
      const page = Number(answer.token ?? options.first)
      const pages = options.pagesAt === undefined ? undefined : valueAt(answer.body, options.pagesAt)
      if (typeof pages === 'number') return page - options.first + 1 >= pages ? undefined : String(page + 1)
      return isLastCounted(paged, options, answer) ? undefined : String(page + 1)
    },
  })
}

/** A link in the body that leads to the next page. Ends without link. */
export function nextLinkPages(paged: PagedRequest, { linkAt }: { linkAt: string }): Pages {
  return walkPages(paged, {
    ask: (token) => (token === undefined ? {} : { path: token }),
    next: ({ body }) => linkToken(paged, tokenText(valueAt(body, linkAt))),
  })
}

/** A `Link` header with rel="next" (RFC 8288). Ends without it. */
export function linkHeaderPages(paged: PagedRequest): Pages {
  return walkPages(paged, {
    ask: (token) => (token === undefined ? {} : { path: token }),
    next: ({ reply }) => linkToken(paged, linkWithRelation(reply.headers.link, 'next')),
  })
}

/** A list that comes whole. */
export function singlePage(paged: PagedRequest): Pages {
  return walkPages(paged, { ask: () => ({}), next: () => undefined })
}

interface Answer {
  readonly body: Json
  readonly reply: HttpReply
  readonly records: readonly Json[]
  readonly token: string | undefined
  readonly total: number | undefined
}

interface Strategy {
  readonly ask: (token: string | undefined) => Pick<HttpRequest, 'query'> & { readonly path?: string }
  readonly next: (answer: Answer) => string | undefined
}

async function* walkPages(paged: PagedRequest, strategy: Strategy): Pages {
  const guard = makeLoopGuard({ path: paged.request.path, firstToken: paged.pageToken, maxPages: paged.maxPages })
  let token = paged.pageToken
  for (let number = 1; ; number += 1) {
    const reply = await paged.client.read(requestOf(paged, strategy, token))
    const body = reply.json()
    const records = recordsOf(paged, body)
    const total = totalOf(paged, body)
    const next = strategy.next({ body, reply, records, token, total })
    guard.check({ number, next, records })
    const { serverTime } = reply
    yield {
      records,
      number,
      ...(next !== undefined && { next }),
      ...(serverTime && { serverTime }),
      ...(total !== undefined && { total }),
    }
    if (next === undefined) return
    token = next
  }
}

function requestOf(
  { request, pageSize, sizeParameter }: PagedRequest,
  strategy: Strategy,
  token: string | undefined,
): HttpRequest {
  const { path, query } = strategy.ask(token)
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

function isLastCounted(paged: PagedRequest, options: CountedOptions, { records }: Answer): boolean {
  if (records.length === 0) return true
  return options.endsOnShortPage === true && paged.pageSize !== undefined && records.length < paged.pageSize
}

function tokenText(token: Json | undefined): string | undefined {
  if (typeof token === 'number') return String(token)
  return typeof token === 'string' && token !== '' ? token : undefined
}

/** A link as token: absolute, since a token must stand alone when a walk is resumed, and without secrets. */
function linkToken(paged: PagedRequest, link: string | undefined): string | undefined {
  if (link === undefined) return undefined
  const from = paged.baseUrl === undefined ? undefined : paged.baseUrl.replace(/\/+$/, '') + paged.request.path
  const url = URL.parse(link, from)
  if (!url) throw brokenPaging(paged, 'the link to the next page is not an address')
  for (const name of paged.secretParameters ?? []) url.searchParams.delete(name)
  return url.href
}

function brokenPaging({ request }: PagedRequest, why: string): AppError {
  return new AppError({
    kind: 'data',
    code: 'paging-broken',
    message: `The list ${request.path} says that there is more, but not how to get it.`,
    kept: 'Nothing was changed; what was read so far is kept.',
    next: 'Check the paging in the settings of the connection.',
    details: { asked: request.path, why },
  })
}

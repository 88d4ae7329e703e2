/**
 * Paging: one generator per way in which services cut lists into pages; lists that are paged by counting are in
 * counted-paging.ts. A page is requested only when it is asked for. Every walk is guarded: a token that comes back, a
 * page that comes back, or too many pages end it with an error instead of running for ever, because a list that seems
 * endless is never complete.
 */
import { AppError } from '#shared/errors.ts'
import type { Json } from '#shared/json.ts'
import { valueAt } from './body-path.ts'
import { linkWithRelation } from './link-header.ts'
import { askList, type ListAnswer, type ListPlace, type PagedRequest } from './list-request.ts'
import { makeLoopGuard } from './paging-guard.ts'

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

interface Strategy {
  readonly ask: (token: string | undefined) => ListPlace
  readonly next: (answer: ListAnswer) => string | undefined
}

async function* walkPages(paged: PagedRequest, strategy: Strategy): Pages {
  const guard = makeLoopGuard({ path: paged.request.path, firstToken: paged.pageToken, maxPages: paged.maxPages })
  let token = paged.pageToken
  for (let number = 1; ; number += 1) {
    const answer = await askList(paged, strategy.ask(token))
    const { records, total } = answer
    const next = strategy.next(answer)
    guard.check({ number, next, records })
    const { serverTime } = answer.reply
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

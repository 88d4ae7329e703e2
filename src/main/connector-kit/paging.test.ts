/** Paging over a list in memory: every strategy walks, ends, resumes; every loop is noticed. */
import { describe, expect, test } from 'vitest'
import { AppError } from '#shared/errors.ts'
import type { Json } from '#shared/json.ts'
import { numberedPages, offsetPages } from './counted-paging.ts'
import type { HttpClient, HttpRequest } from './http.ts'
import { linkWithRelation } from './link-header.ts'
import type { PagedRequest } from './list-request.ts'
import { cursorPages, linkHeaderPages, nextLinkPages, type Pages, singlePage } from './paging.ts'

interface Answer {
  readonly body: Json
  readonly headers?: Record<string, string>
}

const all = Array.from({ length: 7 }, (_, n) => ({ id: n }))
const base = 'https://api.example.com/v1'

function fake(answer: (query: URLSearchParams) => Answer): { paged: PagedRequest; asked: string[] } {
  const asked: string[] = []
  const read = async (request: HttpRequest) => {
    const url = new URL(request.path.startsWith('/') ? base + request.path : request.path)
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, String(value))
    asked.push(url.pathname + url.search)
    const { body, headers = {} } = answer(url.searchParams)
    return {
      status: 200,
      headers,
      text: JSON.stringify(body),
      json: () => body,
      serverTime: '2026-03-01T09:00:00.000Z',
    }
  }
  // Only `read` is used by paging.
  const client = { read } as Partial<HttpClient> as HttpClient
  const request = { path: '/items', query: { fixed: 1 }, signal: new AbortController().signal }
  return { asked, paged: { client, request, recordsAt: 'data', baseUrl: base, pageSize: 3, sizeParameter: 'limit' } }
}

function slice(start: number, size = 3): Json {
  return all.slice(start, start + size)
}

async function idsOf(pages: Pages): Promise<unknown[]> {
  const ids: unknown[] = []
  for await (const page of pages) ids.push(...page.records.map((record) => (record as { id: number }).id))
  return ids
}

async function codeOf(pages: Pages): Promise<string> {
  const thrown = await idsOf(pages).catch((error: unknown) => error)
  return thrown instanceof AppError ? thrown.code : `no error: ${String(thrown)}`
}

const byCursor = (query: URLSearchParams): Answer => {
  const start = Number(query.get('after') ?? 0)
  return { body: { data: slice(start), next: start + 3 < 7 ? String(start + 3) : null, more: start + 3 < 7 } }
}
const byOffset = (query: URLSearchParams): Answer => ({ body: { data: slice(Number(query.get('offset'))), total: 7 } })
const byPage = (query: URLSearchParams): Answer => ({
  body: { data: slice((Number(query.get('page')) - 1) * 3), pages: 3 },
})
const nextOf = (query: URLSearchParams): string | undefined => {
  const start = Number(query.get('from') ?? 0) + 3
  return start < 7 ? `/v1/items?fixed=1&limit=3&from=${start}&key=hidden` : undefined
}
const byLink = (query: URLSearchParams): Answer => ({
  body: { data: slice(Number(query.get('from') ?? 0)), links: { next: nextOf(query) ?? null } },
})
const byHeader = (query: URLSearchParams): Answer => {
  const next = nextOf(query)
  const link = `<${base}/items?from=0>; rel="first"${next ? `, <${next}>; rel="last next"` : ''}`
  return { body: { data: slice(Number(query.get('from') ?? 0)) }, headers: { link } }
}

const strategies: readonly [string, (query: URLSearchParams) => Answer, (paged: PagedRequest) => Pages, number][] = [
  ['cursor', byCursor, (paged) => cursorPages(paged, { parameter: 'after', tokenAt: 'next', moreAt: 'more' }), 3],
  ['offset with total', byOffset, (paged) => offsetPages({ ...paged, totalAt: 'total' }, { parameter: 'offset' }), 3],
  ['offset without total', byOffset, (paged) => offsetPages(paged, { parameter: 'offset' }), 6],
  [
    'offset that trusts short pages',
    byOffset,
    (p) => offsetPages(p, { parameter: 'offset', endsOnShortPage: true }),
    4,
  ],
  ['page with count', byPage, (paged) => numberedPages(paged, { parameter: 'page', first: 1, pagesAt: 'pages' }), 5],
  ['page without count', byPage, (paged) => numberedPages(paged, { parameter: 'page', first: 1 }), 7],
  ['next link', byLink, (paged) => nextLinkPages(paged, { linkAt: 'links.next' }), 3],
  ['link header', byHeader, (paged) => linkHeaderPages(paged), 3],
]

describe.each(strategies)('%s', (_name, answer, walk, requests) => {
  test('walks to the end and asks no more than it must', async () => {
    const { paged, asked } = fake(answer)
    expect(await idsOf(walk(paged))).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(asked).toHaveLength(requests)
    expect(asked.every((path) => path.includes('fixed=1') && path.includes('limit=3'))).toBe(true)
  })

  test('asks for a page only when it is wanted, and resumes from its token', async () => {
    const { paged, asked } = fake(answer)
    const pages = walk(paged)
    const first = await pages.next()
    expect(asked).toHaveLength(1)
    await pages.return()
    const token = first.done ? undefined : first.value.next
    expect(await idsOf(walk({ ...paged, pageToken: token }))).toEqual([3, 4, 5, 6])
  })
})

test('a service that gives fewer records than asked loses none', async () => {
  const { paged } = fake((query) => ({ body: { data: slice(Number(query.get('offset')), 2) } }))
  expect(await idsOf(offsetPages(paged, { parameter: 'offset' }))).toEqual([0, 1, 2, 3, 4, 5, 6])
})

test('a token of a link carries no secret parameter, and the walk sends it again', async () => {
  const { paged, asked } = fake(byLink)
  const request = { ...paged.request, query: { fixed: 1, key: 's3cret' } }
  const pages = nextLinkPages({ ...paged, request, secretParameters: ['key'] }, { linkAt: 'links.next' })
  const tokens: unknown[] = []
  for await (const page of pages) tokens.push(page.next)
  expect(JSON.stringify(tokens)).not.toMatch(/s3cret|hidden/)
  expect(asked.every((path) => path.includes('key=s3cret'))).toBe(true)
})

describe('a list that does not end', () => {
  const cursor = (paged: PagedRequest) => cursorPages(paged, { parameter: 'after', tokenAt: 'next' })
  const counter = (query: URLSearchParams): number => Number(query.get('after') ?? 0) + 1

  test.each<[string, (query: URLSearchParams) => Answer]>([
    ['the same token again', (query) => ({ body: { data: [{ id: counter(query) }], next: 'x' } })],
    [
      'the same page under new tokens',
      (query) => ({ body: { data: [{ id: 1 }, { id: 2 }], next: String(counter(query)) } }),
    ],
    ['two pages in turn', (query) => ({ body: { data: [{ id: counter(query) % 2 }], next: String(counter(query)) } })],
    ['ever new pages', (query) => ({ body: { data: [{ id: counter(query) }], next: String(counter(query)) } })],
    ['ever new empty pages', (query) => ({ body: { data: [], next: String(counter(query)) } })],
  ])('is noticed: %s', async (_name, answer) => {
    const { paged, asked } = fake(answer)
    expect(await codeOf(cursor({ ...paged, maxPages: 50 }))).toBe('paging-loop')
    expect(asked.length).toBeLessThanOrEqual(50)
  })

  test('is noticed where the parameter is ignored', async () => {
    const { paged } = fake(() => ({ body: { data: slice(0) } }))
    expect(await codeOf(offsetPages(paged, { parameter: 'offset' }))).toBe('paging-loop')
  })

  test('is an error where it promises more without a token', async () => {
    const { paged } = fake(() => ({ body: { data: slice(0), more: true } }))
    expect(await codeOf(cursorPages(paged, { parameter: 'after', tokenAt: 'next', moreAt: 'more' }))).toBe(
      'paging-broken',
    )
  })
})

test('a body without the list is an error, not an empty list', async () => {
  const { paged } = fake(() => ({ body: { data: { id: 1 } } }))
  expect(await codeOf(singlePage(paged))).toBe('records-missing')
})

describe('the Link header', () => {
  test.each([
    ['<https://a.example/x?page=2>; rel="next"', 'https://a.example/x?page=2'],
    ['<https://a.example/x,y;z>; title="a, <b>; rel=\\"next\\""; rel=next', 'https://a.example/x,y;z'],
    ['<a>; rel="prev", <b>; rel="NEXT last"', 'b'],
    ['<a>;rel=prev,<b>;rel=next', 'b'],
    ['<a>; rel="previous"', undefined],
    ['nonsense', undefined],
  ])('%s', (header, expected) => {
    expect(linkWithRelation(header, 'next')).toBe(expected)
  })
})

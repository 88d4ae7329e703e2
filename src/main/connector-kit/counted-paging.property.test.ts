/**
 * Random changes between the pages of lists that are paged by counting. What stands in the list from the first request
 * to the last is read exactly once, or the reading fails; it never ends as complete without it.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeShiftingList } from '#test/support/services/shifting-list.ts'
import { numberedPages, offsetPages } from './counted-paging.ts'
import type { HttpClient, HttpRequest } from './http.ts'
import { askList, type PagedRequest } from './list-request.ts'
import type { Pages } from './paging.ts'

interface Change {
  readonly kind: 'insert' | 'remove' | 'move'
  /** Places in the list, as fractions of its length. */
  readonly from: number
  readonly to: number
}

interface World {
  readonly count: number
  readonly size: number
  readonly cap: number
  readonly hasTotal: boolean
  readonly sizeStep: number
  readonly rounds: 'up' | 'down'
  /** Pages after which the reading is stopped and taken up again; below zero: it goes through. */
  readonly stopsAfter: number
  /** Changes before each request. */
  readonly changes: readonly (readonly Change[])[]
}

const change = (...kinds: Change['kind'][]): fc.Arbitrary<Change> =>
  fc.record({
    kind: fc.constantFrom(...kinds),
    from: fc.double({ min: 0, max: 0.999, noNaN: true }),
    to: fc.double({ min: 0, max: 0.999, noNaN: true }),
  })

const world = (changes: fc.Arbitrary<readonly (readonly Change[])[]>): fc.Arbitrary<World> =>
  fc.record({
    count: fc.integer({ min: 0, max: 60 }),
    size: fc.integer({ min: 1, max: 15 }),
    sizeStep: fc.constantFrom(1, 1, 5, 100),
    rounds: fc.constantFrom('up' as const, 'down' as const),
    cap: fc.constantFrom(1, 2, 4, 100),
    hasTotal: fc.boolean(),
    stopsAfter: fc.integer({ min: -6, max: 6 }),
    changes,
  })

function makeList({ count, cap, hasTotal, sizeStep, rounds, changes }: World) {
  const touched = new Set<number>()
  let nextId = 1000
  const before = (number: number, ids: number[]): void => {
    for (const { kind, from, to } of changes[number - 1] ?? []) {
      const at = Math.floor(from * ids.length)
      const taken = kind === 'insert' ? [nextId++] : ids.splice(at, 1)
      if (kind !== 'move') for (const id of taken) touched.add(id)
      if (kind !== 'remove') ids.splice(Math.floor(to * (ids.length + 1)), 0, ...taken)
    }
  }
  const ids = Array.from({ length: count }, (_, index) => index + 1)
  return { ...makeShiftingList({ ids, before, cap, hasTotal, sizeStep, rounds }), touched }
}

function pagedOf(list: ReturnType<typeof makeList>, { size, hasTotal }: World): PagedRequest {
  const read = async ({ query = {} }: HttpRequest) => {
    const body = list.answer(new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])))
    return { status: 200, headers: {}, text: '', json: () => body }
  }
  // Only `read` is used by paging.
  const client = { read } as Partial<HttpClient> as HttpClient
  const request = { path: '/items', signal: new AbortController().signal }
  const idOf: PagedRequest['idOf'] = (record) => String((record as { id: number }).id)
  const total = hasTotal ? { totalAt: 'total' } : {}
  return { client, request, recordsAt: 'data', pageSize: size, sizeParameter: 'limit', idOf, ...total }
}

async function idsOf(pages: Pages): Promise<readonly number[]> {
  const ids: number[] = []
  for await (const page of pages) ids.push(...page.records.map((record) => (record as { id: number }).id))
  return ids
}

/** Reads a few pages, stops, goes on from the token, and from the start where that is refused. */
async function idsInTwo(list: ReturnType<typeof makeList>, drawn: World, walk: (paged: PagedRequest) => Pages) {
  const paged = pagedOf(list, drawn)
  const ids: number[] = []
  let pageToken: string | undefined
  for await (const page of walk(paged)) {
    ids.push(...page.records.map((record) => (record as { id: number }).id))
    pageToken = page.next
    if (page.number > drawn.stopsAfter) break
  }
  if (pageToken === undefined) return ids
  const rest = await idsOf(walk({ ...paged, pageToken })).catch((thrown: unknown) => {
    if ((thrown as { code?: string }).code === 'page-token-stale') return idsOf(walk(paged))
    throw thrown
  })
  return [...new Set([...ids, ...rest])]
}

/** Ids that stayed and were not read, or were read twice; null where the reading failed. */
async function faultsOf(world: World, walk: (paged: PagedRequest) => Pages): Promise<readonly number[] | null> {
  const list = makeList(world)
  try {
    const isStopped = world.stopsAfter >= 0
    const read = isStopped ? await idsInTwo(list, world, walk) : await idsOf(walk(pagedOf(list, world)))
    const twice = read.filter((id, index) => read.indexOf(id) !== index)
    const missed = list.ids.filter((id) => !list.touched.has(id) && !read.includes(id))
    return [...twice, ...missed]
  } catch (thrown) {
    expect(['list-keeps-shifting', 'paging-loop']).toContain((thrown as { code?: string }).code)
    return null
  }
}

const byOffset = (paged: PagedRequest): Pages => offsetPages(paged, { parameter: 'offset' })
const byPage = (paged: PagedRequest): Pages => numberedPages(paged, { parameter: 'page', first: 1 })
const byCountedPage = (paged: PagedRequest): Pages =>
  numberedPages(paged, { parameter: 'page', first: 1, pagesAt: 'pages' })

/** Any number of changes before any request. */
const wild = fc.array(fc.array(change('insert', 'remove'), { maxLength: 4 }), { maxLength: 30 })
/** One change before every fourth request at most: none is undone between two looks at an edge. */
const calm = fc
  .array(fc.option(change('insert', 'remove', 'move')), { maxLength: 20 })
  .map((list) => list.flatMap((one) => [one ? [one] : [], [], [], []]))

const runs = { numRuns: 500 }

describe('a list that changes while it is read', () => {
  it('by offset, with more than one record to a page, loses nothing that stays, whatever comes and goes', async () => {
    const wide = world(wild).filter(({ size, cap, rounds }) => Math.min(size, cap) > 1 && rounds === 'up')
    await fc.assert(
      fc.asyncProperty(wide, async (drawn) => {
        expect((await faultsOf(drawn, byOffset)) ?? []).toEqual([])
      }),
      runs,
    )
  })

  it.each([
    ['offset', byOffset],
    ['page number', byPage],
    ['page number and count', byCountedPage],
  ])('by %s loses nothing that stays or moves, where changes are not undone at once', async (_name, walk) => {
    await fc.assert(
      fc.asyncProperty(world(calm), async (drawn) => {
        const asked = walk === byCountedPage ? { ...drawn, hasTotal: true } : drawn
        expect((await faultsOf(asked, walk)) ?? []).toEqual([])
      }),
      runs,
    )
  })
  it('comes to an end where the service rounds the last size so that its page looks like the one that was asked for', async () => {
    const rounded = { count: 19, size: 10, sizeStep: 5, rounds: 'up', cap: 100, hasTotal: false, changes: [] } as const
    for (const stopsAfter of [-1, 0]) expect(await faultsOf({ ...rounded, stopsAfter }, byPage)).toEqual([])
  })

  it('would be found out to lose some, were pages asked for one after the other', async () => {
    async function* plain(paged: PagedRequest): Pages {
      for (let at = 0, number = 1; ; number += 1) {
        const { records } = await askList(paged, { query: { offset: at } })
        yield { records, number }
        if (records.length === 0) return
        at += records.length
      }
    }
    const property = fc.asyncProperty(world(calm), async (drawn) => {
      expect((await faultsOf({ ...drawn, stopsAfter: -1 }, plain)) ?? []).toEqual([])
    })
    expect((await fc.check(property, runs)).failed).toBe(true)
  })
})

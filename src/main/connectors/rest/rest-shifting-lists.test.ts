/** Lists of a real server, paged by counting, that change between two pages (docs/failures-of-others.md, B03 and B11). */
import { afterEach, describe, expect, it } from 'vitest'
import type { ReadPage } from '#shared/model/connected.ts'
import { engineBench } from '#test/support/engine-bench.ts'
import { createMemoryService } from '#test/support/memory-service.ts'
import { type ShiftingListOptions, serveShiftingList } from '#test/support/services/shifting-list.ts'
import { openForTest } from './testing/open-for-test.ts'

type Served = Awaited<ReturnType<typeof serveShiftingList>>
type Change = NonNullable<ShiftingListOptions['before']>

const signal = new AbortController().signal
const served: Served[] = []
afterEach(async () => {
  await Promise.all(served.splice(0).map((list) => list.stop()))
})

const ways = {
  offset: { paging: { kind: 'offset', parameter: 'offset' }, sizeParameter: 'limit' },
  'page number': { paging: { kind: 'page', parameter: 'page' } },
  'page number and size': { paging: { kind: 'page', parameter: 'page' }, sizeParameter: 'limit' },
} as const
const names = Object.keys(ways) as (keyof typeof ways)[]

interface World extends Partial<ShiftingListOptions> {
  readonly way: keyof typeof ways
  readonly count?: number
  readonly size?: number
  readonly totalAt?: string
}

/** A list of 60 records, ten to a page. */
async function open({ way, count = 60, size = 10, totalAt, ...options }: World) {
  const list = await serveShiftingList({ ids: numbers(1, count), ...options, size })
  served.push(list)
  const connection = await openForTest({
    baseUrl: list.url,
    objects: [objectOf({ ...ways[way], pageSize: size, ...(totalAt !== undefined && { totalAt }) })],
  })
  const object = await connection.object('item', signal)
  const read = (pageToken?: string) => object.read?.({ signal, ...(pageToken !== undefined && { pageToken }) })
  return { list, object, read }
}

function objectOf(list: object): object {
  const fields = [
    { name: 'id', type: 'text' },
    { name: 'Name', at: 'name', type: 'text' },
    { name: 'Email', at: 'email', type: 'email' },
  ]
  return { name: 'item', label: 'Item', fields, list: { path: '/items', recordsAt: 'data', ...list } }
}

function numbers(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

async function idsOf(pages: AsyncIterable<ReadPage> | undefined): Promise<readonly number[]> {
  const ids: number[] = []
  for await (const page of pages ?? []) ids.push(...page.records.map(({ externalId }) => Number(externalId)))
  return ids
}

function sorted(ids: readonly number[]): readonly number[] {
  return [...ids].sort((a, b) => a - b)
}

/** The same list, one page after the other, without a look at the edge. */
async function plainRead({ url }: Served, way: keyof typeof ways, { size = 10, from = 0 } = {}) {
  const ids: number[] = []
  for (let at = from; ; at += size) {
    const query = way === 'offset' ? `offset=${at}&limit=${size}` : `page=${at / size + 1}&limit=${size}`
    const { data } = (await (await fetch(`${url}/items?${query}`)).json()) as { data: { id: number }[] }
    if (data.length === 0) return ids
    ids.push(...data.map(({ id }) => id))
  }
}

/** Makes the change once, before the request with this number. */
function once(number: number, change: (ids: number[]) => unknown): Change {
  return (asked, ids) => {
    if (asked === number) change(ids)
  }
}

const losing: readonly (readonly [string, Change])[] = [
  ['is deleted before the place that is read', once(3, (ids) => ids.splice(4, 1))],
  ['that was read last is deleted', once(3, (ids) => ids.splice(ids.indexOf(20), 1))],
  ['is deleted, with many others that were read', once(4, (ids) => ids.splice(0, 18))],
  ['that was read is edited, and moves to the end', once(3, (ids) => ids.push(...ids.splice(2, 1)))],
  ['with its whole page moves to the end', once(3, (ids) => ids.push(...ids.splice(10, 10)))],
  ['that was not read moves to the front', once(3, (ids) => ids.unshift(...ids.splice(40, 1)))],
]

describe.each(names)('a list by %s', (way) => {
  describe.each(losing)('of which a record %s', (_what, before) => {
    it('loses no other record, and gives none twice', async () => {
      const { list, read } = await open({ way, before })
      const ids = await idsOf(read())
      expect(list.ids.filter((id) => !ids.includes(id))).toEqual([])
      expect(new Set(ids).size).toBe(ids.length)
    })

    it('would lose one, were its pages asked for one after the other', async () => {
      const { list } = await open({ way, before })
      const ids = await plainRead(list, way)
      expect(list.ids.filter((id) => !ids.includes(id))).not.toEqual([])
    })
  })

  it('gives no record twice that an insert pushes into the next page, and gives what was inserted', async () => {
    const before = once(3, (ids) => ids.unshift(100, 101))
    const { list, read } = await open({ way, before })
    expect(sorted(await idsOf(read()))).toEqual(sorted(list.ids))
    const twin = await open({ way, before })
    expect((await plainRead(twin.list, way)).length).toBeGreaterThan(60)
  })

  it('that gets new records at its front all the time is read nevertheless, with few requests more', async () => {
    const before: Change = (number, ids) => (number % 4 === 0 ? void ids.unshift(100 + number) : undefined)
    const { list, read } = await open({ way, before })
    expect(await idsOf(read())).toEqual(expect.arrayContaining([...numbers(1, 60)]))
    expect(list.asked.length).toBeLessThan(40)
  })

  it('with one record to a page loses none', async () => {
    const before = once(3, (ids) => ids.shift())
    const { list, read } = await open({ way, before, count: 6, size: 1 })
    expect(await idsOf(read())).toEqual(expect.arrayContaining([...list.ids]))
    const twin = await open({ way, before, count: 6, size: 1 })
    expect(await plainRead(twin.list, way, { size: 1 })).not.toEqual(expect.arrayContaining([...twin.list.ids]))
  })

  it('whose service gives fewer records than asked loses none', async () => {
    const { list, read } = await open({ way, before: once(4, (ids) => ids.splice(0, 3)), cap: 4 })
    expect(await idsOf(read())).toEqual(expect.arrayContaining([...list.ids]))
  })

  it('whose service offers a few sizes only loses none', async () => {
    const world = { way, before: once(4, (ids) => ids.splice(0, 3)), size: 20, sizeStep: 10 } as const
    for (const rounds of ['up', 'down'] as const) {
      const { list, read } = await open({ ...world, rounds })
      expect(await idsOf(read())).toEqual(expect.arrayContaining([...list.ids]))
    }
  })

  it('that never settles is an error that says what to do, not a list that is complete', async () => {
    const before: Change = (number, ids) =>
      void ids.sort((a, b) => ((a * number * 37) % 101) - ((b * number * 37) % 101))
    const { read } = await open({ way, before })
    const failed = idsOf(read())
    await expect(failed).rejects.toMatchObject({ info: { kind: 'transient', code: 'list-keeps-shifting' } })
    await expect(failed).rejects.toMatchObject({ info: { next: expect.stringContaining('fixed order') } })
    const twin = await open({ way, before })
    const ids = await plainRead(twin.list, way)
    expect(twin.list.ids.filter((id) => !ids.includes(id))).not.toEqual([])
  })
})

describe.each(names)('a list by %s whose reading was stopped', (way) => {
  async function stopped(meanwhile: (ids: number[]) => unknown) {
    const { list, read } = await open({ way })
    const ids: number[] = []
    let token: string | undefined
    for await (const page of read() ?? []) {
      ids.push(...page.records.map(({ externalId }) => Number(externalId)))
      token = page.next
      if (ids.length >= 30) break
    }
    meanwhile(list.ids)
    return { list, ids, rest: () => idsOf(read(token)) }
  }

  it('goes on where it stopped', async () => {
    const { ids, rest } = await stopped(() => undefined)
    expect([...ids, ...(await rest())]).toEqual(numbers(1, 60))
  })

  it('goes on without a loss where a few records were deleted meanwhile, or says that its place is gone', async () => {
    const { list, ids, rest } = await stopped((all) => all.splice(0, 2))
    const more = await rest().catch((thrown: { code: string }) => thrown.code)
    if (typeof more === 'string') expect([way, more]).toEqual(['page number', 'page-token-stale'])
    else expect([...ids, ...more]).toEqual(expect.arrayContaining([...list.ids]))
  })

  it('would lose some, did it go on by counting alone', async () => {
    const { list } = await open({ way })
    list.ids.splice(0, 2)
    const rest = await plainRead(list, way, { from: 30 })
    expect(list.ids.filter((id) => id > 30 && !rest.includes(id))).toEqual([31, 32])
  })

  it('says that its place is gone where most of what was read is deleted', async () => {
    const { rest } = await stopped((all) => all.splice(0, 30))
    await expect(rest()).rejects.toMatchObject({ info: { kind: 'transient', code: 'page-token-stale' } })
  })

  it('finds what moved to the front meanwhile', async () => {
    const { ids, rest } = await stopped((all) => all.unshift(...all.splice(50, 1)))
    const more = await rest().catch((thrown: { code: string }) => thrown.code)
    if (typeof more === 'string') expect(more).toBe('page-token-stale')
    else expect(sorted([...new Set([...ids, ...more])])).toEqual(numbers(1, 60))
  })

  it('says that its place is gone where the token is of another kind', async () => {
    const { read } = await open({ way })
    await expect(idsOf(read(';30'))).rejects.toMatchObject({ info: { code: 'page-token-stale' } })
  })
})

it.each([
  ['a few records', 2],
  ['most of what was read', 25],
])(
  'a run that was paused goes on without a loss where %s are deleted meanwhile, and asks nobody',
  async (_name, gone) => {
    const { list, object } = await open({ way: 'offset' })
    const crm = createMemoryService()
    const bench = engineBench({ source: object, destination: crm.object })
    let looks = 0
    const paused = await bench.run({ wish: () => (looks++ > 1 ? 'pause' : 'none'), signal })
    list.ids.splice(0, gone)
    const done = await bench.run()
    const names = [...crm.records.values()].map(({ values }) => values.name)
    expect([paused.state, done.state, done.counts.held]).toEqual(['paused', 'finished', 0])
    expect(names).toEqual(expect.arrayContaining(list.ids.map((id) => `Person ${id}`)))
    expect(new Set(names).size).toBe(names.length)
  },
)

it.each([
  ['offset', { way: 'offset' }, 9],
  ['offset, with a total', { way: 'offset', hasTotal: true, totalAt: 'total' }, 7],
  ['page number', { way: 'page number' }, 13],
  ['page number and size', { way: 'page number and size' }, 11],
] as const)('sixty records by %s take few requests', async (_name, world, requests) => {
  const { list, read } = await open(world)
  expect(await idsOf(read())).toEqual(numbers(1, 60))
  expect(list.asked).toHaveLength(requests)
})

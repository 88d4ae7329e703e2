import { describe, expect, it } from 'vitest'
import type { ConnectedObject } from '#shared/model/connected.ts'
import type { WholeDecision } from '#shared/model/decision.ts'
import type { Run } from '#shared/model/run.ts'
import { type EngineBenchOptions, engineBench } from '#test/support/engine-bench.ts'
import { createMemoryService, type MemoryServiceOptions } from '#test/support/memory-service.ts'
import { tempFolder } from '#test/support/temp-folder.ts'

interface Setup extends Partial<EngineBenchOptions> {
  readonly count?: number
  readonly crmOptions?: MemoryServiceOptions
  /** Looks at, or breaks, how the source is read. */
  readonly aroundSource?: (object: ConnectedObject) => ConnectedObject
}

/** Linked records on both sides, after the run that made them and one that read all of them. */
async function business({ count = 20, crmOptions, aroundSource = (object) => object, ...options }: Setup = {}) {
  const list = createMemoryService({ name: 'rows' })
  const crm = createMemoryService(crmOptions)
  const put = (index: number): void => list.put(`s${index}`, { Email: `p${index}@example.com`, Name: `P ${index}` })
  for (let index = 1; index <= count; index++) put(index)
  const bench = engineBench({
    source: aroundSource(list.object),
    destination: crm.object,
    deletes: 'delete',
    ...options,
  })
  await bench.run()
  const drop = (...indexes: readonly number[]): void => {
    for (const index of indexes) list.drop(`s${index}`)
  }
  const waiting = () => bench.store.decisions.waiting({ limit: 1_000 })
  const decideAll = (kind: WholeDecision): void => {
    for (const one of waiting()) bench.store.decisions.decide(one, kind, '2026-01-02T00:00:00.000Z')
  }
  return { list, crm, bench, put, drop, waiting, decideAll }
}

const deletions = (run: Run): readonly number[] => [run.counts.deleted, run.counts.held, run.counts.skipped]

describe('a record that is gone from the source', () => {
  it('is deleted at the destination too, once, and stays deleted', async () => {
    const { crm, bench, drop } = await business()
    drop(3, 7)
    const run = await bench.run()
    expect([run.state, deletions(run), crm.records.size]).toEqual(['finished', [2, 0, 0], 18])
    const [record] = bench.store.records.page({ runId: run.id, afterSeq: 0, limit: 10, outcome: 'deleted' })
    expect(record).toMatchObject({ sourceId: 's3', label: 'p3@example.com', before: { name: 'P 3' } })
    const next = await bench.run()
    expect([deletions(next), crm.stats.deletes]).toEqual([[0, 0, 0], 2])
  })

  it('is left where the integration says nothing about it', async () => {
    const { list, crm, bench, drop } = await business()
    drop(3)
    const quiet = engineBench({ source: list.object, destination: crm.object })
    await quiet.run()
    expect([(await quiet.run()).counts.deleted, crm.records.size]).toEqual([0, 20])
    expect(bench.store.decisions.countWaiting()).toBe(0)
  })

  it('waits for a person where the policy says so; then it goes or stays, and is not asked about again', async () => {
    const { crm, bench, drop, waiting, decideAll } = await business({ deletes: 'hold' })
    drop(3)
    expect(deletions(await bench.run())).toEqual([0, 1, 0])
    expect(waiting()[0]).toMatchObject({
      externalId: 's3',
      reason: { code: 'source-gone' },
      conflict: { source: {}, destination: { email: 'p3@example.com', name: 'P 3' } },
    })
    decideAll('source')
    expect([deletions(await bench.run()), crm.records.size, waiting()]).toEqual([[1, 0, 0], 19, []])
    drop(4)
    await bench.run()
    decideAll('destination')
    expect([deletions(await bench.run()), crm.records.size, waiting()]).toEqual([[0, 0, 1], 19, []])
    expect(deletions(await bench.run())).toEqual([0, 0, 0])
  })

  it('waits no more when it is there again', async () => {
    const { bench, put, drop, waiting } = await business({ deletes: 'hold' })
    drop(3)
    await bench.run()
    put(3)
    const run = await bench.run()
    expect([deletions(run), waiting()]).toEqual([[0, 0, 0], []])
  })

  it('can be marked instead: once, with its link kept', async () => {
    const { crm, bench, drop } = await business({ deletes: { set: { status: 'inactive' } } })
    drop(3)
    const run = await bench.run()
    const marked = [...crm.records.values()].filter(({ values }) => values.status === 'inactive')
    expect([run.counts.updated, marked.map(({ values }) => values.name)]).toEqual([1, ['P 3']])
    expect((await bench.run()).counts).toMatchObject({ updated: 0, deleted: 0, held: 0 })
  })

  it('closes the link without a write where the destination has lost it as well', async () => {
    const { crm, bench, drop } = await business()
    drop(3)
    const [id] = [...crm.records].find(([, { values }]) => values.name === 'P 3') ?? ['']
    crm.drop(id)
    expect([deletions(await bench.run()), crm.stats.deletes]).toEqual([[0, 0, 1], 0])
    expect(deletions(await bench.run())).toEqual([0, 0, 0])
  })

  it('is not one that the filter leaves out', async () => {
    let isOpen = true
    const { crm, bench } = await business({ accepts: () => isOpen })
    isOpen = false
    expect([deletions(await bench.run())[0], crm.records.size]).toEqual([0, 20])
  })

  it('is deleted once also where the answer to the deletion was lost', async () => {
    let isLossy = false
    const { crm, bench, drop } = await business({
      crmOptions: { fault: () => (isLossy ? { kind: 'lost' } : undefined) },
    })
    drop(3)
    isLossy = true
    const run = await bench.run()
    expect([run.state, deletions(run), crm.stats.deletes]).toEqual(['finished', [1, 0, 0], 1])
  })

  it('comes back by undoing the run that deleted it, and the next run leaves it there', async () => {
    const { crm, bench, drop } = await business()
    drop(3)
    const run = await bench.run()
    const undone = await bench.apply(await bench.planUndo(run.id))
    expect([undone.counts.created, [...crm.records.values()].some(({ values }) => values.name === 'P 3')]).toEqual([
      1,
      true,
    ])
    expect([deletions(await bench.run()), crm.records.size]).toEqual([[0, 0, 0], 20])
  })
})

describe('a record that was deleted and is there again', () => {
  it('is not made again by itself, until a person lets it', async () => {
    const { crm, bench, put, drop, waiting } = await business()
    drop(3)
    await bench.run()
    put(3)
    expect([deletions(await bench.run()), crm.records.size]).toEqual([[0, 1, 0], 19])
    expect(waiting().map(({ externalId, reason }) => [externalId, reason.code])).toEqual([['s3', 'came-back']])
    const [one] = waiting()
    if (one) bench.store.decisions.readmit(one, '2026-01-02T00:00:00.000Z')
    const run = await bench.run()
    expect([run.counts.created, crm.records.size, waiting()]).toEqual([1, 20, []])
  })

  it('is not made again by another integration, a new definition or a later year either', async () => {
    const folder = tempFolder()
    const { list, crm, bench, put, drop } = await business({ folder })
    drop(3)
    await bench.run()
    bench.store.close()
    const other = engineBench({
      source: list.object,
      destination: crm.object,
      folder,
      integrationId: 'newsletter',
      version: 7,
      nowMs: () => Date.UTC(2036, 0, 1),
    })
    put(3)
    const run = await other.run()
    expect([run.counts.created, run.counts.held, crm.records.size]).toEqual([0, 1, 19])
  })

  it('that was only marked takes part again in the same way, with its link', async () => {
    const { crm, bench, put, drop, waiting } = await business({ deletes: { set: { name: 'gone' } } })
    drop(3)
    await bench.run()
    put(3)
    await bench.run()
    const [one] = waiting()
    if (one) bench.store.decisions.readmit(one, '2026-01-02T00:00:00.000Z')
    const run = await bench.run()
    expect([run.counts.created, run.counts.updated, crm.records.size, waiting()]).toEqual([0, 1, 20, []])
    expect([...crm.records.values()].some(({ values }) => values.name === 'P 3')).toBe(true)
  })
})

describe('nothing is deleted by itself', () => {
  it('where the source gives no record at all', async () => {
    const { crm, bench, drop, waiting } = await business({ count: 5 })
    drop(1, 2, 3, 4, 5)
    const run = await bench.run()
    expect([deletions(run), crm.records.size]).toEqual([[0, 5, 0], 5])
    expect(waiting()[0]?.reason).toMatchObject({ code: 'mass-delete' })
  })

  it('where more than ten and more than a tenth are gone, and one decision for all lets it happen', async () => {
    const { crm, bench, drop, decideAll } = await business({ count: 100 })
    drop(...Array.from({ length: 11 }, (_, index) => index + 1))
    expect([deletions(await bench.run()), crm.records.size]).toEqual([[0, 11, 0], 100])
    decideAll('source')
    expect([deletions(await bench.run()), crm.records.size]).toEqual([[11, 0, 0], 89])
  })

  it('but ten, or a tenth, are deleted: the guard is what holds the eleventh (twin)', async () => {
    const few = await business({ count: 20 })
    few.drop(...Array.from({ length: 10 }, (_, index) => index + 1))
    expect(deletions(await few.bench.run())).toEqual([10, 0, 0])
    const many = await business({ count: 120 })
    many.drop(...Array.from({ length: 12 }, (_, index) => index + 1))
    expect(deletions(await many.bench.run())).toEqual([12, 0, 0])
  })

  it('in the first run that reads everything, nor after the settings changed: a filter or a file shows other records', async () => {
    const list = createMemoryService({ name: 'rows' })
    const crm = createMemoryService()
    const options = { source: list.object, destination: crm.object, deletes: 'delete' as const }
    for (let index = 1; index <= 5; index++) list.put(`s${index}`, { Email: `p${index}@example.com`, Name: 'P' })
    const bench = engineBench(options)
    await bench.apply(await bench.plan())
    list.drop('s1')
    expect([deletions(await bench.run()), crm.records.size]).toEqual([[0, 0, 0], 5])
    bench.setSettings('another filter')
    expect(deletions(await bench.run())).toEqual([0, 0, 0])
    expect([deletions(await bench.run()), crm.records.size]).toEqual([[1, 0, 0], 4])
  })

  it('where the list leaves out a record that is still there', async () => {
    const hidden = new Set<string>()
    const { crm, bench } = await business({ aroundSource: (object) => hiding(object, hidden) })
    hidden.add('s3')
    expect([deletions(await bench.run()), crm.records.size]).toEqual([[0, 0, 0], 20])
  })

  it('without that second look it would be (twin)', async () => {
    const hidden = new Set<string>()
    const withoutGet = (object: ConnectedObject): ConnectedObject => {
      const { get: _get, ...rest } = hiding(object, hidden)
      return rest
    }
    const { crm, bench } = await business({ aroundSource: withoutGet })
    hidden.add('s3')
    expect([deletions(await bench.run()), crm.records.size]).toEqual([[1, 0, 0], 19])
  })

  it('where the source shows no record any more that it listed a moment ago: a right was taken away', async () => {
    let isBlind = false
    const { crm, bench, drop, waiting } = await business({
      aroundSource: (object) => ({
        ...object,
        get: async (id, signal) => (isBlind ? null : (object.get?.(id, signal) ?? null)),
      }),
    })
    drop(3)
    isBlind = true
    expect([deletions(await bench.run()), crm.records.size]).toEqual([[0, 1, 0], 20])
    expect(waiting()[0]?.reason.code).toBe('not-confirmed')
    isBlind = false
    expect(deletions(await bench.run())).toEqual([1, 0, 0])
  })

  it('where a page of the list cannot be read', async () => {
    let isBroken = false
    const { crm, bench, drop } = await business({ aroundSource: (object) => breaking(object, () => isBroken) })
    drop(3)
    isBroken = true
    const run = await bench.run()
    expect([run.state, deletions(run), crm.records.size]).toEqual(['failed', [0, 0, 0], 20])
  })

  it('where the run was stopped before it had read everything; the next one does it', async () => {
    const { crm, bench, drop } = await business({ pageSize: 5 })
    drop(19)
    let looks = 0
    const stopped = await bench.run({
      wish: () => (++looks > 2 ? 'stop' : 'none'),
      signal: new AbortController().signal,
    })
    expect([stopped.state, crm.records.size]).toEqual(['interrupted', 20])
    const resumed = await bench.run()
    expect([resumed.state, deletions(resumed)]).toEqual(['finished', [0, 0, 0]])
    expect(deletions(await bench.run())).toEqual([1, 0, 0])
  })
})

describe('a plan', () => {
  it('shows each deletion with what is kept of the record, and writes nothing', async () => {
    const { crm, bench, drop } = await business()
    drop(3)
    const planId = await bench.plan()
    const items = bench.store.plans.items({ planId, afterSeq: 0, limit: 10 })
    expect(items).toMatchObject([{ action: 'delete', sourceId: 's3', before: { name: 'P 3' } }])
    expect([crm.records.size, crm.stats.deletes]).toEqual([20, 0])
    expect([deletions(await bench.apply(planId)), crm.records.size]).toEqual([[1, 0, 0], 19])
  })

  it('does not delete what was there again when it was approved', async () => {
    const { crm, bench, put, drop } = await business()
    drop(3)
    const planId = await bench.plan()
    put(3)
    expect([deletions(await bench.apply(planId)), crm.records.size]).toEqual([[0, 1, 0], 20])
  })
})

/** A list without some of its records; each can still be asked for. */
function hiding(object: ConnectedObject, hidden: ReadonlySet<string>): ConnectedObject {
  return {
    ...object,
    read: async function* (request) {
      for await (const page of object.read?.(request) ?? [])
        yield { ...page, records: page.records.filter(({ externalId }) => !hidden.has(externalId)) }
    },
  }
}

function breaking(object: ConnectedObject, isBroken: () => boolean): ConnectedObject {
  return {
    ...object,
    read: async function* (request) {
      for await (const page of object.read?.(request) ?? []) {
        if (isBroken() && page.next === undefined) throw new Error('the last page is broken')
        yield page
      }
    },
  }
}

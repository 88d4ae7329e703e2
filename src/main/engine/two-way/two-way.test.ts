import { describe, expect, it } from 'vitest'
import { noOutcomes } from '#shared/model/run.ts'
import type { Values } from '#shared/model/value.ts'
import { createMemoryService, type MemoryService } from '#test/support/memory-service.ts'
import { type TwoWayBenchOptions, twoWayBench } from '#test/support/two-way-bench.ts'

function services(options: { readonly now?: () => number } = {}) {
  const list = createMemoryService({ name: 'rows', key: 'Email', ...options })
  const crm = createMemoryService({ name: 'contact', key: 'email', ...options })
  return { list, crm }
}

function bench(parts: Partial<TwoWayBenchOptions> = {}) {
  const { list, crm } = services()
  return { list, crm, ...twoWayBench({ source: list.object, destination: crm.object, ...parts }) }
}

function change(service: MemoryService, id: string, values: Values): void {
  const record = service.records.get(id)
  service.put(id, { ...record?.values, ...values }, String(Number(record?.version ?? '0') + 1))
}

function valuesOf(service: MemoryService): readonly Values[] {
  return [...service.records.values()].map(({ values }) => values)
}

/** Both sides hold Ana, linked. */
async function withAna(parts: Partial<TwoWayBenchOptions> = {}) {
  const all = bench(parts)
  all.list.put('l1', { Email: 'ana@x.example', Name: 'Ana', City: 'Köln' })
  await all.run()
  const [id] = [...all.crm.records.keys()]
  return { ...all, crmId: id ?? '' }
}

describe('an approved two-way plan', () => {
  it('makes on neither side what was made there since', async () => {
    const { list, crm, plan, apply } = bench()
    list.put('l1', { Email: 'ana@x.example', Name: 'Ana' })
    crm.put('c2', { email: 'bo@x.example', name: 'Bo' })
    const planId = await plan()
    crm.put('c1', { email: 'ana@x.example', name: 'Ana' })
    list.put('l2', { Email: 'bo@x.example', Name: 'Bo' })
    const run = await apply(planId)
    expect([run.counts.created, run.counts.held, list.records.size, crm.records.size]).toEqual([0, 2, 2, 2])
  })
})

describe('a two-way integration', () => {
  it('makes on each side what stands on the other only, and writes nothing when it runs again', async () => {
    const { list, crm, run } = bench()
    for (let n = 1; n <= 12; n += 1) list.put(`l${n}`, { Email: `l${n}@x.example`, Name: `L ${n}` })
    for (let n = 1; n <= 11; n += 1) crm.put(`c${n}`, { email: `c${n}@x.example`, name: `C ${n}` })
    const first = await run()
    expect(first).toMatchObject({ state: 'finished', readCount: 23, counts: { ...noOutcomes, created: 23 } })
    expect([list.records.size, crm.records.size]).toEqual([23, 23])
    const second = await run()
    expect(second.counts).toEqual({ ...noOutcomes, unchanged: 23 })
    expect([list.stats.creates, crm.stats.creates, list.stats.updates, crm.stats.updates]).toEqual([11, 12, 0, 0])
  })

  it('links what both sides have already, and never makes a second one', async () => {
    const { list, crm, run } = bench()
    list.put('l1', { Email: ' Ana@X.example', Name: 'Ana', City: 'Köln' })
    crm.put('c1', { email: 'ana@x.example', name: 'Ana', city: 'Köln' })
    const first = await run()
    expect([first.counts, list.records.size, crm.records.size]).toEqual([{ ...noOutcomes, unchanged: 1 }, 1, 1])
  })

  it('takes a change of either side to the other, and both where different fields were changed', async () => {
    const { list, crm, run, crmId } = await withAna()
    change(list, 'l1', { City: 'Bonn' })
    change(crm, crmId, { name: 'Anna' })
    const merged = await run()
    expect(merged.counts).toEqual({ ...noOutcomes, updated: 2 })
    expect(valuesOf(list)).toEqual([{ Email: 'ana@x.example', Name: 'Anna', City: 'Bonn' }])
    expect(valuesOf(crm)).toEqual([{ email: 'ana@x.example', name: 'Anna', city: 'Bonn' }])
    expect((await run()).counts).toEqual({ ...noOutcomes, unchanged: 1 })
  })

  it('holds a conflict, goes on with the other fields, and asks again until it is decided', async () => {
    const { list, crm, run, crmId, store } = await withAna()
    change(list, 'l1', { City: 'Bonn', Name: 'Anna' })
    change(crm, crmId, { city: 'Bern' })
    const first = await run()
    expect(first.counts).toEqual({ ...noOutcomes, updated: 1, held: 1 })
    expect(valuesOf(crm)).toEqual([{ email: 'ana@x.example', name: 'Anna', city: 'Bern' }])
    const held = store.records
      .page({ runId: first.id, afterSeq: 0, limit: 10 })
      .find(({ outcome }) => outcome === 'held')
    expect(held).toMatchObject({ before: { city: 'Bern' }, after: { City: 'Bonn' }, reason: { code: 'conflict' } })
    expect((await run()).counts).toEqual({ ...noOutcomes, held: 1 })
    change(crm, crmId, { city: 'Bonn' })
    expect((await run()).counts).toEqual({ ...noOutcomes, unchanged: 1 })
    expect((await run()).counts).toEqual({ ...noOutcomes, unchanged: 1 })
  })

  it('decides by policy where there is one, and says so', async () => {
    const { list, crm, run, crmId, store } = await withAna({
      rule: ({ name }) => ({ policy: name === 'city' ? 'destination' : 'hold' }),
    })
    change(list, 'l1', { City: 'Bonn' })
    change(crm, crmId, { city: 'Bern' })
    const decided = await run()
    expect(valuesOf(list)).toMatchObject([{ City: 'Bern' }])
    expect(store.records.page({ runId: decided.id, afterSeq: 0, limit: 10 })).toMatchObject([
      { outcome: 'updated', sourceId: crmId, destinationId: 'l1', before: { City: 'Bonn' }, after: { City: 'Bern' } },
    ])
  })

  it('writes what a person decided, once, and leaves out what a person left out', async () => {
    const { list, crm, run, crmId, store } = await withAna()
    change(list, 'l1', { City: 'Bonn' })
    change(crm, crmId, { city: 'Bern' })
    await run()
    const [waiting] = store.decisions.waiting({ limit: 5 })
    expect(waiting).toMatchObject({
      externalId: 'l1',
      conflict: { source: { City: 'Bonn' }, destination: { city: 'Bern' } },
    })
    if (waiting) store.decisions.decide(waiting, 'destination', 'now')
    expect((await run()).counts).toEqual({ ...noOutcomes, updated: 1 })
    expect([valuesOf(list)[0]?.City, store.decisions.countWaiting()]).toEqual(['Bern', 0])

    change(list, 'l1', { City: 'Bonn' })
    change(crm, crmId, { city: 'Basel' })
    expect((await run()).counts).toEqual({ ...noOutcomes, held: 1 })
    if (waiting) store.decisions.decide(waiting, 'skip', 'now')
    change(list, 'l1', { Name: 'Anna' })
    expect((await run()).counts).toEqual({ ...noOutcomes, skipped: 1 })
    expect(valuesOf(crm)).toMatchObject([{ name: 'Ana', city: 'Basel' }])
    if (waiting) store.decisions.withdraw(waiting)
    expect((await run()).counts).toEqual({ ...noOutcomes, updated: 1, held: 1 })
  })

  it('unites lists on both sides', async () => {
    const { list, crm, run, crmId } = await withAna({ rule: () => ({ policy: 'union' }) })
    change(list, 'l1', { Tags: ['a', 'b'] })
    change(crm, crmId, { tags: ['a', 'c'] })
    await run()
    expect([valuesOf(list)[0]?.Tags, valuesOf(crm)[0]?.tags]).toEqual([
      ['a', 'b', 'c'],
      ['a', 'c', 'b'],
    ])
  })

  it('does nothing to a record that only one side may have', async () => {
    const { list, crm, run } = bench({ creates: { atSource: false, atDestination: true } })
    crm.put('c1', { email: 'c@x.example', name: 'C' })
    expect((await run()).counts).toEqual({ ...noOutcomes, skipped: 1 })
    expect(list.records.size).toBe(0)
  })

  it('leaves a record alone that is out of the filter, whichever side changed', async () => {
    const { list, crm, run, crmId } = await withAna({ accepts: ({ City }) => City !== 'Rome' })
    change(list, 'l1', { City: 'Rome', Name: 'Anna' })
    change(crm, crmId, { name: 'Annie', city: 'Bern' })
    expect((await run()).counts).toMatchObject({ updated: 0, held: 0 })
    expect([valuesOf(list), valuesOf(crm)]).toMatchObject([
      [{ Name: 'Anna', City: 'Rome' }],
      [{ name: 'Annie', city: 'Bern' }],
    ])
    change(list, 'l1', { City: 'Köln', Name: 'Ana' })
    expect((await run()).counts).toEqual({ ...noOutcomes, updated: 1 })
    expect(valuesOf(list)).toMatchObject([{ Name: 'Annie', City: 'Bern' }])
  })

  it('does not pair a record with one that was left out, nor with one whose write is still open', async () => {
    let isFaulty = true
    const list = createMemoryService({ name: 'rows', key: 'Email' })
    const crm = createMemoryService({
      name: 'contact',
      createClass: 'N',
      canFind: false,
      fault: () => (isFaulty ? { kind: 'lost' } : undefined),
    })
    const { run, store } = twoWayBench({ source: list.object, destination: crm.object })
    list.put('l1', { Email: 'ana@x.example', Name: 'Ana' })
    expect((await run()).counts).toMatchObject({ held: 1 })
    isFaulty = false
    const second = await run()
    expect([second.counts.created, second.counts.updated, second.counts.held]).toEqual([0, 0, 2])
    expect([list.records.size, crm.records.size]).toEqual([1, 1])
    const waiting = store.decisions.waiting({ limit: 5 }).map(({ externalId, reason }) => [externalId, reason.code])
    expect(waiting).toEqual([
      ['l1', 'write-still-open'],
      ['d1', 'write-still-open'],
    ])
  })

  it('holds the second of two records with the same key, on either side', async () => {
    const { list, crm, run } = bench()
    list.put('l1', { Email: 'ana@x.example', Name: 'Ana' })
    list.put('l2', { Email: 'ANA@x.example', Name: 'Ana again' })
    crm.put('c1', { email: 'bo@x.example', name: 'Bo' })
    crm.put('c2', { email: 'bo@x.example', name: 'Bo again' })
    const { counts } = await run()
    expect(counts).toMatchObject({ created: 2, held: 2 })
    expect([list.stats.creates, crm.stats.creates]).toEqual([1, 1])
  })

  it('reads only what changed once both sides tell it, and everything while a record waits', async () => {
    let nowMs = Date.UTC(2026, 0, 1)
    const now = (): number => nowMs
    const changes = { kind: 'updated-since', granularityMs: 1, lookbackMs: 0 } as const
    const list = createMemoryService({ name: 'rows', key: 'Email', now, changes })
    const crm = createMemoryService({ name: 'contact', key: 'email', now, changes })
    const { run } = twoWayBench({ source: list.object, destination: crm.object, nowMs: now })
    for (let n = 1; n <= 5; n += 1) list.put(`l${n}`, { Email: `l${n}@x.example`, Name: `L ${n}` })
    await run()
    nowMs += 60_000
    await run()
    nowMs += 60_000
    change(crm, 'd2', { name: 'Changed' })
    const third = await run()
    expect([third.readCount, third.counts.updated, list.records.get('l2')?.values.Name]).toEqual([1, 1, 'Changed'])
  })

  it('is planned first: applying the plan does exactly that, and what changed since is refused', async () => {
    const { list, crm, plan, apply, store } = bench()
    for (let n = 1; n <= 3; n += 1) list.put(`l${n}`, { Email: `l${n}@x.example`, Name: `L ${n}` })
    crm.put('c9', { email: 'c9@x.example', name: 'C' })
    const planId = await plan()
    expect([list.stats.requests, crm.stats.requests]).toEqual([0, 0])
    expect(store.plans.get(planId)?.counts).toEqual({ ...noOutcomes, created: 4 })
    const run = await apply(planId)
    expect(run).toMatchObject({ state: 'finished', counts: { ...noOutcomes, created: 4 } })
    expect([list.records.size, crm.records.size]).toEqual([4, 4])
    // The same plan once more: everything was written since.
    expect((await apply(planId)).counts).toMatchObject({ created: 0 })
    expect([list.records.size, crm.records.size]).toEqual([4, 4])
  })

  it('that is stopped half-way goes on without a second record', async () => {
    const { list, crm, run } = bench()
    for (let n = 1; n <= 40; n += 1) list.put(`l${n}`, { Email: `l${n}@x.example`, Name: `L ${n}` })
    for (let n = 1; n <= 40; n += 1) crm.put(`c${n}`, { email: `c${n}@x.example`, name: `C ${n}` })
    let looks = 0
    const signal = new AbortController().signal
    const stopped = await run({ wish: () => (++looks > 4 ? 'stop' : 'none'), signal })
    expect(stopped.state).toBe('interrupted')
    expect((await run()).state).toBe('finished')
    expect([list.records.size, crm.records.size, list.stats.creates, crm.stats.creates]).toEqual([80, 80, 40, 40])
  })
})

import { describe, expect, it } from 'vitest'
import type { UnitChoices } from '#shared/model/decision.ts'
import { noOutcomes } from '#shared/model/run.ts'
import type { Values } from '#shared/model/value.ts'
import { Crash, createFuse } from '#test/simulate/crash.ts'
import { createMemoryService, type MemoryService } from '#test/support/memory-service.ts'
import { tempFolder } from '#test/support/temp-folder.ts'
import { type TwoWayBench, type TwoWayBenchOptions, twoWayBench } from '#test/support/two-way-bench.ts'
import type { JournalStore } from '../ports/sync-store.ts'

function change(service: MemoryService, id: string, values: Values): void {
  const record = service.records.get(id)
  service.put(id, { ...record?.values, ...values }, String(Number(record?.version ?? '0') + 1))
}

function decide({ store }: Pick<TwoWayBench, 'store'>, choices: UnitChoices): void {
  const [waiting] = store.decisions.waiting({ limit: 5 })
  if (!waiting || !store.decisions.decideFields(waiting, choices, 'now')) throw new Error('nothing waits')
}

/** Ana is linked; then both sides get another name and another city, and a run has asked about both. */
async function inConflict(parts: Partial<TwoWayBenchOptions> = {}) {
  const list = createMemoryService({ name: 'rows', key: 'Email' })
  const crm = createMemoryService({ name: 'contact', key: 'email' })
  const bench = twoWayBench({ source: list.object, destination: crm.object, ...parts })
  list.put('l1', { Email: 'ana@x.example', Name: 'Ana', City: 'Köln' })
  await bench.run()
  change(list, 'l1', { Name: 'Anna', City: 'Bonn' })
  change(crm, 'd1', { name: 'Anne', city: 'Bern' })
  expect((await bench.run()).counts).toEqual({ ...noOutcomes, held: 1 })
  const held = (): readonly unknown[] => {
    const [left, right] = [list.records.get('l1')?.values, crm.records.get('d1')?.values]
    return [left?.Name, left?.City, right?.name, right?.city]
  }
  return { ...bench, list, crm, held }
}

const oneOfEach: UnitChoices = { name: { take: 'source' }, city: { take: 'destination' } }

describe('a conflict that waits', () => {
  it('keeps what both had last agreed, what each choice leads to, and the other fields', async () => {
    const { store } = await inConflict()
    const [waiting] = store.decisions.waiting({ limit: 1 })
    expect(waiting?.conflict).toMatchObject({
      source: { Name: 'Anna', City: 'Bonn' },
      destination: { name: 'Anne', city: 'Bern' },
      facts: {
        base: { source: { Name: 'Ana', City: 'Köln' }, destination: { name: 'Ana', city: 'Köln' } },
        units: [
          { name: 'name', ifSource: { name: 'Anna' }, ifDestination: { Name: 'Anne' }, takesOwn: true },
          { name: 'city', takesOwn: true },
        ],
        others: [{ name: 'email', source: { Email: 'ana@x.example' } }, { name: 'tags' }],
      },
    })
  })

  it('has no base where both sides are met for the first time', async () => {
    const list = createMemoryService({ name: 'rows', key: 'Email' })
    const crm = createMemoryService({ name: 'contact', key: 'email' })
    const { run, store } = twoWayBench({ source: list.object, destination: crm.object })
    list.put('l1', { Email: 'ana@x.example', Name: 'Ana' })
    crm.put('d1', { email: 'ana@x.example', name: 'Anna' })
    await run()
    expect(store.decisions.waiting({ limit: 1 })[0]?.conflict?.facts?.base).toBeNull()
  })
})

describe('a decision for each field', () => {
  it('takes one from each side, writes exactly that, and counts once', async () => {
    const bench = await inConflict()
    decide(bench, oneOfEach)
    expect((await bench.run()).counts).toEqual({ ...noOutcomes, updated: 2 })
    expect(bench.held()).toEqual(['Anna', 'Bern', 'Anna', 'Bern'])
    expect([bench.store.decisions.countWaiting(), bench.list.stats.updates, bench.crm.stats.updates]).toEqual([0, 1, 1])
    expect((await bench.run()).counts).toEqual({ ...noOutcomes, unchanged: 1 })
    change(bench.list, 'l1', { Name: 'A', City: 'B' })
    change(bench.crm, 'd1', { name: 'C', city: 'D' })
    expect((await bench.run()).counts).toEqual({ ...noOutcomes, held: 1 })
  })

  it('writes a value of the person’s own to both sides, as the mapping writes it', async () => {
    const bench = await inConflict()
    decide(bench, { name: { take: 'own', value: 'Anna-Lena' }, city: { take: 'own', value: 'Basel' } })
    expect((await bench.run()).counts).toEqual({ ...noOutcomes, updated: 2 })
    expect(bench.held()).toEqual(['Anna-Lena', 'Basel', 'Anna-Lena', 'Basel'])
    expect((await bench.run()).counts).toEqual({ ...noOutcomes, unchanged: 1 })
    expect(bench.store.decisions.ofConflict(bothRoute(bench), 'l1')).toBeUndefined()
  })

  it('says in the run log what was decided', async () => {
    const bench = await inConflict()
    decide(bench, { name: { take: 'source' }, city: { take: 'own', value: 'Basel' } })
    const { id } = await bench.run()
    expect(bench.store.records.page({ runId: id, afterSeq: 0, limit: 5 })[0]?.reason?.message).toBe(
      'Changed on both sides; decided as you said: name (the source counts), city (your own value).',
    )
  })

  it('takes a group as one, and no value of its own for it', async () => {
    const parts = { groups: [{ name: 'who', fields: ['name', 'city'] }] }
    const bench = await inConflict(parts)
    decide(bench, { who: { take: 'own', value: 'Basel' } })
    expect((await bench.run()).counts).toEqual({ ...noOutcomes, held: 1 })
    expect(bench.store.decisions.waiting({ limit: 1 })).toMatchObject([
      { decision: null, reason: { code: 'own-value-refused' }, conflict: { facts: { units: [{ takesOwn: false }] } } },
    ])
    decide(bench, { who: { take: 'destination' } })
    expect((await bench.run()).counts).toEqual({ ...noOutcomes, updated: 1 })
    expect(bench.held()).toEqual(['Anne', 'Bern', 'Anne', 'Bern'])
  })

  it('can be taken back until it is carried out', async () => {
    const bench = await inConflict()
    decide(bench, oneOfEach)
    const [waiting] = bench.store.decisions.waiting({ limit: 1 })
    expect(waiting).toMatchObject({ decision: 'fields', choices: oneOfEach })
    if (waiting) bench.store.decisions.withdraw(waiting)
    expect((await bench.run()).counts).toEqual({ ...noOutcomes, held: 1 })
    expect(bench.held()).toEqual(['Anna', 'Bonn', 'Anne', 'Bern'])
  })
})

describe('a decision about values that one side has changed since', () => {
  it('is not carried out: the field waits again, and the other one goes on', async () => {
    const bench = await inConflict()
    decide(bench, oneOfEach)
    change(bench.list, 'l1', { City: 'Wien' })
    expect((await bench.run()).counts).toEqual({ ...noOutcomes, updated: 1, held: 1 })
    expect(bench.held()).toEqual(['Anna', 'Wien', 'Anna', 'Bern'])
    expect(bench.store.decisions.waiting({ limit: 5 })).toMatchObject([
      { decision: null, conflict: { source: { City: 'Wien' } }, reason: { message: expect.stringContaining('again') } },
    ])
  })

  it('is not carried out where it was made for the whole record', async () => {
    const bench = await inConflict()
    const [waiting] = bench.store.decisions.waiting({ limit: 1 })
    if (waiting) bench.store.decisions.decide(waiting, 'source', 'now')
    change(bench.crm, 'd1', { city: 'Wien', name: 'Anke' })
    expect((await bench.run()).counts).toEqual({ ...noOutcomes, held: 1 })
    expect(bench.held()).toEqual(['Anna', 'Bonn', 'Anke', 'Wien'])
  })

  it('is not carried out with a value of the person’s own', async () => {
    const bench = await inConflict()
    decide(bench, { name: { take: 'own', value: 'Lena' }, city: { take: 'own', value: 'Basel' } })
    change(bench.crm, 'd1', { city: 'Wien' })
    expect((await bench.run()).counts).toEqual({ ...noOutcomes, updated: 2, held: 1 })
    expect(bench.held()).toEqual(['Lena', 'Bonn', 'Lena', 'Wien'])
  })

  it('would overwrite the newer value if nobody kept what was seen: the check finds it', async () => {
    const bench = await inConflict({
      decided: (of) => (route, id) => {
        const decision = of(route, id)
        return decision && { ...decision, seen: null }
      },
    })
    decide(bench, oneOfEach)
    change(bench.list, 'l1', { City: 'Wien' })
    await bench.run()
    expect(bench.held()).toEqual(['Anna', 'Bern', 'Anna', 'Bern'])
  })
})

describe('a kill while a decision is carried out', () => {
  const own: UnitChoices = { name: { take: 'own', value: 'Lena' }, city: { take: 'destination' } }
  const cases = [
    { choices: oneOfEach, expected: ['Anna', 'Bern', 'Anna', 'Bern'] },
    { choices: own, expected: ['Lena', 'Bern', 'Lena', 'Bern'] },
  ]

  it.each(cases)('at any call of the journal loses and doubles nothing: $expected', async ({ choices, expected }) => {
    const ends = await Promise.all(calls.map((call) => killedAt(call, choices)))
    expect(ends).toEqual(ends.map(() => ({ held: expected, waiting: 0, asked: 0 })))
  })

  it('would lose the decision if the first of two writes settled the record: the check finds it', async () => {
    const ends = await Promise.all(calls.map((call) => killedAt(call, oneOfEach, alone)))
    expect(ends.some(({ asked }) => asked > 0)).toBe(true)
  })
})

const calls = Array.from({ length: 14 }, (_, index) => index)

/** Killed at this call, started again until it has finished. `asked`: records that a person had to decide once more. */
async function killedAt(call: number, choices: UnitChoices, broken = (journal: JournalStore) => journal) {
  const folder = tempFolder()
  const fuse = createFuse()
  const parts = { folder, journal: (journal: JournalStore) => fuse.guard(broken(journal)) }
  const bench = await inConflict(parts)
  decide(bench, choices)
  fuse.set(call)
  await bench.run().catch((thrown: unknown) => {
    if (!(thrown instanceof Crash)) throw thrown
  })
  bench.store.close()
  fuse.set(Number.POSITIVE_INFINITY)
  const next = twoWayBench({ source: bench.list.object, destination: bench.crm.object, ...parts })
  next.store.runs.interruptAll()
  const runs = [await next.run(), await next.run()]
  return {
    held: bench.held(),
    waiting: next.store.decisions.countWaiting(),
    asked: Math.max(...runs.map(({ counts }) => counts.held)),
  }
}

/** The defence taken away: a write does not know that the record is written in the other direction too. */
function alone(journal: JournalStore): JournalStore {
  return {
    ...journal,
    recordPage: (route, runId, batch) =>
      journal.recordPage(route, runId, {
        ...batch,
        intents: batch.intents.map(({ facts: { isOneOfTwo: _isOneOfTwo, ...facts }, ...draft }) => ({
          ...draft,
          facts,
        })),
      }),
  }
}

function bothRoute({ store }: Pick<TwoWayBench, 'store'>) {
  return {
    integrationId: 'both',
    integrationVersion: 1,
    sourceStream: store.streams.idOf('list', 'rows'),
    destinationStream: store.streams.idOf('crm', 'contact'),
  }
}

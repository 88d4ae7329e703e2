import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { noOutcomes } from '#shared/model/run.ts'
import { engineBench } from '#test/support/engine-bench.ts'
import { createMemoryService, type Fault } from '#test/support/memory-service.ts'
import { tempFolder } from '#test/support/temp-folder.ts'

function sourceOf(count: number) {
  const source = createMemoryService({ name: 'rows' })
  for (let index = 1; index <= count; index++)
    source.put(`s${index}`, { Email: ` Person${index}@Example.com `, Name: `Person ${index}` })
  return source
}

function recordsOf(bench: ReturnType<typeof engineBench>, runId: string) {
  return bench.store.records.page({ runId, afterSeq: 0, limit: 500 })
}

describe('running an integration', () => {
  it('creates what is missing, updates what differs, and logs every change with before and after', async () => {
    const source = sourceOf(25)
    const crm = createMemoryService({ batchSize: 10 })
    crm.put('old1', { email: 'person1@example.com', name: 'P. One' }, '7')
    const bench = engineBench({ source: source.object, destination: crm.object })
    const run = await bench.run()
    expect(run).toMatchObject({ state: 'finished', readCount: 25, counts: { ...noOutcomes, created: 24, updated: 1 } })
    expect(crm.records.size).toBe(25)
    expect(recordsOf(bench, run.id).find((record) => record.outcome === 'updated')).toMatchObject({
      sourceId: 's1',
      destinationId: 'old1',
      label: 'person1@example.com',
      before: { name: 'P. One' },
      after: { name: 'Person 1' },
    })
  })

  it('writes nothing when it runs again', async () => {
    const source = sourceOf(25)
    const crm = createMemoryService()
    const bench = engineBench({ source: source.object, destination: crm.object })
    await bench.run()
    const requests = crm.stats.requests
    const second = await bench.run()
    expect(second).toMatchObject({ state: 'finished', counts: { ...noOutcomes, unchanged: 25 } })
    expect(crm.stats.requests).toBe(requests)
  })

  it('makes exactly one update of one edited record, sending the changed field only', async () => {
    const source = sourceOf(5)
    const crm = createMemoryService()
    const bench = engineBench({ source: source.object, destination: crm.object })
    await bench.run()
    source.put('s3', { Email: 'person3@example.com', Name: 'Renamed' })
    const run = await bench.run()
    expect(run.counts).toEqual({ ...noOutcomes, unchanged: 4, updated: 1 })
    expect(recordsOf(bench, run.id)).toMatchObject([{ before: { name: 'Person 3' }, after: { name: 'Renamed' } }])
  })

  it('holds a second source record with the same key, and writes neither twice', async () => {
    const source = sourceOf(2)
    source.put('twin', { Email: 'PERSON1@example.com', Name: 'Twin' })
    const crm = createMemoryService()
    const bench = engineBench({ source: source.object, destination: crm.object })
    const first = await bench.run()
    const second = await bench.run()
    expect(first.counts).toEqual({ ...noOutcomes, created: 2, held: 1 })
    expect(second.counts).toEqual({ ...noOutcomes, unchanged: 2, held: 1 })
    expect(recordsOf(bench, second.id)).toMatchObject([{ sourceId: 'twin', reason: { code: 'duplicate-key' } }])
  })

  it('holds a record that several destination records could be', async () => {
    const source = sourceOf(1)
    const crm = createMemoryService()
    crm.put('a', { email: 'person1@example.com', name: 'A' })
    crm.put('b', { email: 'Person1@example.com', name: 'B' })
    const run = await engineBench({ source: source.object, destination: crm.object }).run()
    expect(run.counts).toEqual({ ...noOutcomes, held: 1 })
  })

  it('parks a record with bad data and carries on with the rest', async () => {
    const source = sourceOf(3)
    source.put('bad', { Email: 'nonsense', Name: 'Bad' })
    const crm = createMemoryService()
    const bench = engineBench({ source: source.object, destination: crm.object })
    const run = await bench.run()
    expect(run.counts).toEqual({ ...noOutcomes, created: 3, failed: 1 })
    source.put('bad', { Email: 'good@example.com', Name: 'Good' })
    expect((await bench.run()).counts).toEqual({ ...noOutcomes, unchanged: 3, created: 1 })
  })

  it('links equal records without writing', async () => {
    const source = sourceOf(1)
    const crm = createMemoryService()
    crm.put('a', { email: 'person1@example.com', name: 'Person 1' })
    const run = await engineBench({ source: source.object, destination: crm.object }).run()
    expect([run.counts, crm.stats.requests]).toEqual([{ ...noOutcomes, unchanged: 1 }, 0])
  })

  it('leaves existing records alone when the policy says so', async () => {
    const source = sourceOf(1)
    const crm = createMemoryService()
    crm.put('a', { email: 'person1@example.com', name: 'Keep me' })
    const run = await engineBench({ source: source.object, destination: crm.object, existing: 'skip' }).run()
    expect([run.counts.skipped, crm.records.get('a')?.values.name]).toEqual([1, 'Keep me'])
  })

  it('does not overwrite with emptiness where a row says when-not-empty', async () => {
    const source = createMemoryService({ name: 'rows' })
    source.put('s1', { Email: 'a@example.com', Name: null })
    const crm = createMemoryService()
    crm.put('a', { email: 'a@example.com', name: 'Known' })
    const run = await engineBench({
      source: source.object,
      destination: crm.object,
      rules: { name: 'when-not-empty' },
    }).run()
    expect([run.counts.unchanged, crm.records.get('a')?.values.name]).toEqual([1, 'Known'])
  })
})

describe('uncertain writes', () => {
  const classes = ['K', 'U', 'F', 'S'] as const
  const kinds = ['lost', 'dropped'] as const
  for (const createClass of classes) {
    for (const kind of kinds) {
      it(`come out once, class ${createClass}, answer ${kind}`, async () => {
        const source = sourceOf(30)
        const fault = (_write: unknown, number: number): Fault | undefined =>
          number % 3 === 0 && number < 30 ? { kind } : undefined
        const crm = createMemoryService({ createClass, fault })
        const bench = engineBench({ source: source.object, destination: crm.object })
        const run = await bench.run()
        expect([run.state, run.counts.created, crm.records.size, crm.stats.creates]).toEqual(['finished', 30, 30, 30])
      })
    }
  }

  it('are held, never repeated, where the destination offers nothing (class N)', async () => {
    const source = sourceOf(6)
    const crm = createMemoryService({
      createClass: 'N',
      canFind: false,
      fault: (_write, number) => (number === 2 ? { kind: 'lost' } : undefined),
    })
    const bench = engineBench({ source: source.object, destination: crm.object, match: [] })
    const run = await bench.run()
    expect([run.counts.created, run.counts.held, crm.stats.creates]).toEqual([5, 1, 6])
    const again = await bench.run()
    expect([again.counts.held, crm.stats.creates]).toEqual([1, 6])
  })

  it('interrupts the run when the service stays silent, and finishes it later without a second copy', async () => {
    const folder = tempFolder()
    let isSilent = true
    const source = sourceOf(12)
    const crm = createMemoryService({ canFind: false, fault: () => (isSilent ? { kind: 'lost' } : undefined) })
    const bench = engineBench({ source: source.object, destination: crm.object, folder })
    const first = await bench.run()
    expect(first).toMatchObject({ state: 'interrupted', error: { code: 'writes-uncertain' } })
    isSilent = false
    const second = await bench.run()
    expect([second.id, second.state, second.counts.created, crm.stats.creates]).toEqual([first.id, 'finished', 12, 12])
  })

  /** The request did not arrive, and before it is repeated somebody else makes the record. */
  async function madeByAnother(canFind: boolean) {
    const crm = createMemoryService({
      canFind,
      fault: (_write, number) => {
        if (number > 0) return undefined
        crm.put('other', { email: 'person1@example.com', name: 'Made by another' })
        return { kind: 'dropped' }
      },
    })
    const bench = engineBench({ source: sourceOf(1).object, destination: crm.object })
    return { run: await bench.run(), crm }
  }

  it('of a service with keys are not repeated where somebody else made the record meanwhile', async () => {
    const { run, crm } = await madeByAnother(true)
    expect([run.state, run.counts.updated, crm.records.size]).toEqual(['finished', 1, 1])
  })

  it('would be made a second time by the key alone (twin)', async () => {
    expect((await madeByAnother(false)).crm.records.size).toBe(2)
  })

  it('plans anew when the destination changed meanwhile', async () => {
    const source = sourceOf(1)
    const crm = createMemoryService()
    const bench = engineBench({ source: source.object, destination: crm.object })
    await bench.run()
    crm.put('d1', { email: 'person1@example.com', name: 'Edited there' }, '9')
    source.put('s1', { Email: 'person1@example.com', Name: 'Edited here' })
    const run = await bench.run()
    expect([run.counts.updated, crm.records.get('d1')?.values.name]).toEqual([1, 'Edited here'])
  })
})

describe('trouble with the connection', () => {
  it('stops at once when credentials are refused, keeping the unsent writes for the next run', async () => {
    const source = sourceOf(50)
    let isRefused = true
    const crm = createMemoryService({
      fault: (_write, number) => (isRefused && number >= 10 ? { kind: 'unauthorized' } : undefined),
    })
    const bench = engineBench({ source: source.object, destination: crm.object })
    const first = await bench.run()
    expect(first.error?.code).toBe('unauthorized')
    expect(crm.stats.requests).toBeLessThan(20)
    isRefused = false
    const second = await bench.run()
    expect([second.state, crm.stats.creates, crm.records.size]).toEqual(['finished', 50, 50])
  })

  it('sends again what certainly never left', async () => {
    const source = sourceOf(5)
    const crm = createMemoryService({ fault: (_write, number) => (number < 3 ? { kind: 'refused' } : undefined) })
    const run = await engineBench({ source: source.object, destination: crm.object }).run()
    expect([run.state, run.counts.created, crm.stats.creates]).toEqual(['finished', 5, 5])
  })

  it('pauses between pages and goes on where it stopped', async () => {
    const source = sourceOf(40)
    const crm = createMemoryService()
    const bench = engineBench({ source: source.object, destination: crm.object })
    let looks = 0
    const paused = await bench.run({
      wish: () => (looks++ > 1 ? 'pause' : 'none'),
      signal: new AbortController().signal,
    })
    expect(paused.state).toBe('paused')
    expect(crm.records.size).toBeLessThan(40)
    const done = await bench.run()
    expect([done.id, done.state, done.readCount, crm.stats.creates]).toEqual([paused.id, 'finished', 40, 40])
  })
})

describe('the journal', () => {
  it('never says that a page is read before all of its writes are in it, whatever is booked meanwhile', async () => {
    const source = sourceOf(400)
    const crm = createMemoryService({ batchSize: 1 })
    let recorded = 0
    const tooEarly: number[] = []
    const look = (readCount: number): void => {
      if (readCount > recorded) tooEarly.push(readCount - recorded)
    }
    const bench = engineBench({
      source: source.object,
      destination: crm.object,
      pageSize: 100,
      journal: (journal) => ({
        ...journal,
        recordPage: (route, runId, batch) => {
          recorded += batch.intents.length
          look(batch.progress.readCount)
          return journal.recordPage(route, runId, batch)
        },
        end: (route, runId, ends, progress) => {
          look(progress.readCount)
          journal.end(route, runId, ends, progress)
        },
      }),
    })
    const run = await bench.run()
    expect([run.counts.created, tooEarly]).toEqual([400, []])
  })

  it('ends the run with words when the disk is full, and the next run finishes it without a second copy', async () => {
    const source = sourceOf(60)
    const crm = createMemoryService()
    let isFull = true
    const full = new AppError({
      kind: 'config',
      code: 'disk-full',
      message: 'The disk is full: Patchbay could not save.',
    })
    const bench = engineBench({
      source: source.object,
      destination: crm.object,
      journal: (journal) => ({
        ...journal,
        end: (route, runId, closed, progress) => {
          if (isFull) throw full
          journal.end(route, runId, closed, progress)
        },
      }),
    })
    const first = await bench.run()
    expect([first.state, first.error?.code]).toEqual(['failed', 'disk-full'])
    isFull = false
    const second = await bench.run()
    expect([second.state, second.counts.created, crm.stats.creates, crm.records.size]).toEqual(['finished', 60, 60, 60])
  })
})

describe('reading only what changed', () => {
  it('begins where the last complete read began, with a lookback, and retries failed records', async () => {
    let now = Date.UTC(2026, 0, 1)
    const source = createMemoryService({
      name: 'rows',
      now: () => now,
      changes: { kind: 'updated-since', granularityMs: 1000, lookbackMs: 5000 },
    })
    source.put('s1', { Email: 'a@example.com', Name: 'A' })
    source.put('bad', { Email: 'nonsense', Name: 'B' })
    const crm = createMemoryService()
    const bench = engineBench({ source: source.object, destination: crm.object, nowMs: () => now })
    await bench.run()
    now += 3_600_000
    await bench.run()
    now += 3_600_000
    source.put('s2', { Email: 'c@example.com', Name: 'C' })
    const run = await bench.run()
    expect([run.readCount, run.counts.created, run.counts.failed]).toEqual([2, 1, 1])
  })
})

describe('plans', () => {
  it('freeze what a run would do and send nothing', async () => {
    const source = sourceOf(12)
    const crm = createMemoryService()
    crm.put('old', { email: 'person2@example.com', name: 'Two' })
    const bench = engineBench({ source: source.object, destination: crm.object })
    const planId = await bench.plan()
    expect(bench.store.plans.get(planId)).toMatchObject({
      state: 'ready',
      readCount: 12,
      counts: { ...noOutcomes, created: 11, updated: 1 },
    })
    expect([crm.stats.requests, crm.records.size]).toEqual([0, 1])
    const run = await bench.apply(planId)
    expect(run.counts).toEqual({ ...noOutcomes, created: 11, updated: 1 })
    expect((await bench.run()).counts).toEqual({ ...noOutcomes, unchanged: 12 })
  })

  it('do not make what was made by somebody else since, and the next plan links it', async () => {
    const source = sourceOf(12)
    const crm = createMemoryService()
    const bench = engineBench({ source: source.object, destination: crm.object })
    const planId = await bench.plan()
    crm.put('by-hand', { email: 'Person2@example.com', name: 'Made by hand' })
    const run = await bench.apply(planId)
    expect([run.counts.created, run.counts.held, crm.records.size]).toEqual([11, 1, 12])
    expect(bench.store.decisions.waiting({ limit: 5 })[0]?.reason.code).toBe('plan-stale')
    expect((await bench.run()).counts).toMatchObject({ updated: 1, created: 0, unchanged: 11 })
  })

  it('without a key to look by, it is made (the twin that shows the test can fail)', async () => {
    const source = sourceOf(12)
    const crm = createMemoryService()
    const bench = engineBench({ source: source.object, destination: crm.object, match: [] })
    const planId = await bench.plan()
    crm.put('by-hand', { email: 'person2@example.com', name: 'Made by hand' })
    expect([(await bench.apply(planId)).counts.created, crm.records.size]).toEqual([12, 13])
  })

  it('refuse items whose record was written since', async () => {
    const source = sourceOf(3)
    const crm = createMemoryService()
    const bench = engineBench({ source: source.object, destination: crm.object })
    const planId = await bench.plan()
    await bench.run()
    const run = await bench.apply(planId)
    expect([run.counts.held, run.counts.created, crm.stats.creates]).toEqual([3, 0, 3])
  })
})

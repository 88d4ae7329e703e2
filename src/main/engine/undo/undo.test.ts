import { describe, expect, it } from 'vitest'
import type { ConnectedObject, RemoteRecord } from '#shared/model/connected.ts'
import type { PlanItem } from '#shared/model/plan.ts'
import { type EngineBench, type EngineBenchOptions, engineBench } from '#test/support/engine-bench.ts'
import { createMemoryService, type MemoryServiceOptions } from '#test/support/memory-service.ts'

function business(crmOptions: MemoryServiceOptions = {}, options: Partial<EngineBenchOptions> = {}) {
  const list = createMemoryService({ name: 'rows' })
  const crm = createMemoryService(crmOptions)
  for (let index = 1; index <= 3; index++) list.put(`s${index}`, { Email: `p${index}@example.com`, Name: `P ${index}` })
  const bench = engineBench({ source: list.object, destination: crm.object, ...options })
  const holding = (): readonly unknown[] => [...crm.records.values()].map(({ values }) => values.name)
  return { list, crm, bench, holding }
}

function itemsOf(bench: EngineBench, planId: string): readonly PlanItem[] {
  return bench.store.plans.items({ planId, afterSeq: 0, limit: 100 })
}

const actionsOf = (bench: EngineBench, planId: string): readonly string[] =>
  itemsOf(bench, planId).map(({ action, reason }) => `${action} ${reason?.code}`)

describe('undoing a run', () => {
  it('puts back what it changed and removes what it made', async () => {
    const { list, crm, bench, holding } = business()
    crm.put('old', { email: 'p1@example.com', name: 'Old name', phone: '030' })
    const first = await bench.run()
    expect([first.counts.created, first.counts.updated, holding()]).toEqual([2, 1, ['P 1', 'P 2', 'P 3']])
    const planId = await bench.planUndo(first.id)
    const undone = await bench.apply(planId)
    expect([undone.counts.updated, undone.counts.deleted, undone.counts.held]).toEqual([1, 2, 0])
    expect([...crm.records.values()].map(({ values }) => values)).toEqual([
      { email: 'p1@example.com', name: 'Old name', phone: '030' },
    ])
    expect(list.stats.updates + list.stats.deletes).toBe(0)
  })

  it('is not repeated by the next run, until the source changes', async () => {
    const { list, crm, bench, holding } = business()
    crm.put('old', { email: 'p1@example.com', name: 'Old name' })
    const first = await bench.run()
    await bench.apply(await bench.planUndo(first.id))
    const next = await bench.run()
    expect([next.counts.created, next.counts.updated, holding()]).toEqual([0, 0, ['Old name']])
    list.put('s1', { Email: 'p1@example.com', Name: 'New name' })
    const later = await bench.run()
    expect([later.counts.created, later.counts.updated, holding()]).toEqual([0, 1, ['New name']])
  })

  it('leaves out what was made and removed, where a person finds it and can let it in again', async () => {
    const { bench } = business()
    const first = await bench.run()
    await bench.apply(await bench.planUndo(first.id))
    const { leftOut, withdraw } = bench.store.decisions
    const out = leftOut({ limit: 10 })
    expect(out.map(({ externalId, label }) => [externalId, label])).toEqual([
      ['s1', 'p1@example.com'],
      ['s2', 'p2@example.com'],
      ['s3', 'p3@example.com'],
    ])
    if (out[0]) withdraw(out[0])
    expect((await bench.run()).counts.created).toBe(1)
  })

  it('is met again once it is let in, also where only changes are read', async () => {
    let nowMs = Date.UTC(2026, 0, 1)
    const changes = { kind: 'updated-since', granularityMs: 1, lookbackMs: 0 } as const
    const list = createMemoryService({ changes, now: () => nowMs })
    const crm = createMemoryService()
    list.put('s1', { Email: 'p1@example.com', Name: 'P 1' })
    const bench = engineBench({ source: list.object, destination: crm.object, nowMs: () => nowMs })
    const first = await bench.run()
    await bench.apply(await bench.planUndo(first.id))
    nowMs += 86_400_000
    await bench.run()
    expect((await bench.run()).readCount).toBe(0)
    const [out] = bench.store.decisions.leftOut({ limit: 1 })
    if (out) bench.store.decisions.withdraw(out)
    expect((await bench.run()).counts.created).toBe(1)
  })

  it('does not overwrite what was changed since, unless a person says so', async () => {
    const { crm, bench, holding } = business()
    crm.put('old', { email: 'p1@example.com', name: 'Old name' })
    const first = await bench.run()
    crm.put('old', { email: 'p1@example.com', name: 'Corrected by hand' }, '9')
    crm.put('d1', { email: 'p2@example.com', name: 'P 2', note: 'called on Monday' }, '9')
    const planId = await bench.planUndo(first.id)
    expect(actionsOf(bench, planId)).toEqual(['hold changed-since', 'delete undone', 'hold changed-since'])
    await bench.apply(planId)
    expect(holding()).toEqual(['Corrected by hand', 'P 2'])
    await bench.apply(await bench.planUndo(first.id, true))
    expect(holding()).toEqual(['Old name'])
  })

  it('holds what changed between the plan and its approval', async () => {
    const { crm, bench, holding } = business()
    crm.put('old', { email: 'p1@example.com', name: 'Old name' })
    const first = await bench.run()
    const planId = await bench.planUndo(first.id)
    crm.put('old', { email: 'p1@example.com', name: 'Corrected by hand' }, '9')
    const undone = await bench.apply(planId)
    expect([undone.counts.held, undone.counts.deleted, holding()]).toEqual([1, 2, ['Corrected by hand']])
  })

  it('holds what another run wrote between the plan and its approval', async () => {
    const { list, crm, bench, holding } = business()
    crm.put('old', { email: 'p1@example.com', name: 'Old name' })
    const first = await bench.run()
    const planId = await bench.planUndo(first.id)
    list.put('s1', { Email: 'p1@example.com', Name: 'Newer' })
    await bench.run()
    expect((await bench.apply(planId)).counts.held).toBe(1)
    expect(holding()).toEqual(['Newer'])
  })

  it('takes a record that was written by two runs back to where the undone one began, where nothing newer is lost', async () => {
    const { list, crm, bench, holding } = business()
    crm.put('old', { email: 'p1@example.com', name: 'Old name' })
    await bench.run()
    list.put('s1', { Email: 'p1@example.com', Name: 'Second' })
    const second = await bench.run()
    await bench.apply(await bench.planUndo(second.id))
    expect(holding()[0]).toBe('P 1')
  })

  it('says of each record why it cannot be taken back', async () => {
    const { crm, bench } = business({ canDelete: false })
    crm.put('old', { email: 'p1@example.com', name: 'Old name' })
    const first = await bench.run()
    crm.drop('old')
    const planId = await bench.planUndo(first.id)
    expect(actionsOf(bench, planId)).toEqual(['hold cannot-delete', 'hold cannot-delete', 'hold destination-gone'])
  })

  it('does not remove what may have been there before: a service that changes instead of making', async () => {
    const { crm, bench } = business({ createClass: 'U' }, { match: [] })
    const first = await bench.run()
    const planId = await bench.planUndo(first.id)
    expect(new Set(actionsOf(bench, planId))).toEqual(new Set(['hold may-have-existed']))
    await bench.apply(planId)
    expect(crm.records.size).toBe(3)
  })

  it('finds nothing left to take back the second time', async () => {
    const { bench } = business()
    const first = await bench.run()
    await bench.apply(await bench.planUndo(first.id))
    expect(itemsOf(bench, await bench.planUndo(first.id))).toEqual([])
  })

  it('can be undone itself: what was removed is made again, and stays left out of the next run', async () => {
    const { crm, bench, holding } = business()
    crm.put('old', { email: 'p1@example.com', name: 'Old name' })
    const first = await bench.run()
    const undone = await bench.apply(await bench.planUndo(first.id))
    const again = await bench.apply(await bench.planUndo(undone.id))
    expect([again.counts.created, again.counts.updated, [...holding()].sort()]).toEqual([2, 1, ['P 1', 'P 2', 'P 3']])
    expect((await bench.run()).counts).toMatchObject({ created: 0, updated: 0 })
    expect(itemsOf(bench, await bench.planUndo(undone.id))).toEqual([])
  })

  it('goes on after a stop in the middle of a page without doing anything twice', async () => {
    const { list, crm, bench } = business()
    for (let index = 4; index <= 90; index++)
      list.put(`s${index}`, { Email: `p${index}@example.com`, Name: `P ${index}` })
    const first = await bench.run()
    const planId = await bench.planUndo(first.id)
    const stop = new AbortController()
    const isHalf = (): boolean => crm.stats.deletes > 40
    const stopping = setInterval(() => isHalf() && stop.abort(), 0)
    const stopped = await bench.apply(planId, { wish: () => 'none', signal: stop.signal })
    clearInterval(stopping)
    const done = await bench.apply(planId)
    expect([stopped.state, done.state]).toEqual(['interrupted', 'finished'])
    expect([done.counts.deleted, done.counts.held, crm.stats.deletes, crm.records.size]).toEqual([90, 0, 90, 0])
  })
})

describe('the look just before a write', () => {
  /** The service names no versions, and what is asked for by its id is answered from a copy made at planning. */
  function withStaleCopy(isStale: boolean) {
    const crm = createMemoryService()
    const list = createMemoryService({ name: 'rows' })
    list.put('s1', { Email: 'p1@example.com', Name: 'P 1' })
    crm.put('old', { email: 'p1@example.com', name: 'Old name' })
    let copy: RemoteRecord | null = null
    const versionless = (record: RemoteRecord | undefined): RemoteRecord | null =>
      record ? { externalId: record.externalId, values: record.values } : null
    const destination: ConnectedObject = {
      ...crm.object,
      get: async (externalId) => {
        copy ??= versionless(crm.records.get(externalId))
        return isStale ? copy : versionless(crm.records.get(externalId))
      },
    }
    return { crm, bench: engineBench({ source: list.object, destination }) }
  }

  async function undoUnderEdit(isStale: boolean): Promise<unknown> {
    const { crm, bench } = withStaleCopy(isStale)
    const first = await bench.run()
    const planId = await bench.planUndo(first.id)
    crm.put('old', { email: 'p1@example.com', name: 'Corrected by hand' })
    await bench.apply(planId)
    return crm.records.get('old')?.values.name
  }

  it('keeps what was changed after the plan, also where the service knows no versions', async () => {
    expect(await undoUnderEdit(false)).toBe('Corrected by hand')
  })

  it('is what keeps it: a look at a stale copy would overwrite the correction', async () => {
    expect(await undoUnderEdit(true)).toBe('Old name')
  })
})

import { describe, expect, it } from 'vitest'
import { createMemoryService } from '#test/support/memory-service.ts'
import { twoWayBench } from '#test/support/two-way-bench.ts'

function linkedPair() {
  const list = createMemoryService({ name: 'rows', key: 'Email' })
  const crm = createMemoryService({ name: 'contact', key: 'email' })
  list.put('l1', { Email: 'ana@x.example', Name: 'Ana', City: 'Köln' })
  crm.put('c1', { email: 'ana@x.example', name: 'Ana', city: 'Köln' })
  return { list, crm, bench: twoWayBench({ source: list.object, destination: crm.object }) }
}

describe('undoing a run both ways', () => {
  it('takes back what was written into each side, and leaves what people wrote', async () => {
    const { list, crm, bench } = linkedPair()
    await bench.run()
    list.put('l1', { Email: 'ana@x.example', Name: 'Ana', City: 'Bonn' }, '2')
    crm.put('c1', { email: 'ana@x.example', name: 'Anna', city: 'Köln' }, '2')
    const run = await bench.run()
    expect([list.records.get('l1')?.values.Name, crm.records.get('c1')?.values.city]).toEqual(['Anna', 'Bonn'])
    const undone = await bench.apply(await bench.planUndo(run.id))
    expect([undone.counts.updated, undone.counts.held]).toEqual([2, 0])
    expect(list.records.get('l1')?.values).toEqual({ Email: 'ana@x.example', Name: 'Ana', City: 'Bonn' })
    expect(crm.records.get('c1')?.values).toEqual({ email: 'ana@x.example', name: 'Anna', city: 'Köln' })
  })

  it('is not carried to the other side by the next run, and a later edit is', async () => {
    const { list, crm, bench } = linkedPair()
    await bench.run()
    list.put('l1', { Email: 'ana@x.example', Name: 'Ana', City: 'Bonn' }, '2')
    const run = await bench.run()
    await bench.apply(await bench.planUndo(run.id))
    const next = await bench.run()
    expect([next.counts.updated, list.records.get('l1')?.values.City, crm.records.get('c1')?.values.city]).toEqual([
      0,
      'Bonn',
      'Köln',
    ])
    crm.put('c1', { email: 'ana@x.example', name: 'Ana', city: 'Ulm' }, '9')
    await bench.run()
    expect(list.records.get('l1')?.values.City).toBe('Ulm')
  })

  it('removes what it made on either side; the next run makes nothing again', async () => {
    const { list, crm, bench } = linkedPair()
    list.put('l2', { Email: 'bo@x.example', Name: 'Bo', City: 'Ulm' })
    crm.put('c2', { email: 'cy@x.example', name: 'Cy', city: 'Jena' })
    const run = await bench.run()
    expect([list.records.size, crm.records.size]).toEqual([3, 3])
    const undone = await bench.apply(await bench.planUndo(run.id))
    expect([undone.counts.deleted, list.records.size, crm.records.size]).toEqual([2, 2, 2])
    const next = await bench.run()
    expect([next.counts.created, list.records.size, crm.records.size]).toEqual([0, 2, 2])
  })
})

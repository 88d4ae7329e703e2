/** Records that a list gives twice while it shifts: the second time their first write may still be under way. */
import { describe, expect, it } from 'vitest'
import type { ConnectedObject, ReadPage, RemoteRecord } from '#shared/model/connected.ts'
import { noOutcomes } from '#shared/model/run.ts'
import { engineBench } from '#test/support/engine-bench.ts'
import { createMemoryService } from '#test/support/memory-service.ts'

function record(number: number, name = `Person ${number}`): RemoteRecord {
  return { externalId: `s${number}`, values: { Email: `p${number}@example.com`, Name: name } }
}

/** A source of these pages. Writes are answered only when the last page has been read, as by a slow service. */
function slowly(pages: readonly (readonly RemoteRecord[])[]) {
  const source = createMemoryService({ name: 'rows' })
  const crm = createMemoryService()
  let allRead: () => void = () => undefined
  const isAllRead = new Promise<void>((resolve) => {
    allRead = resolve
  })
  const open: boolean[] = []
  async function* read(): AsyncGenerator<ReadPage> {
    for (const [index, records] of pages.entries()) {
      if (index === pages.length - 1) setTimeout(allRead, 20)
      yield { records, ...(index < pages.length - 1 && { next: String(index + 1) }) }
    }
  }
  const destination: ConnectedObject = {
    ...crm.object,
    send: async (writes, signal) => {
      await isAllRead
      open.push(bench.store.journal.hasOpenIntent(bench.job.plan.route, 's1'))
      return (await crm.object.send?.(writes, signal)) ?? []
    },
  }
  const bench = engineBench({ source: { ...source.object, read }, destination })
  return { bench, crm, open }
}

describe('a record that is read twice in one run', () => {
  it('is written once and asks nobody, also while its write is still open', async () => {
    const { bench, crm, open } = slowly([
      [record(1), record(2)],
      [record(2), record(1), record(3)],
    ])
    const run = await bench.run()
    // Without waiting for it, the second one would have met the open write and been held.
    expect(open[0]).toBe(true)
    expect(run).toMatchObject({ state: 'finished', counts: { ...noOutcomes, created: 3, unchanged: 2 } })
    expect(crm.stats).toMatchObject({ creates: 3, updates: 0 })
    expect(bench.store.journal.failedRecords(bench.job.plan.route, '9999', 10)).toEqual([])
  })

  it('and was edited in between is written as it was read last', async () => {
    const { bench, crm } = slowly([[record(1)], [record(1, 'Renamed')]])
    const run = await bench.run()
    expect(run.counts).toEqual({ ...noOutcomes, created: 1, updated: 1 })
    expect([...crm.records.values()].map(({ values }) => values.name)).toEqual(['Renamed'])
  })

  it('is still a question where its write waits for a person', async () => {
    const source = createMemoryService({ name: 'rows' })
    source.put('s1', record(1).values)
    const crm = createMemoryService({ createClass: 'N', canFind: false, fault: () => ({ kind: 'lost' }) })
    const bench = engineBench({ source: source.object, destination: crm.object, match: [] })
    await bench.run()
    const again = await bench.run()
    expect([again.counts.held, crm.stats.creates]).toEqual([1, 1])
  })
})

import { describe, expect, it } from 'vitest'
import { engineBench } from '#test/support/engine-bench.ts'
import { createMemoryService, type MemoryServiceOptions } from '#test/support/memory-service.ts'

/** 100 records in batches of 100, with one that the service refuses together with its whole request. */
async function runWithPoison(options: MemoryServiceOptions = {}) {
  const source = createMemoryService({ name: 'rows' })
  for (let index = 1; index <= 100; index++)
    source.put(`s${index}`, { Email: `p${index}@example.com`, Name: index === 37 ? 'poison' : 'fine' })
  const crm = createMemoryService({ batchSize: 100, isPoison: ({ name }) => name === 'poison', ...options })
  const bench = engineBench({ source: source.object, destination: crm.object, pageSize: 100 })
  return { run: await bench.run(), crm, bench }
}

describe('a batch that is refused as a whole', () => {
  it('is halved until the record at fault stands alone; all others are written', async () => {
    const { run, crm, bench } = await runWithPoison()
    expect([run.state, run.counts.created, run.counts.failed, crm.stats.creates]).toEqual(['finished', 99, 1, 99])
    expect(bench.store.decisions.waiting({ limit: 5 }).map(({ externalId }) => externalId)).toEqual(['s37'])
    // Two for each halving of 100, and the first.
    expect(crm.stats.requests).toBeLessThanOrEqual(1 + 2 * Math.ceil(Math.log2(100)))
  })

  it('takes all of its records with it where the halves are not sent (twin)', async () => {
    const { run } = await runWithPoison({ tellsWhole: false })
    expect([run.counts.created, run.counts.failed]).toEqual([0, 100])
  })
})

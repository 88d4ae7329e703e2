import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { type CoreBench, coreBench } from '#test/support/core-bench.ts'

async function approved(bench: CoreBench, ids: readonly string[]) {
  const runs = []
  for (const id of ids) runs.push(await bench.approve((await bench.plan(id)).id))
  return runs
}

const written = ({ counts }: { counts: { created: number; updated: number } }): number =>
  counts.created + counts.updated

describe('the sets of the sample business', () => {
  it('bring new orders to three places, each with its own failures, and lead to nothing when they run again', async () => {
    const bench = await coreBench()
    await bench.call('practice.start', {})
    const legs = ['orders-to-database', 'orders-to-books', 'orders-to-list']
    const [database, books, list] = await approved(bench, legs)
    const db = new Database(join(bench.dataFolder, 'practice', 'files', 'customers.db'), { readonly: true })
    const orders = db.prepare('select count(*) from orders').pluck().get()
    db.close()
    // Every order is kept; two have no usable address and fail in the books. Neither asked for news: the list skips them.
    expect([database?.state, database?.counts, orders]).toMatchObject(['finished', { created: 60, failed: 0 }, 60])
    expect([books?.state, books?.counts.failed]).toEqual(['finished', 2])
    expect([list?.state, list?.counts.failed]).toEqual(['finished', 0])
    expect(written(books ?? { counts: { created: 0, updated: 0 } })).toBeGreaterThan(20)
    for (const id of legs) expect([id, written(await bench.run(id))]).toEqual([id, 0])
  }, 60_000)

  it('bring leads together from two sources, in one contact each, and neither overwrites the other', async () => {
    const bench = await coreBench()
    await bench.call('practice.start', {})
    const legs = ['fair-leads-to-crm', 'readers-to-crm']
    await approved(bench, legs)
    for (const id of [...legs, ...legs]) expect([id, written(await bench.run(id))]).toEqual([id, 0])
    const { integrations } = await bench.call('integrations.list', {})
    const own = integrations.filter(({ legOf }) => legOf?.set === 'leads')
    expect(own.map(({ id }) => id)).toEqual(legs)
  }, 60_000)
})

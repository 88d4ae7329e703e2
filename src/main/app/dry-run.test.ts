import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { type CoreBench, coreBench } from '#test/support/core-bench.ts'
import { silenceProxy } from '#test/support/services/silence-proxy.ts'

/** What a plan may change: itself. */
const mayChange = ['plan', 'plan_item']

/** Every row of every other table, as text. */
function dumpOf({ dataFolder }: CoreBench): Readonly<Record<string, readonly string[]>> {
  const db = new Database(join(dataFolder, 'patchbay.db'), { readonly: true })
  const tables = db
    .prepare<[], string>(`select name from sqlite_schema where type = 'table' order by name`)
    .pluck()
    .all()
    .filter((name) => !mayChange.includes(name))
  const rowsOf = (table: string): string[] =>
    db
      .prepare<[], object>(`select * from "${table}"`)
      .all()
      .map((row) => JSON.stringify(row))
      .sort()
  const dump = Object.fromEntries(tables.map((table) => [table, rowsOf(table)]))
  db.close()
  return dump
}

async function sampleBusiness(): Promise<CoreBench> {
  const bench = await coreBench()
  await bench.call('practice.start', {})
  return bench
}

const integrations = ['customers-to-crm', 'books-and-crm', 'orders-to-database', 'readers-to-crm'] as const

describe('a dry run', () => {
  it.each(integrations)(
    'of %s changes nothing but its plan, the first time and after a run',
    async (id) => {
      const bench = await sampleBusiness()
      // The first look at a service numbers its objects.
      await bench.call('plans.discard', { planId: (await bench.plan(id)).id })
      const before = dumpOf(bench)
      const { id: planId } = await bench.plan(id)
      expect(dumpOf(bench)).toEqual(before)
      await bench.approve(planId)
      await bench.run(id)
      const after = dumpOf(bench)
      expect(after).not.toEqual(before)
      await bench.plan(id)
      expect(dumpOf(bench)).toEqual(after)
    },
    60_000,
  )

  it('to undo a run changes nothing but its plan either', async () => {
    const bench = await sampleBusiness()
    const run = await bench.approve((await bench.plan('orders-to-database')).id)
    const before = dumpOf(bench)
    const { planId } = await bench.call('runs.plan-undo', { runId: run.id })
    while ((await bench.call('plans.get', { planId })).state === 'making')
      await new Promise((resolve) => setTimeout(resolve, 20))
    expect(dumpOf(bench)).toEqual(before)
  }, 60_000)

  it('sends nothing but reads', async () => {
    const bench = await sampleBusiness()
    const { services } = await bench.call('practice.start', {})
    const address = services.find(({ id }) => id === 'practice-crm')?.address ?? ''
    const proxy = await silenceProxy(address)
    const { text } = await bench.call('definitions.export', {})
    await bench.call('definitions.import', { text: text.replaceAll(address, proxy.baseUrl), fileName: 'proxied.yaml' })
    for (const id of ['customers-to-crm', 'books-and-crm'] as const) expect((await bench.plan(id)).state).toBe('ready')
    const { requests, methods } = proxy.counts()
    expect([requests > 0, methods]).toEqual([true, ['GET']])
  }, 60_000)
})

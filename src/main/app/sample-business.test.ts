import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sampleTruth } from '#main/practice/sample/sample-truth.ts'
import { noOutcomes } from '#shared/model/run.ts'
import { type CoreBench, coreBench } from '#test/support/core-bench.ts'

async function reasonsOf(bench: CoreBench, runId: string): Promise<Record<string, number>> {
  const reasons: Record<string, number> = {}
  for (const outcome of ['held', 'failed'] as const) {
    const { records } = await bench.call('runs.records', { runId, outcome, limit: 500 })
    for (const { reason } of records)
      reasons[`${outcome} ${reason?.code}`] = (reasons[`${outcome} ${reason?.code}`] ?? 0) + 1
  }
  return reasons
}

describe('the sample business', () => {
  it('goes from an ugly customer list into the CRM: planned, run, run again without a write, one edit makes one update', async () => {
    const bench = await coreBench()
    const { folder } = await bench.call('practice.start', {})
    const plan = await bench.plan('customers-to-crm')
    expect(plan.counts).toEqual({ ...noOutcomes, created: 450, updated: 150, held: 22, failed: 21 })
    expect(plan.readCount).toBe(sampleTruth().rows)

    const run = await bench.approve(plan.id)
    expect([run.state, run.counts]).toEqual(['finished', plan.counts])
    expect(await reasonsOf(bench, run.id)).toEqual({
      'held duplicate-key': 22,
      'failed id-duplicate': 6,
      'failed not-an-email': 12,
      'failed impossible-date': 3,
    })

    const second = await bench.run('customers-to-crm')
    expect(second.counts).toEqual({ ...noOutcomes, unchanged: 600, held: 22, failed: 21 })

    const file = join(folder, 'customers.csv')
    writeFileSync(file, readFileSync(file, 'utf8').replace('16277.89;GBP;', '16277.89;GBP;prefers decaf'))
    const third = await bench.run('customers-to-crm')
    expect(third.counts).toEqual({ ...noOutcomes, unchanged: 599, updated: 1, held: 22, failed: 21 })
    const [updated] = (await bench.call('runs.records', { runId: third.id, outcome: 'updated' })).records
    expect(updated).toMatchObject({
      label: 'quentin.green@mail.example',
      before: { notes: '' },
      after: { notes: 'prefers decaf' },
    })
  }, 60_000)

  it('goes from the CRM over HTTP into a database, and a second run writes nothing', async () => {
    const bench = await coreBench()
    await bench.call('practice.start', {})
    const plan = await bench.plan('crm-to-database')
    const run = await bench.approve(plan.id)
    const second = await bench.run('crm-to-database')
    expect([run.counts, second.counts]).toEqual([
      { ...noOutcomes, created: sampleTruth().crm.contacts },
      { ...noOutcomes, unchanged: sampleTruth().crm.contacts },
    ])
  }, 60_000)
})

/** A new schedule is a new version, but the same work: no new plan, no new approval, no second look at any record. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { type CoreBench, coreBench } from '#test/support/core-bench.ts'
import { saveBusiness } from '#test/support/scheduled-business.ts'

async function prepared() {
  const bench = await coreBench()
  await saveBusiness(bench)
  return { bench, save: (integration: object) => saveBusiness(bench, integration) }
}

const weekdays = { schedule: { every: 'weekday', at: '18:00' } }
const onlyAna = { filter: { field: 'Name', equals: 'Ana' } }

async function versionOf(bench: CoreBench) {
  const [integration] = (await bench.call('integrations.list', {})).integrations
  return integration
}

describe('a change of the schedule only', () => {
  it('leaves a plan as it is: it can still be approved', async () => {
    const { bench, save } = await prepared()
    const plan = await bench.plan('customers')
    expect(await save(weekdays)).toBe(2)
    const integration = await versionOf(bench)
    expect([integration?.version, integration?.lastPlan?.integrationVersion, plan.integrationVersion]).toEqual([
      2, 2, 1,
    ])
    const { plans } = await bench.call('plans.list', { integrationId: 'customers' })
    expect(plans.map((one) => one.integrationVersion)).toEqual([2])
    expect((await bench.call('plans.get', { planId: plan.id })).integrationVersion).toBe(2)
    expect((await bench.approve(plan.id)).counts.created).toBe(2)
  })

  it('keeps the approval, and every record counts as unchanged', async () => {
    const { bench, save } = await prepared()
    await bench.approve((await bench.plan('customers')).id)
    await save(weekdays)
    expect((await versionOf(bench))?.isApproved).toBe(true)
    const run = await bench.run('customers')
    expect([run.integrationVersion, run.counts.unchanged, run.counts.updated]).toEqual([1, 2, 0])
    const db = new Database(join(bench.dataFolder, 'patchbay.db'), { readonly: true })
    // Agreements of version 1 hold: records were told by their hash, not planned again.
    expect(db.prepare('select distinct mapping_version from agreement').pluck().all()).toEqual([1])
    db.close()
  })

  it('lets the next start take up a run that was cut off; a change of the work does not', async () => {
    const { bench, save } = await prepared()
    const first = await bench.approve((await bench.plan('customers')).id)
    const cutOff = (): void => {
      const db = new Database(join(bench.dataFolder, 'patchbay.db'))
      db.exec(`update run set state = 'interrupted' where number = (select max(number) from run)`)
      db.close()
    }
    cutOff()
    await save(weekdays)
    expect((await bench.run('customers')).id).toBe(first.id)
    cutOff()
    await save({ ...weekdays, ...onlyAna })
    await expect(bench.run('customers')).rejects.toMatchObject({ code: 'plan-first' })
    expect((await bench.approve((await bench.plan('customers')).id)).id).not.toBe(first.id)
  })

  it('differs from a change of the work, which outdates the plan', async () => {
    const { bench, save } = await prepared()
    const plan = await bench.plan('customers')
    await save({ ...weekdays, ...onlyAna })
    expect((await versionOf(bench))?.lastPlan?.integrationVersion).toBe(1)
    await expect(bench.call('plans.approve', { planId: plan.id })).rejects.toMatchObject({ code: 'plan-outdated' })
  })

  it('together with an older change stays outdated, however often the schedule changes after it', async () => {
    const { bench, save } = await prepared()
    const plan = await bench.plan('customers')
    await save(onlyAna)
    await save({ ...onlyAna, ...weekdays })
    await save({ ...onlyAna, schedule: { everyMinutes: 5 } })
    await expect(bench.call('plans.approve', { planId: plan.id })).rejects.toMatchObject({ code: 'plan-outdated' })
    const next = await bench.plan('customers')
    await save(onlyAna)
    expect((await bench.approve(next.id)).counts.created).toBe(1)
  })
})

describe('a run', () => {
  it('says what started it', async () => {
    const { bench } = await prepared()
    await bench.approve((await bench.plan('customers')).id)
    await bench.call('runs.start', { integrationId: 'customers', trigger: 'command-line' })
    const { runs } = await bench.call('runs.list', {})
    expect(runs.map((run) => run.trigger)).toEqual(['command-line', 'by-hand'])
  })
})

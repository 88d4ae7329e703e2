/** Due times that start real runs: the whole core, on a clock that stands shortly before six. */
import { describe, expect, it } from 'vitest'
import { type CoreBench, coreBench } from '#test/support/core-bench.ts'
import { fastClock } from '#test/support/fast-clock.ts'
import { saveBusiness } from '#test/support/scheduled-business.ts'

const integrationId = 'customers'
const schedule = { every: 'day', at: '18:00', zone: 'UTC' }

async function shortlyBefore(more: { isScheduling?: boolean } = {}): Promise<CoreBench> {
  const bench = await coreBench({ clock: fastClock('2026-11-26T17:59:59.000Z'), zone: () => 'UTC', ...more })
  await saveBusiness(bench)
  await bench.approve((await bench.plan(integrationId)).id)
  await bench.call('schedules.set', { integrationId, schedule })
  return bench
}

const slotsOf = async ({ call }: CoreBench) => (await call('schedules.slots', { integrationId })).slots
const outcomesOf = async (bench: CoreBench) => (await slotsOf(bench)).map((slot) => `${slot.due.time} ${slot.outcome}`)
const soon = { timeout: 6_000, interval: 20 }

async function afterSix(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1_500))
}

describe('a due time', () => {
  it('starts a run, which says what started it, and is kept with it', async () => {
    const bench = await shortlyBefore()
    await expect.poll(async () => (await slotsOf(bench))[0]?.runState, soon).toBe('finished')
    const [run] = (await bench.call('runs.list', {})).runs
    expect([run?.trigger, run?.counts.unchanged]).toEqual(['schedule', 2])
    expect((await bench.call('runs.get', { runId: run?.id ?? '' })).trigger).toBe('schedule')
    const [slot, ...others] = await slotsOf(bench)
    expect([slot, others]).toMatchObject([
      { runId: run?.id, trigger: 'schedule', outcome: 'ran', sentence: 'Ran.', attempts: 1, reason: null },
      [],
    ])
    expect((await bench.call('schedules.list', {})).schedules[0]).toMatchObject({
      lastSlot: { outcome: 'ran' },
      nextDue: { date: '2026-11-27' },
    })
  })

  it('runs nothing whose work was changed since its plan was approved, and says so', async () => {
    const bench = await shortlyBefore()
    await saveBusiness(bench, { schedule, filter: { field: 'Name', equals: 'Ana' } })
    await expect.poll(() => outcomesOf(bench), soon).toEqual(['18:00 failed'])
    const [slot] = await slotsOf(bench)
    expect([slot?.reason?.code, slot?.sentence]).toEqual(['plan-first', expect.stringContaining('was changed since')])
    expect((await bench.call('runs.list', {})).runs).toHaveLength(1)
  })

  it('starts nothing for an integration that was removed; what it did before stays', async () => {
    const bench = await shortlyBefore()
    await bench.call('integrations.remove', { integrationId })
    await afterSix()
    expect((await bench.call('runs.list', {})).runs).toHaveLength(1)
    expect((await bench.call('schedules.list', {})).schedules).toEqual([])
    // Saved anew under the same id it is not due for what came before.
    await saveBusiness(bench, { schedule })
    expect(await outcomesOf(bench)).toEqual([])
  })

  it('waits while the computer is about to sleep, and is caught up when it is awake', async () => {
    const bench = await shortlyBefore()
    bench.core.onPower('suspend')
    await afterSix()
    expect(await outcomesOf(bench)).toEqual([])
    bench.core.onPower('resume')
    await expect.poll(() => outcomesOf(bench), soon).toMatchObject([expect.stringMatching(/^18:00 (ran|waiting)$/)])
  })

  it('starts nothing in a single command', async () => {
    const bench = await shortlyBefore({ isScheduling: false })
    await afterSix()
    expect([await outcomesOf(bench), (await bench.call('runs.list', {})).runs.length]).toEqual([[], 1])
  })
})

/** Each defence taken away: what the other tests of the scheduler hold would not hold then. */
import { describe, expect, it } from 'vitest'
import { at18, benchOf, day, hour, minute, quarter, second } from '#test/support/scheduler-bench.ts'

describe('twins that show that the tests of the scheduler can fail', () => {
  it('without a look at what is still going, two runs overlap', async () => {
    const b = benchOf(quarter, '2026-11-26T12:00Z', { isNeverBusy: true })
    b.behaviour.runMs = 20 * minute
    await b.clock.advance(hour)
    expect(b.history()).toEqual(['12:15 ran poll', '12:30 ran poll', '12:45 ran poll', '13:00 ran poll'])
  })

  it('without a pause that is saved, a restart ends it', async () => {
    const b = benchOf(at18, '2026-11-26T12:00Z', { store: (store) => ({ ...store, pause: () => undefined }) })
    await b.clock.advance(minute)
    b.scheduler().pause('a')
    await b.restart(second)
    await b.clock.advance(day)
    expect(b.history()).toEqual(['18:00 ran schedule'])
  })

  it('without a pause of all that is saved, a restart ends it', async () => {
    const b = benchOf(at18, '2026-11-26T12:00Z', { store: (store) => ({ ...store, pauseAll: () => undefined }) })
    await b.clock.advance(minute)
    b.scheduler().pauseAll()
    await b.restart(second)
    await b.clock.advance(day)
    expect(b.history()).toEqual(['18:00 ran schedule'])
  })

  it('without heed to an announced sleep, a run starts into it', async () => {
    const b = benchOf(at18, '2026-11-26T17:59:30Z', { times: { suspendMs: 0 } })
    await b.clock.advance(second)
    b.scheduler().onSuspend()
    await b.clock.advance(45 * second)
    expect(b.started).toHaveLength(1)
  })

  it('without the removal of its state, an integration that is gone still has due times to come', async () => {
    const b = benchOf(at18, '2026-11-26T12:00Z', { store: (store) => ({ ...store, remove: () => undefined }) })
    await b.clock.advance(minute)
    delete b.schedules.a
    b.scheduler().refresh()
    expect(b.store.states()).toHaveLength(1)
  })

  it('without a record of what is about to start, a kill loses the run', async () => {
    const b = benchOf(at18, '2026-11-26T17:59Z', { store: (store) => ({ ...store, waiting: () => [] }) })
    await b.clock.advance(2 * minute)
    await b.kill(minute)
    await b.clock.advance(hour)
    expect([b.history(), b.started]).toEqual([['18:00 waiting schedule'], []])
  })
})

/** Pauses, and schedules that change while it runs. */
import { describe, expect, it } from 'vitest'
import type { Schedule } from '#shared/schedule/schedule-schema.ts'
import { at18, benchOf, day, hour, minute, quarter, schedulerBench, second } from '#test/support/scheduler-bench.ts'

describe('a pause', () => {
  it('records what comes due in it, and catches nothing up', async () => {
    const b = benchOf(at18, '2026-11-26T12:00Z')
    await b.clock.advance(minute)
    b.scheduler().pause('a')
    await b.clock.advance(2 * day)
    b.scheduler().resume('a')
    await b.clock.advance(day)
    expect(b.history()).toEqual(['18:00 paused schedule', '18:00 paused schedule', '18:00 ran schedule'])
    expect(b.started).toHaveLength(1)
  })

  it('survives restarts and sleep, and a resume while the app was off starts nothing either', async () => {
    const b = benchOf(at18, '2026-11-26T12:00Z')
    await b.clock.advance(minute)
    b.scheduler().pause('a')
    await b.restart(day)
    await b.clock.advance(minute)
    b.clock.jump(day)
    b.scheduler().resume('a')
    await b.clock.advance(5 * minute)
    expect([b.history(), b.started]).toEqual([['18:00 paused schedule', '18:00 paused schedule'], []])
  })

  it('of all counts for each, beside the pause of one', async () => {
    const b = schedulerBench({ start: '2026-11-26T12:00Z', schedules: { a: quarter, b: quarter } })
    await b.clock.advance(minute)
    b.scheduler().pauseAll()
    b.scheduler().pause('a')
    await b.clock.advance(20 * minute)
    b.scheduler().resumeAll()
    await b.clock.advance(10 * minute)
    expect([b.history('a'), b.history('b')]).toEqual([
      ['12:15 paused poll', '12:30 paused poll'],
      ['12:15 paused poll', '12:30 ran poll'],
    ])
  })

  it('ends a catch-up and a further try that wait', async () => {
    const b = benchOf(at18, '2026-11-26T12:00Z')
    await b.clock.advance(0)
    await b.restart(day)
    await b.clock.advance(second)
    b.scheduler().pauseAll()
    await b.clock.advance(5 * minute)
    b.scheduler().resumeAll()
    await b.clock.advance(5 * minute)
    expect([b.history(), b.started]).toEqual([['18:00 paused catch-up'], []])
  })

  it('catches nothing up that was missed before it, as long as it lasts', async () => {
    const b = benchOf(at18, '2026-11-26T12:00Z')
    await b.clock.advance(minute)
    b.clock.jump(8 * hour)
    b.store.pause('a', new Date(b.clock.now()).toISOString())
    await b.clock.advance(5 * minute)
    expect([b.history(), b.started]).toEqual([['18:00 missed schedule'], []])
  })

  it('that is none changes nothing: a resume by mistake keeps the catch-up', async () => {
    const b = benchOf(at18, '2026-11-26T12:00Z')
    await b.clock.advance(minute)
    b.clock.jump(8 * hour)
    b.scheduler().resume('a')
    b.scheduler().resumeAll()
    await b.clock.advance(3 * minute)
    expect(b.history()).toEqual(['18:00 ran catch-up'])
  })

  it('needs a schedule', () => {
    const b = benchOf(at18, '2026-11-26T12:00Z')
    expect(() => b.scheduler().pause('b')).toThrowError(
      expect.objectContaining({ info: expect.objectContaining({ code: 'no-schedule' }) }),
    )
  })
})

describe('a single command, which starts nothing', () => {
  it('leaves what is due to the host', async () => {
    const b = benchOf(at18, '2026-11-26T12:00Z', { isStarted: false })
    await b.clock.advance(7 * hour)
    b.scheduler().refresh()
    b.scheduler().resume('a')
    expect([b.slots(), b.store.state('a')?.lastDueAt]).toEqual([[], '2026-11-26T12:00:00.000Z'])
    b.scheduler().start()
    await b.clock.advance(2 * minute)
    expect(b.history()).toEqual(['18:00 ran catch-up'])
  })

  it('does not move a schedule to the zone it was started with', async () => {
    const b = schedulerBench({
      start: '2026-11-26T12:00Z',
      schedules: { a: { every: 'day', at: '18:00' } },
      isStarted: false,
    })
    b.setZone('Asia/Tokyo')
    b.scheduler().refresh()
    expect(b.store.state('a')).toMatchObject({ zone: 'UTC', nextDueAt: '2026-11-26T18:00:00.000Z' })
  })

  it('pauses and resumes: what came due in between is recorded as paused', async () => {
    const b = benchOf(at18, '2026-11-26T12:00Z', { isStarted: false })
    b.scheduler().pauseAll()
    await b.clock.advance(2 * day)
    b.scheduler().resumeAll()
    b.scheduler().start()
    await b.clock.advance(hour)
    expect([b.history(), b.started]).toEqual([['18:00 paused schedule', '18:00 paused schedule'], []])
  })
})

describe('a schedule that changes', () => {
  it('counts from now on: nothing of the new one is missed, what the old one missed is recorded', async () => {
    const b = benchOf(at18, '2026-11-26T12:00Z')
    await b.clock.advance(minute)
    b.clock.jump(7 * hour)
    b.schedules.a = { every: 'day', at: '13:00', zone: 'UTC' }
    b.scheduler().refresh()
    await b.clock.advance(18 * hour)
    expect(b.history('a', 8)).toEqual(['26T18:00 missed schedule', '27T13:00 ran schedule'])
  })

  it('that is removed starts nothing any more and keeps its history', async () => {
    const b = benchOf(at18, '2026-11-26T12:00Z')
    await b.clock.advance(day)
    delete b.schedules.a
    b.scheduler().refresh()
    await b.clock.advance(day)
    expect([b.history(), b.store.states()]).toEqual([['18:00 ran schedule'], []])
  })

  it('that cannot be used on this computer is left alone, the others go on', async () => {
    const schedules: Record<string, Schedule> = { a: { every: 'day', at: '18:00', zone: 'Mars/Base' }, b: at18 }
    const b = schedulerBench({ start: '2026-11-26T12:00Z', schedules })
    await b.clock.advance(day)
    expect([b.history('a'), b.history('b')]).toEqual([[], ['18:00 ran schedule']])
  })
})

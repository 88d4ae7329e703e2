import { describe, expect, it } from 'vitest'
import type { Schedule } from '#shared/schedule/schedule-schema.ts'
import {
  at18,
  benchOf,
  day,
  hour,
  minute,
  quarter,
  schedulerBench,
  second,
  startsOf,
  trouble,
} from '#test/support/scheduler-bench.ts'

describe('a computer that is always on', () => {
  it('starts each due time once, on time, and says what started it', async () => {
    const b = benchOf(at18, '2026-11-26T12:00Z')
    await b.clock.advance(3 * day)
    expect(startsOf(b)).toEqual(['26T18:00 schedule', '27T18:00 schedule', '28T18:00 schedule'])
    expect(b.history()).toEqual(['18:00 ran schedule', '18:00 ran schedule', '18:00 ran schedule'])
    expect(b.store.state('a')).toMatchObject({
      lastDueAt: '2026-11-28T18:00:00.000Z',
      nextDueAt: '2026-11-29T18:00:00.000Z',
    })
    expect(b.slots().map((slot) => slot.runId)).toEqual([...b.started].reverse().map((run) => run.runId))
  })

  it('polls, and each integration for itself', async () => {
    const b = schedulerBench({ start: '2026-11-26T12:00Z', schedules: { a: quarter, b: { everyMinutes: 20 } } })
    await b.clock.advance(hour)
    expect(b.history('a')).toEqual(['12:15 ran poll', '12:30 ran poll', '12:45 ran poll', '13:00 ran poll'])
    expect(b.history('b')).toEqual(['12:20 ran poll', '12:40 ran poll', '13:00 ran poll'])
  })

  for (const zone of ['Europe/Berlin', 'America/New_York']) {
    it(`runs 02:30 once on every day of 2027, those with a clock change included: ${zone}`, async () => {
      const schedule: Schedule = { every: 'day', at: zone === 'Europe/Berlin' ? '02:30' : '01:30', zone }
      const b = benchOf(schedule, '2027-01-01T12:00Z', { times: { watchEveryMs: day } })
      await b.clock.advance(364 * day)
      expect([b.started.length, new Set(b.slots().map((slot) => slot.dueAt)).size]).toEqual([364, 364])
      expect(b.slots().every((slot) => slot.outcome === 'ran')).toBe(true)
    }, 30_000)
  }
})

describe('a run that is still going', () => {
  it('leaves the next due time out', async () => {
    const b = benchOf(quarter, '2026-11-26T12:00Z')
    b.behaviour.runMs = 20 * minute
    await b.clock.advance(hour)
    expect(b.history()).toEqual([
      '12:15 ran poll',
      '12:30 skipped-overlap poll',
      '12:45 ran poll',
      '13:00 skipped-overlap poll',
    ])
  })

  it('lets one wait for its end where the policy says so', async () => {
    const b = benchOf({ everyMinutes: 15, overlap: 'run-after' }, '2026-11-26T12:00Z')
    b.behaviour.runMs = 20 * minute
    await b.clock.advance(29 * minute)
    await b.clock.advance(2 * minute)
    expect(b.history()).toEqual(['12:15 ran poll', '12:30 waiting poll'])
    await b.clock.advance(5 * minute)
    expect(startsOf(b)).toEqual(['26T12:15 poll', '26T12:35 poll'])
    b.behaviour.runMs = 50 * minute
    await b.clock.advance(65 * minute)
    expect(b.history().slice(2)).toEqual([
      '12:45 ran poll',
      '13:00 skipped-overlap poll',
      '13:15 skipped-overlap poll',
      '13:30 waiting poll',
    ])
  })

  it('that a person paused is not taken up by a schedule', async () => {
    const b = benchOf(at18, '2026-11-26T17:59Z')
    b.behaviour.startError = () => trouble('conflict', 'run-is-paused')
    await b.clock.advance(2 * minute)
    expect(b.slots()[0]).toMatchObject({ outcome: 'skipped-overlap', reason: { code: 'run-is-paused' } })
  })
})

describe('a start that fails', () => {
  it('for good is recorded with its reason, and the next one is tried as ever', async () => {
    const b = benchOf(at18, '2026-11-26T17:59Z')
    b.behaviour.startError = () => trouble('config', 'plan-first')
    await b.clock.advance(day)
    delete b.behaviour.startError
    await b.clock.advance(day)
    expect(b.history()).toEqual(['18:00 failed schedule', '18:00 ran schedule'])
    expect(b.slots()[1]).toMatchObject({ attempts: 1, reason: { code: 'plan-first', next: 'Do this.' } })
  })

  it('for a while is tried again after 1, 5 and 15 minutes, then recorded', async () => {
    const b = benchOf(at18, '2026-11-26T17:59Z')
    const tries: string[] = []
    b.behaviour.startError = ({ at }) => {
      tries.push(at.slice(11, 16))
      return trouble('transient', 'network-unreachable')
    }
    await b.clock.advance(hour)
    expect(tries).toEqual(['18:00', '18:01', '18:06', '18:21'])
    expect(b.slots()[0]).toMatchObject({ outcome: 'failed', attempts: 4, reason: { code: 'network-unreachable' } })
  })

  it('goes on with its tries after a restart', async () => {
    const b = benchOf(at18, '2026-11-26T17:59Z')
    b.behaviour.startError = () => trouble('rate-limited')
    await b.clock.advance(3 * minute)
    delete b.behaviour.startError
    await b.restart(minute)
    await b.clock.advance(10 * minute)
    expect([b.slots()[0]?.attempts, b.history()]).toEqual([3, ['18:00 ran catch-up']])
  })

  it('ends its tries when the next one is due', async () => {
    const b = benchOf({ everyMinutes: 10 }, '2026-11-26T12:09Z')
    b.behaviour.startError = ({ at }) => (at.slice(14, 16) < '20' ? trouble('transient') : undefined)
    await b.clock.advance(15 * minute)
    expect(b.history()).toEqual(['12:10 failed poll', '12:20 ran poll'])
    expect(b.started).toHaveLength(1)
  })

  it('of one integration holds up no other', async () => {
    const b = schedulerBench({ start: '2026-11-26T17:59Z', schedules: { a: at18, b: at18 } })
    b.behaviour.startError = ({ integrationId }) => (integrationId === 'a' ? new Error('a bug') : undefined)
    await b.clock.advance(2 * minute)
    expect([b.history('a'), b.history('b')]).toEqual([['18:00 failed schedule'], ['18:00 ran schedule']])
    expect(b.slots('a')[0]?.reason).toMatchObject({ kind: 'bug', details: { technical: 'Error: a bug' } })
  })
})

describe('a store that has trouble', () => {
  it('is looked at again, and nothing is lost', async () => {
    let isBroken = false
    const b = benchOf(at18, '2026-11-26T17:59Z', {
      store: (store) => ({
        ...store,
        settle: (...args) => {
          if (isBroken) throw trouble('config', 'disk-full')
          return store.settle(...args)
        },
      }),
    })
    await b.clock.advance(second)
    isBroken = true
    await b.clock.advance(2 * hour)
    expect(b.slots()).toEqual([])
    isBroken = false
    await b.clock.advance(2 * minute)
    expect(b.history()).toEqual(['18:00 ran catch-up'])
  })

  it('at the very start, or when the computer wakes up, does not stop the looking', async () => {
    let isBroken = true
    const b = benchOf(at18, '2026-11-26T12:00Z', {
      store: (store) => ({
        ...store,
        waiting: () => {
          if (isBroken) throw trouble('config', 'disk-failing')
          return store.waiting()
        },
      }),
    })
    await b.clock.advance(minute)
    b.clock.jump(8 * hour)
    await b.clock.advance(5 * minute)
    isBroken = false
    await b.clock.advance(5 * minute)
    expect(b.history()).toEqual(['18:00 ran catch-up'])
  })

  it('keeps the newest slots of a poll, not all for ever', async () => {
    const b = benchOf({ everyMinutes: 1 }, '2026-11-26T12:00Z', { times: { keptSlots: 100 } })
    await b.clock.advance(minute)
    b.clock.jump(30 * day)
    await b.clock.advance(5 * minute)
    expect(b.slots().length).toBeGreaterThan(50)
    await b.clock.advance(day + hour)
    expect(b.slots().length).toBeLessThanOrEqual(100 + 70)
  })
})

/** Sleep, clocks that are set, restarts and kills: when it looks changes, how often a due time runs does not. */
import { describe, expect, it } from 'vitest'
import type { Schedule } from '#shared/schedule/schedule-schema.ts'
import {
  at18,
  benchOf,
  day,
  hour,
  minute,
  quarter,
  type SchedulerBench,
  schedulerBench,
  second,
  startsOf,
  trouble,
} from '#test/support/scheduler-bench.ts'

describe('a computer that slept', () => {
  it('runs the newest missed time once, after a while for the network, and records the others', async () => {
    const b = benchOf(at18, '2026-11-26T12:00Z')
    await b.clock.advance(minute)
    b.clock.jump(3 * day)
    await b.clock.advance(31 * second)
    expect(b.history('a', 8)).toEqual([
      '26T18:00 missed schedule',
      '27T18:00 missed schedule',
      '28T18:00 waiting catch-up',
    ])
    await b.clock.advance(36 * second)
    expect(b.started).toEqual([])
    await b.clock.advance(second)
    expect(startsOf(b)).toEqual(['29T12:02 catch-up'])
    expect(b.history('a', 8)[2]).toBe('28T18:00 ran catch-up')
  })

  it('catches nothing up that is older than a day', async () => {
    const b = benchOf({ every: 'thursday', at: '18:00', zone: 'UTC' }, '2026-11-26T12:00Z')
    b.clock.jump(3 * day)
    await b.clock.advance(5 * minute)
    expect([b.history(), b.started]).toEqual([['18:00 missed schedule'], []])
  })

  it('waits between 15 and 60 seconds, by chance', async () => {
    for (const [chance, startAt] of [
      [0, '2026-11-27T12:00:15.000Z'],
      [0.999_999, '2026-11-27T12:01:00.000Z'],
    ] as const) {
      const b = benchOf(at18, '2026-11-26T12:00Z', { random: () => chance })
      await b.clock.advance(0)
      await b.restart(day)
      await b.clock.advance(1)
      expect(b.slots()[0]?.startAt).toBe(startAt)
    }
  })

  it('does not start what waits to be tried again the moment it wakes up', async () => {
    const b = benchOf(at18, '2026-11-26T17:59Z')
    b.behaviour.startError = () => trouble('transient')
    await b.clock.advance(61 * second)
    expect(b.slots()[0]).toMatchObject({ outcome: 'waiting', attempts: 1, startAt: '2026-11-26T18:01:00.000Z' })
    delete b.behaviour.startError
    b.clock.jump(2 * hour)
    await b.clock.advance(30 * second)
    expect(b.started).toEqual([])
    await b.clock.advance(minute)
    expect([startsOf(b), b.slots()[0]?.attempts]).toEqual([['26T20:01 catch-up'], 2])
  })

  it('starts nothing between the announcement of sleep and the end of it', async () => {
    const b = benchOf(at18, '2026-11-26T17:59:30Z')
    await b.clock.advance(second)
    b.scheduler().onSuspend()
    await b.clock.advance(45 * second)
    expect(b.slots()).toEqual([])
    b.clock.jump(8 * hour)
    b.scheduler().onResume()
    await b.clock.advance(10 * second)
    expect([b.history(), b.started]).toEqual([['18:00 waiting catch-up'], []])
    await b.clock.advance(minute)
    expect(startsOf(b)).toHaveLength(1)
  })

  it('does not wait for ever for an end of sleep that nobody announces', async () => {
    const b = benchOf(quarter, '2026-11-26T12:14Z')
    await b.clock.advance(second)
    b.scheduler().onSuspend()
    await b.clock.advance(20 * minute)
    expect(b.history()).toEqual(['12:15 ran poll', '12:30 ran poll'])
  })
})

describe('twins that show that these tests can fail', () => {
  it('without a look at how long it slept, a try starts the moment the computer wakes up', async () => {
    const b = benchOf(at18, '2026-11-26T17:59Z', { times: { jumpMs: Number.POSITIVE_INFINITY } })
    b.behaviour.startError = () => trouble('transient')
    await b.clock.advance(61 * second)
    delete b.behaviour.startError
    b.clock.jump(2 * hour)
    await b.clock.advance(30 * second)
    expect(b.started).toHaveLength(1)
  })

  it('without a grace, times of last week are caught up', async () => {
    const b = benchOf({ every: 'thursday', at: '18:00', zone: 'UTC' }, '2026-11-26T12:00Z', {
      times: { graceMs: Number.POSITIVE_INFINITY },
    })
    b.clock.jump(3 * day)
    await b.clock.advance(5 * minute)
    expect(b.history()).toEqual(['18:00 ran catch-up'])
  })

  it('without a tolerance for being late, a due time of this second is a catch-up', async () => {
    const b = benchOf(at18, '2026-11-26T17:59:50Z', { times: { onTimeMs: -1 } })
    await b.clock.advance(2 * minute)
    expect(startsOf(b)).toEqual(['26T18:00 catch-up'])
  })
})

describe('a clock that is set', () => {
  it('back by an hour: what has run does not run again', async () => {
    const b = benchOf(at18, '2026-11-26T17:30Z')
    await b.clock.advance(hour)
    b.clock.jump(-hour)
    await b.clock.advance(2 * hour)
    expect([startsOf(b), b.history()]).toEqual([['26T18:00 schedule'], ['18:00 ran schedule']])
  })

  it('ten years ahead by mistake and back: it does not wait ten years', async () => {
    const b = benchOf(at18, '2026-11-26T12:00Z')
    await b.clock.advance(minute)
    b.clock.jump(3_650 * day)
    await b.clock.advance(2 * minute)
    expect(b.started.map((run) => run.trigger)).toEqual(['catch-up'])
    b.clock.jump(-3_650 * day)
    await b.clock.advance(2 * day)
    expect(startsOf(b).slice(1)).toEqual(['26T18:00 schedule', '27T18:00 schedule'])
    // Of the years that did not happen only the run that took place is left.
    expect(b.history('a', 0)).toEqual([
      '2026-11-26T18:00 ran schedule',
      '2026-11-27T18:00 ran schedule',
      '2036-11-22T18:00 ran catch-up',
    ])
  })

  it('back while a try is waiting: the time comes again, and is tried then', async () => {
    const b = benchOf(at18, '2026-11-26T17:59Z')
    b.behaviour.startError = () => trouble('transient')
    await b.clock.advance(90 * second)
    b.clock.jump(-2 * day)
    delete b.behaviour.startError
    await b.clock.advance(2 * day + hour)
    expect(startsOf(b)).toEqual(['25T18:00 schedule', '26T18:00 schedule'])
  })

  it('by a few seconds: nothing changes', async () => {
    const b = benchOf(quarter, '2026-11-26T12:14:58Z')
    await b.clock.advance(3 * second)
    b.clock.jump(-4 * second)
    await b.clock.advance(15 * minute)
    await b.clock.advance(10 * second)
    expect(b.history()).toEqual(['12:15 ran poll', '12:30 ran poll'])
  })

  it('to another zone: a schedule without a zone follows it, one with a zone does not', async () => {
    const schedules: Record<string, Schedule> = { a: { every: 'day', at: '18:00' }, b: at18 }
    const b = schedulerBench({ start: '2026-11-26T12:00Z', schedules })
    await b.clock.advance(minute)
    b.setZone('America/New_York')
    await b.clock.advance(minute)
    expect(b.store.states().map((state) => state.nextDueAt)).toEqual([
      '2026-11-26T23:00:00.000Z',
      '2026-11-26T18:00:00.000Z',
    ])
    await b.clock.advance(12 * hour)
    expect([b.history('a'), b.history('b')]).toEqual([['23:00 ran schedule'], ['18:00 ran schedule']])
  })
})

describe('a restart', () => {
  it('in between changes nothing', async () => {
    const b = benchOf(at18, '2026-11-26T12:00Z')
    for (let count = 0; count < 6; count++) {
      await b.clock.advance(8 * hour)
      await b.restart(second)
    }
    expect(startsOf(b)).toEqual(['26T18:00 schedule', '27T18:00 schedule'])
  })

  it('after a night off catches up once, however often it restarts while it waits', async () => {
    const b = benchOf(at18, '2026-11-26T12:00Z')
    await b.clock.advance(0)
    await b.restart(20 * hour)
    await b.clock.advance(10 * second)
    await b.restart(second)
    await b.clock.advance(10 * second)
    await b.kill(second)
    await b.clock.advance(2 * minute)
    expect([startsOf(b), b.history()]).toEqual([['27T08:00 catch-up'], ['18:00 ran catch-up']])
  })

  it('in the middle of a run lets that run go on, as the run it is', async () => {
    const b = benchOf(at18, '2026-11-26T17:59Z')
    b.behaviour.runMs = 10 * minute
    await b.clock.advance(5 * minute)
    await b.kill(minute)
    const [before] = b.slots()
    expect(before).toMatchObject({ outcome: 'waiting', runId: b.started[0]?.runId })
    await b.clock.advance(2 * minute)
    expect([b.started.length, b.slots()[0]?.outcome, b.slots()[0]?.runId]).toEqual([1, 'ran', b.started[0]?.runId])
  })

  it('between the record of a due time and its run starts that run, with the id that was reserved', async () => {
    const b = benchOf(at18, '2026-11-26T17:59Z')
    b.behaviour.neverStarts = true
    await b.clock.advance(2 * minute)
    const [reserved] = b.slots()
    expect([reserved?.outcome, b.started]).toEqual(['waiting', []])
    b.behaviour.neverStarts = false
    await b.kill(10 * second)
    await b.clock.advance(2 * minute)
    expect(b.started.map((run) => run.runId)).toEqual([reserved?.runId])
    expect(b.history()).toEqual(['18:00 ran schedule'])
  })

  it('long after that leaves it to the next due time', async () => {
    const b = benchOf(at18, '2026-11-26T17:59Z')
    b.behaviour.neverStarts = true
    await b.clock.advance(2 * minute)
    b.behaviour.neverStarts = false
    await b.kill(3 * day + hour)
    await b.clock.advance(2 * minute)
    expect(b.history('a', 8)).toEqual([
      '26T18:00 missed schedule',
      '27T18:00 missed schedule',
      '28T18:00 missed schedule',
      '29T18:00 ran catch-up',
    ])
    expect(b.started).toHaveLength(1)
  })
})

describe('two schedulers on one store', () => {
  it('start each due time once', async () => {
    const b = benchOf(quarter, '2026-11-26T12:00Z')
    b.another()
    await b.clock.advance(2 * hour)
    expect(b.started).toHaveLength(8)
  })

  /** The second one reads where the first one stood a moment ago, as two processes do. */
  const behind = (b: SchedulerBench): void => {
    let stale = b.store.state('a')
    b.another((store) => ({
      ...store,
      state: (integrationId) => {
        const shown = stale
        stale = store.state(integrationId)
        return shown
      },
    }))
  }
  const withoutKey = 'create table loose as select * from slot; drop table slot; alter table loose rename to slot;'

  it('start each due time once, also when both look before either has recorded it', async () => {
    const b = benchOf(quarter, '2026-11-26T12:00Z')
    behind(b)
    await b.clock.advance(hour)
    expect([b.started.length, b.slots().length]).toEqual([4, 4])
  })

  it('would start it twice without the key of the slots (the twin that shows the test can fail)', async () => {
    const b = benchOf(quarter, '2026-11-26T12:00Z', { change: withoutKey })
    behind(b)
    await b.clock.advance(hour)
    expect(b.started.length).toBeGreaterThan(4)
  })
})

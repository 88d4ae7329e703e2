import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { SlotDraft } from '#main/engine/ports/schedule-store.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { createScheduleStore } from './schedule-store.ts'

function opened(change = '') {
  const db = new Database(':memory:')
  migrate(db, migrations)
  db.exec(change)
  const store = createScheduleStore(db)
  store.put({ integrationId: 'a', schedule: '{}', zone: 'UTC', lastDueAt: '2026-01-01', nextDueAt: '2026-01-02' })
  return { db, store }
}

const draft = (dueAt: string, more: Partial<SlotDraft> = {}): SlotDraft => ({
  dueAt,
  trigger: 'schedule',
  outcome: 'waiting',
  runId: `run of ${dueAt}`,
  startAt: dueAt,
  reason: null,
  ...more,
})

const step = (drafts: readonly SlotDraft[]) => ({
  at: 'now',
  drafts,
  ends: [],
  lastDueAt: drafts.at(-1)?.dueAt ?? '',
  nextDueAt: null,
})

/** The same table without its key. */
const withoutKey = `
  create table loose as select * from slot;
  drop table slot;
  alter table loose rename to slot;
`

describe('slots', () => {
  it('are recorded once: whoever comes second is told that there is nothing to start', () => {
    const { store } = opened()
    expect(store.settle('a', step([draft('2026-01-02')]))).toEqual(['2026-01-02'])
    expect(store.settle('a', step([draft('2026-01-02', { runId: 'another' }), draft('2026-01-03')]))).toEqual([
      '2026-01-03',
    ])
    expect(store.slots({ integrationId: 'a', limit: 10 }).map(({ dueAt, runId }) => [dueAt, runId])).toEqual([
      ['2026-01-03', 'run of 2026-01-03'],
      ['2026-01-02', 'run of 2026-01-02'],
    ])
  })

  it('would be recorded twice without their key (the twin that shows the test can fail)', () => {
    const { store } = opened(withoutKey)
    expect(store.settle('a', step([draft('2026-01-02')]))).toEqual(['2026-01-02'])
    expect(store.settle('a', step([draft('2026-01-02', { runId: 'another' })]))).toEqual(['2026-01-02'])
    expect(store.waiting().map((slot) => slot.runId)).toEqual(['run of 2026-01-02', 'another'])
  })

  it('are recorded together with how far it has come, or not at all', () => {
    const { db, store } = opened()
    db.exec(`create trigger full before update on schedule begin select raise(abort, 'no room'); end`)
    expect(() => store.settle('a', step([draft('2026-01-02')]))).toThrow('no room')
    expect([store.waiting(), store.state('a')?.lastDueAt]).toEqual([[], '2026-01-01'])
  })

  it('wait, are put off, end, and keep what was not said anew', () => {
    const { store } = opened()
    store.settle('a', step([draft('2026-01-02')]))
    const reason = { kind: 'transient' as const, code: 'x', message: 'y' }
    const key = { integrationId: 'a', dueAt: '2026-01-02' }
    store.delay(key, { startAt: 'later', at: 'then', attempts: 1, reason })
    expect(store.waiting()).toMatchObject([{ startAt: 'later', attempts: 1, reason, runId: 'run of 2026-01-02' }])
    store.end(key, { outcome: 'ran', at: 'end', reason: null })
    expect(store.waiting()).toEqual([])
    expect(store.slots({ integrationId: 'a', limit: 1 })).toMatchObject([
      { outcome: 'ran', runId: 'run of 2026-01-02', attempts: 1, startAt: null, reason: null },
    ])
    store.end({ integrationId: 'a', dueAt: 'never' }, { outcome: 'ran', at: 'end' })
  })

  it('of the future are forgotten when the clock is set back, unless they started something', () => {
    const { db, store } = opened()
    db.exec(
      `insert into run(id, integration, integration_version, state, started_at) values ('begun', 'a', 1, 'interrupted', '')`,
    )
    const drafts = [
      draft('2026-01-02', { outcome: 'ran' }),
      draft('2026-01-03', { outcome: 'missed', runId: null }),
      draft('2026-01-04', { outcome: 'ran', runId: 'begun' }),
      draft('2026-01-05', { outcome: 'paused', runId: null }),
      draft('2026-01-06'),
      draft('2026-01-07'),
    ]
    store.settle('a', step(drafts))
    store.turnBack('a', { lastDueAt: '2026-01-02', nextDueAt: '2026-01-03', keepDueAt: '2026-01-06' })
    expect(store.slots({ integrationId: 'a', limit: 10 }).map((slot) => slot.dueAt)).toEqual([
      '2026-01-06',
      '2026-01-04',
      '2026-01-02',
    ])
    expect(store.state('a')).toMatchObject({ lastDueAt: '2026-01-02', nextDueAt: '2026-01-03' })
  })

  it('are paged from the newest on, and the oldest are dropped, but never one that waits', () => {
    const { store } = opened()
    const dates = ['02', '03', '04', '05', '06'].map((day) => `2026-01-${day}`)
    store.settle('a', step(dates.map((date, index) => draft(date, { outcome: index === 0 ? 'waiting' : 'missed' }))))
    const first = store.slots({ integrationId: 'a', limit: 2 })
    const rest = store.slots({ integrationId: 'a', beforeDueAt: first.at(-1)?.dueAt, limit: 9 })
    expect([...first, ...rest].map((slot) => slot.dueAt)).toEqual([...dates].reverse())
    store.prune('a', 2)
    expect(store.slots({ integrationId: 'a', limit: 9 }).map((slot) => slot.dueAt)).toEqual([
      '2026-01-06',
      '2026-01-05',
      '2026-01-02',
    ])
    store.prune('none', 2)
  })
})

describe('pauses', () => {
  it('of one and of all are kept apart, and survive a new schedule', () => {
    const { store } = opened()
    store.pause('a', '2026-01-02')
    store.pauseAll('2026-01-03')
    store.put({ integrationId: 'a', schedule: '{"new":1}', zone: 'UTC', lastDueAt: '2026-01-04', nextDueAt: null })
    expect([store.state('a')?.pausedAt, store.state('a')?.schedule, store.allPausedAt()]).toEqual([
      '2026-01-02',
      '{"new":1}',
      '2026-01-03',
    ])
    store.pause('a', null)
    store.pauseAll(null)
    expect([store.state('a')?.pausedAt, store.allPausedAt()]).toEqual([null, null])
    store.remove('a')
    expect(store.states()).toEqual([])
  })
})

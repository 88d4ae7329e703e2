import { describe, expect, it, onTestFinished } from 'vitest'
import { historyBench } from '#test/support/history-bench.ts'
import { historyNowMs } from '#test/support/history-past.ts'
import { virtualClock } from '#test/support/virtual-clock.ts'
import { createHistoryKeeper } from './history-keeper.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

function kept() {
  const bench = historyBench()
  bench.addRun({ id: 'old', daysAgo: 800, records: 10 })
  bench.addRun({ id: 'almost old', daysAgo: 364.5, records: 10 })
  bench.addRun({ id: 'today', daysAgo: 0, records: 10 })
  const clock = virtualClock(historyNowMs)
  const logged: string[] = []
  const keeper = createHistoryKeeper({
    store: bench.store,
    clock,
    isBusy: () => false,
    log: (_message, { code }) => void logged.push(code),
  })
  onTestFinished(keeper.stop)
  return { ...bench, clock, keeper, logged }
}

describe('history is kept small by itself', () => {
  it('some minutes after the start, and not before', async () => {
    const { clock, keeper, rowsOf, store } = kept()
    keeper.start()
    await clock.advance(4 * minuteMs)
    expect([rowsOf('old'), store.meta.get('history-pruned-at')]).toEqual([10, undefined])
    await clock.advance(2 * minuteMs)
    expect([rowsOf('old'), rowsOf('almost old')]).toEqual([0, 10])
    expect(store.meta.get('history-pruned-at')).toMatch(/^2026-11-27T12:05/)
  })

  it('once a day from then on, a sleep of the computer counted', async () => {
    const { clock, keeper, rowsOf } = kept()
    keeper.start()
    await clock.advance(6 * minuteMs)
    await clock.advance(13 * hourMs)
    expect(rowsOf('almost old')).toBe(10)
    clock.jump(12 * hourMs)
    await clock.advance(11 * minuteMs)
    expect(rowsOf('almost old')).toBe(0)
  })

  it('at a word, and never two at a time', async () => {
    const { clock, keeper } = kept()
    const both = [keeper.prune(), keeper.prune()]
    await clock.advance(minuteMs)
    expect(await Promise.all(both)).toEqual([
      { partCount: 1, rowCount: 10 },
      { partCount: 1, rowCount: 10 },
    ])
  })

  it('after a trouble it is tried again at the next look', async () => {
    const { clock, keeper, rowsOf, logged, db } = kept()
    db.exec(`create trigger full before delete on run_record begin select raise(abort, 'no room'); end`)
    keeper.start()
    await clock.advance(6 * minuteMs)
    expect([rowsOf('old'), logged]).toEqual([10, [expect.any(String)]])
    db.exec('drop trigger full')
    await clock.advance(10 * minuteMs)
    expect([rowsOf('old'), logged.length]).toEqual([0, 1])
  })

  it('not at all once it was stopped', async () => {
    const { clock, keeper, rowsOf } = kept()
    keeper.start()
    await keeper.stop()
    await clock.advance(hourMs)
    expect(rowsOf('old')).toBe(10)
  })
})

import { expect, it } from 'vitest'
import { historyDefaults } from '#shared/model/history.ts'
import { historyBench } from '#test/support/history-bench.ts'
import { openStore } from './open-store.ts'

it('settings of history have a start value, and outlive a restart once changed', () => {
  const { store, folder } = historyBench()
  expect([store.settings.history(), store.settings.undoDays()]).toEqual([historyDefaults, 90])
  store.settings.saveHistory({ historyDays: 30, undoDays: 7, historyMaxBytes: 10_000_000 })
  const again = openStore({ folder, nowMs: () => 0 })
  expect([again.settings.history().historyDays, again.settings.undoDays()]).toEqual([30, 7])
  again.close()
})

import { expect, it } from 'vitest'
import type { AppError } from '#shared/errors.ts'
import { type HistorySettings, historyDefaults } from '#shared/model/history.ts'
import { historyBench } from '#test/support/history-bench.ts'
import { changeHistory } from './change-history.ts'

it('what is left out of a change stays as it is', () => {
  const { settings } = historyBench().store
  expect(changeHistory(settings, { undoDays: 30 })).toEqual({ ...historyDefaults, undoDays: 30 })
  expect(changeHistory(settings, { historyDays: 30 })).toEqual({ ...historyDefaults, undoDays: 30, historyDays: 30 })
})

const refused: readonly (readonly [Partial<HistorySettings>, RegExp])[] = [
  [{ historyDays: 89 }, /needed to undo a run within 90 days would be removed after 89 days/],
  [{ undoDays: 0 }, /1 to 365 days, not 0/],
  [{ undoDays: 366 }, /1 to 365 days, not 366/],
  [{ historyDays: 4_000 }, /1 to 3650 days/],
  [{ historyMaxBytes: 1 }, /10 to 1000000 MB/],
]

it.each(refused)('%j is refused, and nothing is changed', (change, message) => {
  const { settings } = historyBench().store
  const work = (): unknown => changeHistory(settings, change)
  expect(work).toThrow(message)
  expect(work).toThrow(expect.objectContaining<Partial<AppError>>({ name: 'AppError' }))
  expect(settings.history()).toEqual(historyDefaults)
})

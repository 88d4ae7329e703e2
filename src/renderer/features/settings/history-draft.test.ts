import { expect, it } from 'vitest'
import { historyDefaults } from '#shared/model/history.ts'
import { historyDraft, settingsOf } from './history-draft.ts'

it('settings pass through the fields unchanged', () => {
  expect(historyDraft(historyDefaults)).toEqual({ historyDays: '365', undoDays: '90', maxGb: '2' })
  expect(settingsOf(historyDraft(historyDefaults))).toEqual(historyDefaults)
})

it('gigabytes may be a part of one, with a point or a comma', () => {
  const draft = historyDraft(historyDefaults)
  expect(settingsOf({ ...draft, maxGb: '0,5' }).historyMaxBytes).toBe(500_000_000)
  expect(settingsOf({ ...draft, maxGb: ' 1.25 ' }).historyMaxBytes).toBe(1_250_000_000)
})

it('what is no number counts as 0', () => {
  expect(settingsOf({ historyDays: '', undoDays: 'x', maxGb: '-3' })).toEqual({
    historyDays: 0,
    undoDays: 0,
    historyMaxBytes: 0,
  })
})

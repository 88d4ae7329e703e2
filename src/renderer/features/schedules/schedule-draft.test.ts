import { describe, expect, test } from 'vitest'
import type { Schedule } from '#shared/schedule/schedule-schema.ts'
import { days, draftOf, missingIn, scheduleOf } from './schedule-draft.ts'

const schedules: readonly (readonly [string, Schedule | null])[] = [
  ['only by hand', null],
  ['every weekday', { every: 'weekday', at: '18:00' }],
  ['every day at several times', { every: 'day', at: ['08:00', '13:00'], zone: 'Europe/Berlin' }],
  ['one day', { every: 'monday', at: '07:30', overlap: 'run-after' }],
  ['some days', { every: ['monday', 'thursday'], at: '07:30' }],
  ['a day of the month', { every: 'month', on: 'last-day', at: '06:00' }],
  ['days of the month', { every: 'month', on: [1, 15], at: ['06:00', '18:00'], zone: 'America/New_York' }],
  ['a poll', { everyMinutes: 15 }],
  ['a poll between hours', { everyMinutes: 20, between: ['08:00', '18:00'], days: 'weekday' }],
  ['a cron line', { cron: '0 18 * * 1-5', zone: 'Europe/Berlin' }],
]

describe('the picker', () => {
  test.each(schedules)('gives back what it was given: %s', (_, schedule) => {
    expect(scheduleOf(draftOf(schedule))).toEqual(schedule)
  })

  test('writes days in the order of the week, and whole weeks by their name', () => {
    const draft = draftOf({ every: 'monday', at: '18:00' })
    expect(scheduleOf({ ...draft, days: ['friday', 'monday'] })).toMatchObject({ every: ['monday', 'friday'] })
    expect(scheduleOf({ ...draft, days: days.toReversed() })).toMatchObject({ every: 'day' })
    expect(scheduleOf({ ...draft, days: days.slice(0, 5).toReversed() })).toMatchObject({ every: 'weekday' })
  })

  test('keeps what was chosen for one kind while another is looked at', () => {
    const draft = draftOf({ every: ['monday', 'sunday'], at: '07:30' })
    const there = { ...draft, kind: 'cron' as const }
    expect(scheduleOf({ ...there, kind: 'days' })).toEqual({ every: ['monday', 'sunday'], at: '07:30' })
  })

  test('says what is still to be chosen', () => {
    const draft = draftOf({ every: 'weekday', at: '18:00' })
    expect(missingIn(draft)).toBeUndefined()
    expect(missingIn({ ...draft, days: [] })).toBe('day')
    expect(missingIn({ ...draft, times: ['18:00', ''] })).toBe('time')
    expect(missingIn({ ...draft, times: [] })).toBe('time')
    expect(missingIn({ ...draft, kind: 'month', monthDays: [] })).toBe('day')
    expect(missingIn({ ...draft, kind: 'poll', between: ['08:00', ''] })).toBe('time')
    expect(missingIn({ ...draft, kind: 'poll', between: undefined, times: [] })).toBeUndefined()
    expect(missingIn({ ...draft, kind: 'cron', days: [], times: [] })).toBeUndefined()
    expect(missingIn({ ...draft, kind: 'never', days: [] })).toBeUndefined()
  })
})

import { Cron } from 'croner'
import { describe, expect, it } from 'vitest'
import { dueRuleOf } from './due-rule.ts'
import { dueBetween, nextDueTimes } from './due-times.ts'
import { localTimeOf } from './local-time.ts'
import type { Schedule } from './schedule-schema.ts'

const Berlin = 'Europe/Berlin'
const NewYork = 'America/New_York'

function dueTexts(schedule: Schedule, after: string, count: number): readonly string[] {
  const rule = dueRuleOf(schedule, 'UTC')
  return nextDueTimes(rule, Date.parse(after), count).map((ms) => `${new Date(ms).toISOString().slice(0, 16)}Z`)
}

describe('a time that a day does not have', () => {
  const springs = [
    ['2026-03-29T01:00Z', Berlin, '2026-03-28T12:00Z'],
    ['2027-03-28T01:00Z', Berlin, '2027-03-27T12:00Z'],
    ['2028-03-26T01:00Z', Berlin, '2028-03-25T12:00Z'],
    ['2026-03-08T07:00Z', NewYork, '2026-03-07T12:00Z'],
    ['2027-03-14T07:00Z', NewYork, '2027-03-13T12:00Z'],
    ['2028-03-12T07:00Z', NewYork, '2028-03-11T12:00Z'],
  ] as const
  for (const [expected, zone, after] of springs) {
    it(`is due once, at the first instant after the gap: ${zone} ${expected}`, () => {
      const schedule: Schedule = { every: 'day', at: ['02:00', '02:30', '02:59'], zone }
      expect(dueTexts(schedule, after, 1)).toEqual([expected])
      expect(dueTexts(schedule, expected, 1)[0]).not.toEqual(expected)
      // One day later it is an ordinary time again.
      const [next = ''] = dueTexts({ every: 'day', at: '02:30', zone }, expected, 1)
      expect(localTimeOf(Date.parse(next), zone).time).toBe('02:30')
      expect(Date.parse(next) - Date.parse(expected)).toBe(23.5 * 3_600_000)
    })
  }

  it('is due once where the gap goes over midnight, which the library alone passes over', () => {
    const zone = 'America/Scoresbysund'
    expect(dueTexts({ every: 'day', at: '23:30', zone }, '2027-03-27T12:00Z', 2)).toEqual([
      '2027-03-28T01:00Z',
      '2027-03-29T00:30Z',
    ])
    const alone = new Cron('30 23 * * *', { timezone: zone, fixedTimeRule: 'no-wildcard' })
    expect(alone.nextRun(new Date('2027-03-27T12:00Z'))?.toISOString()).toBe('2027-03-29T00:30:00.000Z')
  })

  it('is due at midnight of a zone that skips midnight', () => {
    expect(dueTexts({ every: 'day', at: '00:00', zone: 'Africa/Cairo' }, '2027-04-28T23:00Z', 2)).toEqual([
      '2027-04-29T22:00Z',
      '2027-04-30T21:00Z',
    ])
  })
})

describe('a time that comes twice', () => {
  const autumns = [
    ['2026-10-25T00:30Z', Berlin, '02:30'],
    ['2027-10-31T00:30Z', Berlin, '02:30'],
    ['2028-10-29T00:30Z', Berlin, '02:30'],
    ['2026-11-01T05:30Z', NewYork, '01:30'],
    ['2027-11-07T05:30Z', NewYork, '01:30'],
    ['2028-11-05T05:30Z', NewYork, '01:30'],
  ] as const
  for (const [expected, zone, at] of autumns) {
    it(`is due once, at the first of them: ${zone} ${expected}`, () => {
      const before = new Date(Date.parse(expected) - 60_000).toISOString()
      const [first, second = ''] = dueTexts({ every: 'day', at, zone }, before, 2)
      expect(first).toBe(expected)
      expect(Date.parse(second) - Date.parse(expected)).toBe(25 * 3_600_000)
    })
  }

  it('does not stop a poll, nor a cron line that repeats', () => {
    const expected = ['2026-11-01T05:30Z', '2026-11-01T06:00Z', '2026-11-01T06:30Z', '2026-11-01T07:00Z']
    const hours: Schedule = { everyMinutes: 30, between: ['00:00', '12:00'], zone: NewYork }
    for (const schedule of [{ everyMinutes: 30 }, hours, { cron: '*/30 * * * *', zone: NewYork }])
      expect(dueTexts(schedule, '2026-11-01T05:00Z', 4)).toEqual(expected)
  })
})

describe('due times', () => {
  const table: readonly (readonly [string, Schedule, string, readonly string[]])[] = [
    [
      'weekdays pass over the weekend',
      { every: 'weekday', at: '18:00', zone: Berlin },
      '2026-11-27T16:59Z',
      ['2026-11-27T17:00Z', '2026-11-30T17:00Z'],
    ],
    [
      'a list of days and times',
      { every: ['thursday', 'monday'], at: ['13:00', '8:00'], zone: 'UTC' },
      '2026-11-26T09:00Z',
      ['2026-11-26T13:00Z', '2026-11-30T08:00Z', '2026-11-30T13:00Z'],
    ],
    [
      'the last day of the month, in a leap year too',
      { every: 'month', on: 'last-day', at: '06:00', zone: Berlin },
      '2027-12-31T12:00Z',
      ['2028-01-31T05:00Z', '2028-02-29T05:00Z', '2028-03-31T04:00Z', '2028-04-30T04:00Z'],
    ],
    [
      'day 31, in shorter months their last day',
      { every: 'month', on: 31, at: '06:00', zone: 'UTC' },
      '2027-01-01T00:00Z',
      ['2027-01-31T06:00Z', '2027-02-28T06:00Z', '2027-03-31T06:00Z', '2027-04-30T06:00Z'],
    ],
    [
      'day 29 in February of both kinds of years',
      { every: 'month', on: 29, at: '06:00', zone: 'UTC' },
      '2027-02-01T00:00Z',
      ['2027-02-28T06:00Z', '2027-03-29T06:00Z'],
    ],
    [
      'day 29 in a leap year, once',
      { every: 'month', on: [29, 'last-day'], at: '06:00', zone: 'UTC' },
      '2028-02-01T00:00Z',
      ['2028-02-29T06:00Z', '2028-03-29T06:00Z', '2028-03-31T06:00Z'],
    ],
    [
      'the 29th of February',
      { cron: '0 6 29 2 *', zone: Berlin },
      '2026-01-01T00:00Z',
      ['2028-02-29T05:00Z', '2032-02-29T05:00Z'],
    ],
    [
      'a day of the month or of the week, as cron does',
      { cron: '0 6 13 * 5', zone: 'UTC' },
      '2027-02-01T00:00Z',
      ['2027-02-05T06:00Z', '2027-02-12T06:00Z', '2027-02-13T06:00Z'],
    ],
    ['a poll all day long', { everyMinutes: 15 }, '2026-11-26T10:07Z', ['2026-11-26T10:15Z', '2026-11-26T10:30Z']],
    [
      'a poll between hours, its end included, on weekdays',
      { everyMinutes: 45, between: ['16:30', '18:00'], days: 'weekday', zone: Berlin },
      '2026-11-27T16:00Z',
      ['2026-11-27T16:15Z', '2026-11-27T17:00Z', '2026-11-30T15:30Z'],
    ],
    [
      'a poll over midnight: the day is the one it begins on',
      { everyMinutes: 120, between: ['22:00', '03:00'], days: 'friday', zone: 'UTC' },
      '2026-11-27T21:00Z',
      ['2026-11-27T22:00Z', '2026-11-28T00:00Z', '2026-11-28T02:00Z', '2026-12-04T22:00Z'],
    ],
    [
      'a poll on whole days, from midnight there',
      { everyMinutes: 600, days: 'sunday', zone: Berlin },
      '2027-03-27T12:00Z',
      ['2027-03-27T23:00Z', '2027-03-28T09:00Z', '2027-03-28T19:00Z', '2027-04-03T22:00Z'],
    ],
  ]
  for (const [what, schedule, after, expected] of table) {
    it(what, () => expect(dueTexts(schedule, after, expected.length)).toEqual(expected))
  }

  it('a time that never comes again is told as none', () => {
    expect(dueTexts({ cron: '0 6 31 2 *' }, '2026-01-01T00:00Z', 1)).toEqual([])
  })

  it('without a zone of its own the schedule follows the zone it is given', () => {
    const due = (zone: string): string =>
      new Date(dueRuleOf({ every: 'day', at: '09:00' }, zone).next(0) ?? 0).toISOString()
    expect([due('UTC'), due('Asia/Tokyo')]).toEqual(['1970-01-01T09:00:00.000Z', '1970-01-02T00:00:00.000Z'])
  })
})

describe('what came due meanwhile', () => {
  const rule = dueRuleOf({ everyMinutes: 1 }, 'UTC')
  it('is listed up to and with the end', () => {
    expect(dueBetween(rule, 60_000, 180_000, 10)).toEqual([120_000, 180_000])
  })
  it('is the newest part only where there is more than anybody wants to know', () => {
    const year = 365 * 24 * 3_600_000
    const found = dueBetween(rule, 0, year, 1_000)
    expect(found.at(-1)).toBe(year)
    expect(found.length).toBeGreaterThan(400)
    expect(found.length).toBeLessThanOrEqual(1_000)
  })
})

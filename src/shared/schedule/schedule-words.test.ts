import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeSchedule } from './describe-schedule.ts'
import { dueRuleOf } from './due-rule.ts'
import { nextDueTimes } from './due-times.ts'
import { localTimeOf } from './local-time.ts'
import { readSchedule, tryReadSchedule } from './read-schedule.ts'
import { readScheduleText } from './read-schedule-text.ts'
import { dayNames, type Schedule, scheduleSchema } from './schedule-schema.ts'
import { scheduleWarnings } from './schedule-warnings.ts'

const zone = 'Europe/Berlin'

describe('the sentence of a schedule', () => {
  const table: readonly (readonly [Schedule, string])[] = [
    [{ every: 'weekday', at: '18:00', zone }, 'Every weekday at 18:00 (Berlin time)'],
    [{ every: 'day', at: ['13:00', '8:00'], zone: 'America/New_York' }, 'Every day at 08:00 and 13:00 (New York time)'],
    [{ every: ['thursday', 'monday'], at: '07:30', zone: 'UTC' }, 'Every Monday and Thursday at 07:30 (UTC)'],
    [
      { every: 'sunday', at: ['01:00', '02:00', '03:00'] },
      'Every Sunday at 01:00, 02:00 and 03:00 (time of this computer)',
    ],
    [{ every: 'month', on: 15, at: '06:00', zone }, 'On day 15 of every month at 06:00 (Berlin time)'],
    [
      { every: 'month', on: ['last-day', 1], at: '06:00', zone },
      'On day 1 and the last day of every month at 06:00 (Berlin time)',
    ],
    [
      { every: 'month', on: 31, at: '06:00', zone },
      'On day 31 of every month, in a shorter month on its last day, at 06:00 (Berlin time)',
    ],
    [{ everyMinutes: 1 }, 'Every minute'],
    [{ everyMinutes: 15, zone }, 'Every 15 minutes'],
    [{ everyMinutes: 60 }, 'Every hour'],
    [{ everyMinutes: 120, overlap: 'run-after' }, 'Every 2 hours, after a run that is still going'],
    [
      { everyMinutes: 15, days: 'weekday', between: ['8:00', '18:00'], zone },
      'Every 15 minutes on weekdays from 08:00 to 18:00 (Berlin time)',
    ],
    [{ cron: ' 0 18 * * 1-5', zone }, 'By the cron line 0 18 * * 1-5 (Berlin time)'],
  ]
  for (const [schedule, sentence] of table) {
    it(sentence, () => {
      expect(describeSchedule(schedule)).toBe(sentence)
      expect(tryReadSchedule(schedule)).toEqual({ ok: true, schedule })
    })
  }
})

describe('a schedule that cannot be', () => {
  const table: readonly (readonly [unknown, readonly PropertyKey[], string, string])[] = [
    ['weekdays', [], '"weekdays" is not a schedule.', 'every: weekday'],
    [{ at: '18:00' }, [], 'A schedule says every, everyMinutes or cron.', 'every: weekday'],
    [{ every: 'weekday' }, [], 'at is missing.', "at: '18:00'"],
    [{ every: 'month', at: '06:00' }, [], 'on is missing.', 'last-day'],
    [{ every: 'weekday', at: '25:00' }, ['at'], 'at: "25:00" does not fit here.', "'18:00'"],
    [{ every: 'weekday', at: ['18:00', '7'] }, ['at', 1], 'at: "7" does not fit here.', "'18:00'"],
    [{ every: 'weekday', at: 8 }, ['at'], 'at: 8 does not fit here.', "'18:00'"],
    [{ every: 'wednesdays', at: '18:00' }, ['every'], 'every: "wednesdays" does not fit here.', 'weekday'],
    [{ every: ['monday', 'day'], at: '18:00' }, ['every', 1], 'every: "day" does not fit here.', 'list of days'],
    [{ every: 'month', on: 32, at: '06:00' }, ['on'], 'on: 32 does not fit here.', '1 to 31'],
    [{ every: 'weekday', att: '18:00', at: '18:00' }, ['att'], '"att" is not a known word here.', 'every, at, zone'],
    [{ everyMinutes: 0 }, ['everyMinutes'], 'everyMinutes: 0 does not fit here.', 'from 1 to 1440'],
    [{ everyMinutes: 15, at: '18:00' }, ['at'], '"at" is not a known word here.', 'between'],
    [
      { everyMinutes: 15, between: ['08:00'] },
      ['between'],
      'between: ["08:00"] does not fit here.',
      'two times of day',
    ],
    [
      { everyMinutes: 15, between: ['08:00', '8:00'] },
      ['between'],
      'The poll begins and ends at the same time of day.',
      'two different',
    ],
    [
      { every: 'day', at: '18:00', zone: 'Berlin' },
      ['zone'],
      '"Berlin" is not a time zone that this computer knows.',
      'Did you mean Europe/Berlin?',
    ],
    [{ every: 'day', at: '18:00', zone: '+02:00' }, ['zone'], '"+02:00" is not a time zone', 'Europe/Berlin'],
    [
      { every: 'day', at: '18:00', overlap: 'both' },
      ['overlap'],
      'overlap: "both" does not fit here.',
      'skip or run-after',
    ],
    [{ cron: '0 18 * *' }, ['cron'], '"0 18 * *" is not a cron line: it has five fields', '0 18 * * 1-5'],
    [{ cron: '0 0 18 * * 1' }, ['cron'], 'six fields', '0 18 * * 1-5'],
    [{ cron: '0 24 * * *' }, ['cron'], '"24" is no hour: use 0 to 23', '0 18 * * 1-5'],
    [{ cron: '60 1 * * *' }, ['cron'], '"60" is no minute: use 0 to 59', '0 18 * * 1-5'],
    [{ cron: '0 1 * * FRY' }, ['cron'], '"FRY" is no day of the week', '0 18 * * 1-5'],
    [{ cron: '0 6 31 2 *' }, ['cron'], 'never comes', '0 18 * * 1-5'],
  ]
  for (const [input, path, message, next] of table) {
    it(`${JSON.stringify(input)} says what is wrong and where`, () => {
      const read = tryReadSchedule(input)
      expect(read.ok ? null : read.problem).toEqual({
        path,
        message: expect.stringContaining(message),
        next: expect.stringContaining(next),
      })
    })
  }

  it('is thrown with its place where nobody looks at the answer', () => {
    expect(() => readSchedule({ every: 'day', at: '7' })).toThrowError(
      expect.objectContaining({
        info: expect.objectContaining({ code: 'schedule-invalid', details: { place: 'schedule.at' } }),
      }),
    )
  })
})

describe('schedules as people say them', () => {
  const table: readonly (readonly [string, Schedule])[] = [
    ['every weekday at 18:00', { every: 'weekday', at: '18:00' }],
    ['Every day at 8:00 and 13:00 Europe/Berlin', { every: 'day', at: ['8:00', '13:00'], zone }],
    ['every monday, wednesday and friday at 7:30', { every: ['monday', 'wednesday', 'friday'], at: '7:30' }],
    ['every mondays at 7:30 UTC', { every: 'monday', at: '7:30', zone: 'UTC' }],
    ['the last day of every month at 6:00', { every: 'month', on: 'last-day', at: '6:00' }],
    ['on days 1 and 15 of every month at 6:00', { every: 'month', on: [1, 15], at: '6:00' }],
    ['every 15 minutes', { everyMinutes: 15 }],
    ['every hour', { everyMinutes: 60 }],
    [
      'every 10 minutes from 8:00 to 18:00 on weekdays',
      { everyMinutes: 10, between: ['8:00', '18:00'], days: 'weekday' },
    ],
    ['every 2 hours on saturday and sunday', { everyMinutes: 120, days: ['saturday', 'sunday'] }],
    ['0 18 * * 1-5', { cron: '0 18 * * 1-5' }],
    ['*/5 * * * * America/New_York', { cron: '*/5 * * * *', zone: 'America/New_York' }],
  ]
  for (const [text, schedule] of table) {
    it(text, () => expect(readScheduleText(text)).toEqual({ ok: true, schedule }))
  }

  const nonsense = [
    '',
    'weekly',
    'every now and then',
    'every 15 minutes at night',
    'every weekday',
    'every weekday at noon',
    'every 0 minutes',
    'every weekday at 18:00 (Atlantis time)',
  ]
  for (const text of nonsense) {
    it(`"${text}" is answered with how to say it`, () => {
      const read = readScheduleText(text)
      expect(read.ok ? null : read.problem.next).toEqual(expect.any(String))
    })
  }

  it('the sentence of any schedule says the same when it is read back', () => {
    const at = fc
      .uniqueArray(fc.integer({ min: 0, max: 1_439 }), { minLength: 1, maxLength: 3 })
      .map((minutes) => minutes.map((minute) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`))
    const days = fc.oneof(
      fc.constantFrom('day' as const, 'weekday' as const),
      fc.uniqueArray(fc.constantFrom(...dayNames), { minLength: 1 }),
    )
    const place = fc.constantFrom<{ zone?: string }>({}, { zone }, { zone: 'America/New_York' }, { zone: 'UTC' })
    const overlap = fc.constantFrom<{ overlap?: 'run-after' }>({}, { overlap: 'run-after' })
    const monthDay = fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant('last-day' as const))
    const everyMinutes = fc.integer({ min: 1, max: 1_440 })
    const arbitrary: fc.Arbitrary<Schedule> = fc.oneof(
      fc.record({ every: days, at }).chain((one) => fc.tuple(place, overlap).map(([a, b]) => ({ ...one, ...a, ...b }))),
      fc
        .record({
          every: fc.constant('month' as const),
          on: fc.uniqueArray(monthDay, { minLength: 1, maxLength: 4 }),
          at,
        })
        .chain((one) => fc.tuple(place, overlap).map(([a, b]) => ({ ...one, ...a, ...b }))),
      fc.record({ everyMinutes, days, between: fc.constant<[string, string]>(['6:00', '20:30']) }),
      fc.record({ everyMinutes }).chain((one) => overlap.map((a) => ({ ...one, ...a }))),
    )
    fc.assert(
      fc.property(arbitrary, (schedule) => {
        const sentence = describeSchedule(schedule)
        const back = readScheduleText(sentence)
        if (!back.ok) throw new Error(`${sentence}: ${back.problem.message}`)
        expect(describeSchedule(back.schedule)).toBe(sentence)
        const from = Date.UTC(2027, 2, 20)
        expect(nextDueTimes(dueRuleOf(back.schedule, zone), from, 5)).toEqual(
          nextDueTimes(dueRuleOf(schedule, zone), from, 5),
        )
        expect(scheduleSchema.parse(schedule)).toEqual(schedule)
      }),
      { seed: 20, numRuns: 150 },
    )
  })
})

describe('warnings before a schedule is saved', () => {
  const warned = (schedule: Schedule, now: string) =>
    scheduleWarnings(schedule, dueRuleOf(schedule, zone), { zone, nowMs: Date.parse(now) }).map(
      ({ message }) => message,
    )

  it('name the times that a day does not have, and those that come twice', () => {
    expect(warned({ every: 'day', at: ['02:30', '18:00'] }, '2026-11-26T12:00Z')).toEqual([
      '02:30 does not exist on 2027-03-28, because the clocks go forward: on that day it runs once, at 03:00.',
      '02:30 comes twice on 2027-10-31, because the clocks go back: on that day it runs at the first of them only.',
    ])
    expect(warned({ every: 'day', at: ['02:00', '02:30'] }, '2026-11-26T12:00Z')[0]).toBe(
      '02:00, 02:30 do not exist on 2027-03-28, because the clocks go forward: on that day it runs once, at 03:00.',
    )
  })

  it('are silent for times that are always there, for other days, and for polls', () => {
    expect(warned({ every: 'day', at: ['01:59', '03:00'] }, '2026-11-26T12:00Z')).toEqual([])
    expect(warned({ every: 'weekday', at: '02:30' }, '2026-11-26T12:00Z')).toEqual([])
    expect(warned({ everyMinutes: 15 }, '2026-11-26T12:00Z')).toEqual([])
    expect(warned({ every: 'day', at: '02:30', zone: 'Asia/Tokyo' }, '2026-11-26T12:00Z')).toEqual([])
  })

  it('say when a rare time comes', () => {
    expect(warned({ cron: '0 6 29 2 *' }, '2026-11-26T12:00Z')).toEqual(['It runs for the first time on 2028-02-29.'])
  })
})

it('an instant is shown as the clock of its zone shows it', () => {
  expect(localTimeOf(Date.parse('2026-11-27T17:00Z'), zone)).toEqual({
    at: '2026-11-27T17:00:00.000Z',
    zone,
    date: '2026-11-27',
    time: '18:00',
    weekday: 'Friday',
    offset: '+01:00',
  })
  expect(localTimeOf(Date.parse('2026-07-01T02:00Z'), 'America/St_Johns')).toMatchObject({
    weekday: 'Tuesday',
    offset: '-02:30',
  })
})

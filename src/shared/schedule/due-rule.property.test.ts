/** Due times against a second way to find them: looking at the clock every minute, as a person would. */
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { expect, it } from 'vitest'
import { dueRuleOf } from './due-rule.ts'
import { minuteOf, timeText } from './schedule-parts.ts'
import type { Schedule } from './schedule-schema.ts'

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'America/Scoresbysund',
  'America/St_Johns',
  'America/Santiago',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'UTC',
]

/** Days on which one of the zones changes its clocks, and some others. */
const days = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
  '2027-03-28',
  '2027-04-30',
  '2027-02-07',
  '2028-02-29',
]

const scheduleArbitrary = fc.record({
  zone: fc.constantFrom(...zones),
  day: fc.constantFrom(...days),
  minutes: fc.uniqueArray(fc.integer({ min: 0, max: 1_439 }), { minLength: 1, maxLength: 3 }),
  isWeekday: fc.boolean(),
})

/** The first minute on which the clock shows one of the times, or has just jumped over one of them. */
function dueByLooking(
  schedule: Extract<Schedule, { at: unknown; every: unknown }>,
  zone: string,
  afterMs: number,
  untilMs: number,
): number | null {
  const wanted = (Array.isArray(schedule.at) ? schedule.at : [schedule.at]).map(minuteOf)
  const seen = new Set<string>()
  const shows = (ms: number) => {
    const local = DateTime.fromMillis(ms, { zone })
    return { day: local.toISODate() ?? '', minute: local.hour * 60 + local.minute, isWorkday: local.weekday < 6 }
  }
  const isDay = (isWorkday: boolean): boolean => schedule.every !== 'weekday' || isWorkday
  let last = shows(afterMs - 4 * 3_600_000)
  for (let ms = afterMs - 4 * 3_600_000 + 60_000; ms <= untilMs; ms += 60_000) {
    const now = shows(ms)
    const isSameDay = now.day === last.day
    const jumped = isSameDay ? now.minute - last.minute : now.minute + 1_440 - last.minute
    const skipped = jumped > 1 ? Array.from({ length: jumped - 1 }, (_, index) => last.minute + 1 + index) : []
    const hasSkipped = skipped.some((minute) => {
      const isNextDay = minute >= 1_440
      return wanted.includes(minute % 1_440) && isDay(isNextDay ? now.isWorkday : last.isWorkday)
    })
    const key = `${now.day} ${now.minute}`
    const isFirst = !seen.has(key)
    seen.add(key)
    const isDue = hasSkipped || (isFirst && wanted.includes(now.minute) && isDay(now.isWorkday))
    if (isDue && ms > afterMs) return ms
    last = now
  }
  return null
}

type Fixed = Extract<Schedule, { at: unknown; every: unknown }> & { readonly zone: string }

const property = (nextOf: (schedule: Fixed, afterMs: number) => number | null) =>
  fc.property(
    scheduleArbitrary,
    fc.integer({ min: 0, max: 1_800 }),
    ({ zone, day, minutes, isWeekday }, startMinute) => {
      const schedule = { every: isWeekday ? ('weekday' as const) : ('day' as const), at: minutes.map(timeText), zone }
      const afterMs = Date.parse(`${day}T00:00Z`) - 14 * 3_600_000 + startMinute * 60_000
      const untilMs = afterMs + 30 * 3_600_000
      const found = nextOf(schedule, afterMs)
      expect(found !== null && found <= untilMs ? found : null).toBe(dueByLooking(schedule, zone, afterMs, untilMs))
    },
  )

it('the next due time is the one a person who looks at the clock every minute finds', () => {
  fc.assert(
    property((schedule, afterMs) => dueRuleOf(schedule, 'UTC').next(afterMs)),
    { seed: 20, numRuns: 150 },
  )
})

it('is another one where the offset before the change is taken for that after it (a twin that shows the test can fail)', () => {
  const withOldOffset = (schedule: Fixed, afterMs: number): number | null => {
    const offsetMs = DateTime.fromMillis(afterMs, { zone: schedule.zone }).offset * 60_000
    const next = dueRuleOf({ ...schedule, zone: 'UTC' }, 'UTC').next(afterMs + offsetMs)
    return next === null ? null : next - offsetMs
  }
  expect(fc.check(property(withOldOffset), { seed: 20, numRuns: 150 }).failed).toBe(true)
})

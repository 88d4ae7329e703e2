/** Dates: declared formats in their order, zones with gaps and folds, and an issue for every guess. */
import { describe, expect, it } from 'vitest'
import type { Value } from '../../model/value.ts'
import { refusedPlace, runSteps } from '../testing/run-steps.ts'

function resultOf(step: unknown, value: Value): Value | undefined {
  const outcome = runSteps({ steps: [step], value })
  return 'issue' in outcome ? outcome.issue : outcome.value
}

describe('date', () => {
  it.each<[unknown, Value, Value]>([
    ['date', '2025-12-31', '2025-12-31'],
    ['date', ' 2025-12-31 ', '2025-12-31'],
    ['date', '2025-12-31T23:30:00', '2025-12-31'],
    ['date', '2025-12-31T23:30:00Z', 'no-zone'],
    [{ date: { zone: 'Europe/Berlin' } }, '2025-12-31T23:30:00Z', '2026-01-01'],
    [{ date: { zone: 'America/New_York' } }, '2026-01-01T04:59:59.999Z', '2025-12-31'],
    ['date', '03/04/2025', 'ambiguous-date'],
    ['date', '03/03/2025', '2025-03-03'],
    ['date', '25.12.2025', '2025-12-25'],
    ['date', '2025/3/4', '2025-03-04'],
    [{ date: { order: 'day-first' } }, '03/04/2025', '2025-04-03'],
    [{ date: { order: 'month-first' } }, '3/4/2025', '2025-03-04'],
    [{ date: { order: 'month-first' } }, '25/12/2025', 'impossible-date'],
    [{ date: { order: 'day-first' } }, '31.02.2025', 'impossible-date'],
    [{ date: { order: 'day-first' } }, '29.02.2024', '2024-02-29'],
    [{ date: { order: 'day-first' } }, '29.02.2100', 'impossible-date'],
    [{ date: { order: 'day-first' } }, '03.04.25', 'two-digit-year'],
    [{ date: { order: 'day-first', firstYear: 1970 } }, '03.04.69', '2069-04-03'],
    [{ date: { order: 'day-first', firstYear: 1930 } }, '03.04.69', '1969-04-03'],
    [{ date: { order: 'year-first', firstYear: 2000 } }, '25-03-04', '2025-03-04'],
    [{ date: { formats: ['dd/MM/yyyy', 'MM/dd/yyyy'] } }, '12/31/2025', '2025-12-31'],
    [{ date: { formats: ['dd/MM/yyyy', 'MM/dd/yyyy'] } }, '03/04/2025', '2025-04-03'],
    [{ date: { formats: ['dd/MM/yyyy', 'MM/dd/yyyy'] } }, '31/31/2025', 'impossible-date'],
    [{ date: { formats: ['d.M.yyyy', 'iso'] } }, '3.4.2025', '2025-04-03'],
    [{ date: { formats: ['d.M.yyyy', 'iso'] } }, '2025-04-03', '2025-04-03'],
    [{ date: { formats: ['d.M.yy'] } }, '3.4.25', '2025-04-03'],
    [{ date: { formats: ['yyyyMMdd'] } }, 20251231, '2025-12-31'],
    [{ date: { formats: ['d. MMMM yyyy'], locale: 'de' } }, '3. märz 2025', '2025-03-03'],
    [{ date: { formats: ['d MMM yyyy'], locale: 'fr' } }, '3 févr. 2025', '2025-02-03'],
    [{ date: { formats: ["MMM d, yyyy 'at' h:mm a"] } }, 'Sept 3, 2025 at 12:30 AM', '2025-09-03'],
    [{ date: { formats: ['EEE, d MMM yyyy'] } }, 'Wed, 31 Dec 2025', '2025-12-31'],
    [{ date: { formats: ['EEE, d MMM yyyy'] } }, 'Tue, 31 Dec 2025', 'impossible-date'],
    [{ date: { formats: ['dd.MM.yyyy'] } }, '3.4.2025', 'not-a-date'],
    [{ date: { formats: ['excel'] } }, 45658, '2025-01-01'],
    [{ date: { formats: ['excel'] } }, '45658.75', '2025-01-01'],
    [{ date: { formats: ['excel'] } }, 1, '1900-01-01'],
    [{ date: { formats: ['excel'] } }, 59, '1900-02-28'],
    [{ date: { formats: ['excel'] } }, 60, 'impossible-date'],
    [{ date: { formats: ['excel'] } }, 61, '1900-03-01'],
    [{ date: { formats: ['excel'] } }, -1, 'not-a-date'],
    ['date', 45658, 'not-a-date'],
    ['date', 'tomorrow', 'not-a-date'],
    ['date', '0025-03-04', 'impossible-date'],
    ['date', ['2025-01-01'], 'not-a-date'],
    ['date', '', null],
    ['date', null, null],
  ])('%j reads %j', (step, value, expected) => {
    expect(resultOf(step, value)).toEqual(expected)
  })
})

describe('date-time', () => {
  const berlin = (rest = {}): unknown => ({ 'date-time': { zone: 'Europe/Berlin', ...rest } })
  it.each<[unknown, Value, Value]>([
    ['date-time', '2025-07-01T10:00:00+02:00', '2025-07-01T08:00:00.000Z'],
    ['date-time', '2025-07-01T10:00:00.123456Z', '2025-07-01T10:00:00.123Z'],
    ['date-time', '2025-07-01 10:00', 'no-zone'],
    [berlin(), '2025-07-01 10:00', '2025-07-01T08:00:00.000Z'],
    [berlin(), '2025-07-01', '2025-06-30T22:00:00.000Z'],
    [berlin(), '2025-03-30 02:30', 'time-skipped'],
    [berlin(), '2025-03-30 03:00', '2025-03-30T01:00:00.000Z'],
    [berlin(), '2025-10-26 02:30', 'ambiguous-time'],
    [berlin({ fold: 'earlier' }), '2025-10-26 02:30', '2025-10-26T00:30:00.000Z'],
    [berlin({ fold: 'later' }), '2025-10-26 02:30', '2025-10-26T01:30:00.000Z'],
    [{ 'date-time': { zone: 'Pacific/Apia' } }, '2011-12-30 12:00', 'time-skipped'],
    [{ 'date-time': { zone: 'Asia/Beirut' } }, '2025-03-30', '2025-03-29T22:00:00.000Z'],
    [{ 'date-time': { zone: 'Asia/Kathmandu' } }, '2025-01-01 00:00', '2024-12-31T18:15:00.000Z'],
    [berlin({ order: 'day-first' }), '3.4.2025 5:06 pm', '2025-04-03T15:06:00.000Z'],
    [berlin({ order: 'day-first' }), '3.4.2025 13:06 pm', 'impossible-date'],
    [berlin({ formats: ['excel'] }), 45658.5, '2025-01-01T11:00:00.000Z'],
    [{ 'date-time': { formats: ['unix-seconds'] } }, 1735689600, '2025-01-01T00:00:00.000Z'],
    [{ 'date-time': { formats: ['unix-milliseconds'] } }, '1735689600123', '2025-01-01T00:00:00.123Z'],
    [{ 'date-time': { formats: ['dd/MM/yyyy HH:mm ZZ'] } }, '01/02/2025 10:00 -05:00', '2025-02-01T15:00:00.000Z'],
    ['date-time', '2025-07-01T24:00:00Z', 'impossible-date'],
    ['date-time', '2025-07-01T10:00:00+25:00', 'impossible-date'],
  ])('%j reads %j', (step, value, expected) => {
    expect(resultOf(step, value)).toEqual(expected)
  })
})

describe('format-date and shift-date', () => {
  it.each<[unknown, Value, Value]>([
    [{ 'format-date': { format: 'dd.MM.yyyy' } }, '2025-12-31', '31.12.2025'],
    [{ 'format-date': { format: 'd MMMM yyyy', locale: 'fr' } }, '2025-02-03', '3 février 2025'],
    [{ 'format-date': { format: 'dd.MM. HH:mm', zone: 'Europe/Berlin' } }, '2025-07-01T08:00:00Z', '01.07. 10:00'],
    [{ 'format-date': { format: 'dd.MM.' } }, '2025-07-01T08:00:00Z', 'no-zone'],
    [{ 'format-date': { format: 'dd.MM.' } }, '31.12.2025', 'not-a-date'],
    [{ 'shift-date': { days: 14 } }, '2025-12-25', '2026-01-08'],
    [{ 'shift-date': { months: 1 } }, '2025-01-31', '2025-02-28'],
    [{ 'shift-date': { months: -1, days: -1 } }, '2025-03-31', '2025-02-27'],
    [{ 'shift-date': { months: 1, to: 'month-end' } }, '2025-01-05', '2025-02-28'],
    [{ 'shift-date': { days: 1 } }, '2025-01-05T10:00:00Z', 'not-a-day'],
    [{ 'shift-date': { days: 40000 } }, '9999-01-01', 'impossible-date'],
  ])('%j takes %j', (step, value, expected) => {
    expect(resultOf(step, value)).toEqual(expected)
  })

  it.each([
    [{ date: { formats: ['iso', 'dd.QQ.yyyy'] } }, 'date.formats[1]'],
    [{ date: { formats: ['dd.MM'] } }, 'date.formats[0]'],
    [{ 'date-time': { formats: ['dd.MM.yyyy h:mm'] } }, 'date-time.formats[0]'],
    [{ date: { zone: 'Europe/Atlantis' } }, 'date.zone'],
    [{ 'shift-date': {} }, 'shift-date'],
  ])('refuses %j at its place', (step, place) => {
    expect(refusedPlace([{ to: 'out', from: 'field', steps: [step] }])).toBe(`mapping[0].steps[0].${place}`)
  })
})

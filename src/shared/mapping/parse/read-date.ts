/** Reads dates and points in time as people, spreadsheets and services write them. */
import type { Value } from '../../model/value.ts'
import { clockMsOf, isPossible, type Moment, momentOfInstant } from './calendar.ts'
import { type DateProblem, type FormatParser, fullYear, hourOfHalf, offsetMinutesOf } from './date-format.ts'
import { numberText, trimText } from './text.ts'

export type DateOrder = 'day-first' | 'month-first' | 'year-first'
export type DateReader = (value: Value) => Moment | DateProblem

const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?([Zz]|[+-]\d{2}(?::?\d{2})?)?)?$/
const threeNumbers =
  /^(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?(?:(?:,?\s+|T)(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s?([AaPp]\.?[Mm]\.?))?)?$/

/** '2025-12-31', with time and distance to UTC if there are any. */
export function readIso(text: string): Moment | 'impossible-date' | undefined {
  const found = iso.exec(text)
  if (!found) return undefined
  const offsetText = found[8]
  const offsetMinutes = offsetText === undefined ? undefined : offsetMinutesOf(offsetText)
  const moment: Moment = {
    year: Number(found[1]),
    month: Number(found[2]),
    day: Number(found[3]),
    hour: Number(found[4] ?? 0),
    minute: Number(found[5] ?? 0),
    second: Number(found[6] ?? 0),
    millisecond: found[7] === undefined ? 0 : Number(found[7].slice(0, 3).padEnd(3, '0')),
    hasTime: found[4] !== undefined,
    offsetMinutes,
  }
  return isPossible(moment) && Math.abs(offsetMinutes ?? 0) <= 14 * 60 ? moment : 'impossible-date'
}

export interface NumbersOptions {
  readonly order: DateOrder | undefined
  /** Declared: two-digit years are read; undefined: they are a problem. */
  readonly firstYear: number | undefined
}

/** A reader for ISO dates and dates of three numbers; ambiguous ones are a problem unless the order is declared. */
export function readerByOrder(options: NumbersOptions): DateReader {
  return (value) => {
    if (typeof value !== 'string') return 'not-a-date'
    const text = trimText(value)
    const found = threeNumbers.exec(text)
    if (!found) return readIso(text) ?? 'not-a-date'
    return readThreeNumbers(found, options)
  }
}

function readThreeNumbers(found: RegExpExecArray, options: NumbersOptions): Moment | DateProblem {
  const [, first = '', , middle = '', last = '', hourText, minuteText = '0', secondText = '0', half] = found
  const isYearFirst = first.length === 4 || (options.order === 'year-first' && last.length <= 2)
  const yearText = isYearFirst ? first : last
  if (isYearFirst ? last.length > 2 : first.length > 2) return 'not-a-date'
  const year = yearOf(yearText, options.firstYear)
  if (typeof year !== 'number') return year
  const dayAndMonth = isYearFirst
    ? { month: Number(middle), day: Number(last) }
    : inOrder(Number(first), Number(middle), options.order)
  if (dayAndMonth === undefined) return 'ambiguous-date'
  if (half !== undefined && (Number(hourText) < 1 || Number(hourText) > 12)) return 'impossible-date'
  const moment: Moment = {
    year,
    ...dayAndMonth,
    hour: half === undefined ? Number(hourText ?? 0) : hourOfHalf(Number(hourText), half),
    minute: Number(minuteText),
    second: Number(secondText),
    millisecond: 0,
    hasTime: hourText !== undefined,
    offsetMinutes: undefined,
  }
  return isPossible(moment) ? moment : 'impossible-date'
}

function yearOf(text: string, firstYear: number | undefined): number | DateProblem {
  if (text.length === 4) return Number(text)
  if (text.length !== 2) return 'not-a-date'
  return firstYear === undefined ? 'two-digit-year' : fullYear(Number(text), firstYear)
}

function inOrder(
  first: number,
  second: number,
  order: DateOrder | undefined,
): { month: number; day: number } | undefined {
  if (order === 'day-first') return { day: first, month: second }
  if (order === 'month-first') return { month: first, day: second }
  if (first > 12) return { day: first, month: second }
  return second > 12 || first === second ? { month: first, day: second } : undefined
}

/** A reader that tries readers in their order; the first that can read the value decides. */
export function firstReader(readers: readonly DateReader[]): DateReader {
  return (value) => {
    let problem: DateProblem = 'not-a-date'
    for (const read of readers) {
      const moment = read(value)
      if (typeof moment !== 'string') return moment
      if (problem === 'not-a-date') problem = moment
    }
    return problem
  }
}

/** A reader for one text format. Numbers are read as their digits (20251231 with yyyyMMdd). */
export function readerByFormat(parse: FormatParser): DateReader {
  return (value) => {
    const text = typeof value === 'string' ? trimText(value) : typeof value === 'number' ? numberText(value) : undefined
    return (text === undefined ? undefined : parse(text)) ?? 'not-a-date'
  }
}

/** Seconds or milliseconds since 1970. */
export function readerOfUnix(millisecondsPerUnit: number): DateReader {
  return (value) => {
    const number = numberOf(value)
    const moment = number === undefined ? undefined : momentOfInstant(Math.round(number * millisecondsPerUnit))
    return moment ?? 'not-a-date'
  }
}

/**
 * Spreadsheet serials: day 1 is 1900-01-01, and day 60 the 29th of February 1900, which never was
 * (https://learn.microsoft.com/en-us/office/troubleshoot/excel/wrongly-assumes-1900-is-leap-year, 2025-06-01).
 */
export function readExcelSerial(value: Value): Moment | DateProblem {
  const serial = numberOf(value)
  if (serial === undefined || serial < 1 || serial >= 2_958_466) return 'not-a-date'
  const day = Math.floor(serial)
  if (day === 60) return 'impossible-date'
  const clockMs = Date.UTC(1899, 11, day < 60 ? 31 : 30) + day * 86_400_000 + Math.round((serial - day) * 86_400_000)
  const moment = momentOfInstant(clockMs)
  return moment ? { ...moment, hasTime: serial !== day, offsetMinutes: undefined } : 'not-a-date'
}

/** The point in time of a moment that names its distance to UTC. */
export function instantOf(moment: Moment, offsetMinutes: number): number {
  return clockMsOf(moment) - offsetMinutes * 60_000
}

function numberOf(value: Value): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^\s*-?\d{1,15}(?:\.\d{1,12})?\s*$/.test(value) ? Number(value) : undefined
}

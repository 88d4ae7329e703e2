/** Steps on dates and points in time. An empty text gives an empty value. */
import { DateTime } from 'luxon'
import { mappingError } from '../mapping-error.ts'
import {
  clockMsOf,
  dateText,
  dayInZone,
  daysOfMonth,
  instantOfClock,
  isZone,
  type Moment,
  startOfDay,
} from '../parse/calendar.ts'
import { compileDateFormat, type DateProblem } from '../parse/date-format.ts'
import {
  type DateReader,
  firstReader,
  instantOf,
  readExcelSerial,
  readerByFormat,
  readerByOrder,
  readerOfUnix,
  readIso,
} from '../parse/read-date.ts'
import { reportIssue } from '../report-issue.ts'
import type { dateStepShapes } from '../schema/date-steps.ts'
import type { StepOptions } from '../schema/step-schema.ts'
import type {
  Compiling,
  Evaluation,
  Flowing,
  StepDefinitions,
  StepFunction,
  StepResult,
  Stopped,
} from '../step-types.ts'
import { isBlank } from './number-values.ts'

type ParseOptions = StepOptions['date']

const problems: Readonly<Record<DateProblem, { readonly problem: string; readonly next: string }>> = {
  'not-a-date': {
    problem: 'is not a date in a declared form',
    next: 'Correct the value, or declare its format in the step (formats).',
  },
  'ambiguous-date': {
    problem: 'can be read as day/month or month/day',
    next: 'Declare the order in the step (order).',
  },
  'impossible-date': { problem: 'is a day or time that does not exist', next: 'Correct the value.' },
  'two-digit-year': {
    problem: 'has a year of two digits',
    next: 'Declare in the step which hundred years are meant (firstYear), or a format with yy.',
  },
}

export const dateSteps: StepDefinitions<keyof typeof dateStepShapes> = {
  date: {
    explain: (options) => `Reads a date${parseWords(options)}`,
    compile: compileDate,
  },
  'date-time': {
    explain: (options) => `Reads a point in time${parseWords(options)}`,
    compile: compileDateTime,
  },
  'format-date': {
    explain: ({ format, zone }) => `Writes the date as ${format}${zone ? ` in ${zone}` : ''}`,
    compile: compileFormatDate,
  },
  'shift-date': {
    explain: ({ days = 0, months = 0, to }) =>
      `Moves the date by ${shiftWords(days, months)}${to ? ` to the ${to.replace('-', ' ')}` : ''}`,
    compile: compileShift,
  },
}

function parseWords(options: ParseOptions): string {
  const forms = options.formats
    ? ` written as ${options.formats.join(' or ')}`
    : options.order
      ? ` written ${options.order}`
      : ''
  return `${forms}${options.zone ? ` in ${options.zone}` : ''}`
}

function shiftWords(days: number, months: number): string {
  const words = [months === 0 ? '' : `${months} months`, days === 0 ? '' : `${days} days`].filter((word) => word !== '')
  return words.length === 0 ? '0 days' : words.join(' and ')
}

function compileReader(options: ParseOptions, place: string): DateReader {
  if (!options.formats) return readerByOrder({ order: options.order, firstYear: options.firstYear })
  return firstReader(
    options.formats.map((format, index) => compileFormat(format, options, `${place}.formats[${index}]`)),
  )
}

function compileFormat(format: string, options: ParseOptions, place: string): DateReader {
  if (format === 'iso') return readerByFormat(readIso)
  if (format === 'excel') return readExcelSerial
  if (format === 'unix-seconds') return readerOfUnix(1000)
  if (format === 'unix-milliseconds') return readerOfUnix(1)
  const parser = compileDateFormat({
    format,
    locales: [options.locale ?? 'en'].flat().map((locale) => checkedLocale(locale, place)),
    firstYear: options.firstYear ?? 1970,
  })
  if (typeof parser === 'string') throw mappingError(place, parser)
  return readerByFormat(parser)
}

function checkedLocale(locale: string | undefined, place: string): string {
  try {
    return Intl.getCanonicalLocales(locale ?? 'en')[0] ?? 'en'
  } catch (error) {
    throw mappingError(place, `${locale ?? ''} is not a language`, error)
  }
}

function checkedZone(zone: string | undefined, compiling: Compiling): string | undefined {
  const chosen = zone ?? compiling.options.zone
  if (chosen === undefined || isZone(chosen)) return chosen
  throw mappingError(`${compiling.place}.zone`, `${chosen} is not a time zone`)
}

function compileDate(options: ParseOptions, compiling: Compiling): StepFunction {
  const read = compileReader(options, compiling.place)
  const zone = checkedZone(options.zone, compiling)
  return (value, evaluation) => {
    if (isBlank(value)) return null
    const moment = readOrIssue(read, value, evaluation)
    if (typeof moment === 'symbol') return moment
    if (moment.offsetMinutes === undefined) return dateText(moment.year, moment.month, moment.day)
    return zone === undefined ? zoneIssue(value, evaluation) : dayInZone(instantOf(moment, moment.offsetMinutes), zone)
  }
}

function readOrIssue(read: DateReader, value: Flowing, evaluation: Evaluation): Moment | Stopped {
  const moment = value === undefined ? 'not-a-date' : read(value)
  return typeof moment === 'string' ? reportIssue(evaluation, { code: moment, value, ...problems[moment] }) : moment
}

function zoneIssue(value: Flowing, evaluation: Evaluation): Stopped {
  return reportIssue(evaluation, {
    code: 'no-zone',
    value,
    problem: 'cannot be placed without a time zone',
    next: 'Declare the time zone in the step (zone) or for the whole integration.',
  })
}

function compileDateTime(options: ParseOptions, compiling: Compiling): StepFunction {
  const read = compileReader(options, compiling.place)
  const zone = checkedZone(options.zone, compiling)
  return (value, evaluation): StepResult => {
    if (isBlank(value)) return null
    const moment = readOrIssue(read, value, evaluation)
    if (typeof moment === 'symbol') return moment
    if (moment.offsetMinutes !== undefined) return instantText(instantOf(moment, moment.offsetMinutes))
    if (zone === undefined) return zoneIssue(value, evaluation)
    if (!moment.hasTime) return instantText(startOfDay(clockMsOf(moment), zone))
    const instant = instantOfClock(clockMsOf(moment), zone, options.fold)
    return typeof instant === 'number' ? instantText(instant) : clockIssue(instant, { value, zone, evaluation })
  }
}

interface ClockTrouble {
  readonly value: Flowing
  readonly zone: string
  readonly evaluation: Evaluation
}

function clockIssue(kind: 'gap' | 'fold', { value, zone, evaluation }: ClockTrouble): Stopped {
  return kind === 'gap'
    ? reportIssue(evaluation, {
        code: 'time-skipped',
        value,
        problem: `is a time that clocks in ${zone} skip`,
        next: 'Correct the value.',
      })
    : reportIssue(evaluation, {
        code: 'ambiguous-time',
        value,
        problem: `is a time that clocks in ${zone} show twice`,
        next: 'Declare in the step which of the two is meant (fold).',
      })
}

function instantText(instantMs: number): string {
  return new Date(instantMs).toISOString()
}

function compileFormatDate(options: StepOptions['format-date'], compiling: Compiling): StepFunction {
  const zone = checkedZone(options.zone, compiling)
  const locale = checkedLocale(options.locale, `${compiling.place}.locale`)
  return (value, evaluation) => {
    if (isBlank(value)) return null
    const moment = readOrIssue(readerByFormat(readIso), value, evaluation)
    if (typeof moment === 'symbol') return moment
    if (moment.offsetMinutes !== undefined && zone === undefined) return zoneIssue(value, evaluation)
    const isInstant = moment.offsetMinutes !== undefined
    const ms = isInstant ? instantOf(moment, moment.offsetMinutes) : clockMsOf(moment)
    return DateTime.fromMillis(ms, { zone: isInstant ? (zone ?? 'UTC') : 'UTC', locale }).toFormat(options.format)
  }
}

function compileShift({ days = 0, months = 0, to }: StepOptions['shift-date'], { place }: Compiling): StepFunction {
  if (days === 0 && months === 0 && to === undefined) throw mappingError(place, 'say by how many days or months')
  return (value, evaluation) => {
    if (isBlank(value)) return null
    const moment = readOrIssue(readerByFormat(readIso), value, evaluation)
    if (typeof moment === 'symbol') return moment
    if (moment.hasTime) return notADay(value, evaluation)
    const monthIndex = moment.year * 12 + moment.month - 1 + months
    const year = Math.floor(monthIndex / 12)
    const month = (monthIndex % 12) + 1
    const shifted = new Date(Date.UTC(year, month - 1, Math.min(moment.day, daysOfMonth(year, month)) + days))
    return (
      settled(shifted, to) ??
      reportIssue(evaluation, { code: 'impossible-date', value, ...problems['impossible-date'] })
    )
  }
}

function settled(date: Date, to: 'month-start' | 'month-end' | undefined): string | undefined {
  const year = date.getUTCFullYear()
  const month = date.getUTCMonth() + 1
  if (!(year >= 1000 && year <= 9999)) return undefined
  const day = to === 'month-start' ? 1 : to === 'month-end' ? daysOfMonth(year, month) : date.getUTCDate()
  return dateText(year, month, day)
}

function notADay(value: Flowing, evaluation: Evaluation): Stopped {
  return reportIssue(evaluation, {
    code: 'not-a-day',
    value,
    problem: 'is a point in time, where a day is needed',
    next: 'Put a date step with the time zone before it.',
  })
}

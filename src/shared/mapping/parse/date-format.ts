/**
 * Compiles a date format (luxon tokens) into a strict parser. Own parser instead of luxon's, because two-digit years,
 * weekdays that contradict the date and impossible days must be found, and because it runs for every record.
 */
import { Info } from 'luxon'
import { clockMsOf, isPossible, type Moment } from './calendar.ts'
import { nameKey } from './text.ts'

export type DateProblem = 'not-a-date' | 'ambiguous-date' | 'impossible-date' | 'two-digit-year'
/** undefined: the text has another form. */
export type FormatParser = (text: string) => Moment | 'impossible-date' | undefined

export interface FormatOptions {
  readonly format: string
  /** Languages of month and day names. */
  readonly locales: readonly string[]
  /** Two-digit years lie in the hundred years from here. */
  readonly firstYear: number
}

type Part =
  | 'year'
  | 'shortYear'
  | 'month'
  | 'monthName'
  | 'day'
  | 'hour'
  | 'hour12'
  | 'minute'
  | 'second'
  | 'millisecond'
  | 'half'
  | 'offset'
  | 'weekday'

const tokens: Readonly<Record<string, readonly [source: string, part: Part]>> = {
  yyyy: ['(\\d{4})', 'year'],
  yy: ['(\\d{2})', 'shortYear'],
  M: ['(\\d{1,2})', 'month'],
  MM: ['(\\d{2})', 'month'],
  MMM: ['([\\p{L}\\p{M}]+\\.?)', 'monthName'],
  MMMM: ['([\\p{L}\\p{M}]+\\.?)', 'monthName'],
  d: ['(\\d{1,2})', 'day'],
  dd: ['(\\d{2})', 'day'],
  H: ['(\\d{1,2})', 'hour'],
  HH: ['(\\d{2})', 'hour'],
  h: ['(\\d{1,2})', 'hour12'],
  hh: ['(\\d{2})', 'hour12'],
  m: ['(\\d{1,2})', 'minute'],
  mm: ['(\\d{2})', 'minute'],
  s: ['(\\d{1,2})', 'second'],
  ss: ['(\\d{2})', 'second'],
  SSS: ['(\\d{3})', 'millisecond'],
  a: ['([AaPp]\\.?\\s?[Mm]\\.?)', 'half'],
  Z: ['(Z|[+-]\\d{1,2}(?::?\\d{2})?)', 'offset'],
  ZZ: ['(Z|[+-]\\d{2}:?\\d{2})', 'offset'],
  ZZZ: ['(Z|[+-]\\d{4})', 'offset'],
  EEE: ['([\\p{L}\\p{M}]+\\.?)', 'weekday'],
  EEEE: ['([\\p{L}\\p{M}]+\\.?)', 'weekday'],
}
const standalone: Readonly<Record<string, string>> = {
  y: 'yyyy',
  L: 'M',
  LL: 'MM',
  LLL: 'MMM',
  LLLL: 'MMMM',
  ccc: 'EEE',
  cccc: 'EEEE',
}

/** Gives the parser, or the words for what is wrong with the format. */
export function compileDateFormat(options: FormatOptions): FormatParser | string {
  const pieces = options.format.match(/'[^']*'|([A-Za-z])\1*|\s+|./gsu) ?? []
  const parts: Part[] = []
  let source = ''
  for (const piece of pieces) {
    if (/^[A-Za-z]/.test(piece)) {
      const token = tokens[standalone[piece] ?? piece]
      if (!token) return `the date format has '${piece}', which is not known; put other text in quotes`
      source += token[0]
      parts.push(token[1])
    } else source += literalSource(piece)
  }
  const missing = missingPart(parts)
  if (missing) return missing
  return parserOf(new RegExp(`^${source}$`, 'u'), parts, options)
}

function literalSource(piece: string): string {
  if (/^\s+$/.test(piece)) return '\\s+'
  const text = piece.startsWith("'") && piece.length > 1 ? piece.slice(1, -1) : piece
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

function missingPart(parts: readonly Part[]): string | undefined {
  const has = (...wanted: Part[]): boolean => wanted.some((part) => parts.includes(part))
  if (new Set(parts).size < parts.length) return 'the date format names the same part twice'
  if (!has('year', 'shortYear') || !has('month', 'monthName') || !has('day'))
    return 'a date format needs day, month and year'
  if (has('hour12') !== has('half')) return "in a date format 'h' and 'a' (am, pm) go together"
  return has('minute', 'second') && !has('hour', 'hour12') ? 'the date format has minutes without hours' : undefined
}

function parserOf(pattern: RegExp, parts: readonly Part[], options: FormatOptions): FormatParser {
  const at = (part: Part): number => parts.indexOf(part) + 1
  const year = at('year'),
    shortYear = at('shortYear'),
    month = at('month'),
    monthName = at('monthName'),
    day = at('day')
  const hour = at('hour'),
    hour12 = at('hour12'),
    minute = at('minute'),
    second = at('second'),
    millisecond = at('millisecond')
  const half = at('half'),
    offset = at('offset'),
    weekday = at('weekday')
  const months = monthName > 0 ? namesOf('months', options.locales) : undefined
  const weekdays = weekday > 0 ? namesOf('weekdays', options.locales) : undefined
  const hasTime = hour > 0 || hour12 > 0
  return (text) => {
    const found = pattern.exec(text)
    if (!found) return undefined
    const number = (index: number): number => (index > 0 ? Number(found[index]) : 0)
    const namedMonth = months?.get(nameKey(found[monthName] ?? ''))
    const namedWeekday = weekdays?.get(nameKey(found[weekday] ?? ''))
    if ((months && namedMonth === undefined) || (weekdays && namedWeekday === undefined)) return undefined
    if (hour12 > 0 && (number(hour12) < 1 || number(hour12) > 12)) return 'impossible-date'
    const moment: Moment = {
      year: year > 0 ? number(year) : fullYear(number(shortYear), options.firstYear),
      month: namedMonth ?? number(month),
      day: number(day),
      hour: hour12 > 0 ? hourOfHalf(number(hour12), found[half] ?? '') : number(hour),
      minute: number(minute),
      second: number(second),
      millisecond: number(millisecond),
      hasTime,
      offsetMinutes: offset > 0 ? offsetMinutesOf(found[offset] ?? '') : undefined,
    }
    const contradicts = namedWeekday !== undefined && isPossible(moment) && weekdayOf(moment) !== namedWeekday
    return isPossible(moment) && !contradicts ? moment : 'impossible-date'
  }
}

/** Two digits as the year in the hundred years from `firstYear`. */
export function fullYear(twoDigits: number, firstYear: number): number {
  return firstYear + ((twoDigits - (firstYear % 100) + 100) % 100)
}

export function hourOfHalf(hour: number, half: string): number {
  return (hour % 12) + (/^p/i.test(half) ? 12 : 0)
}

/** '+05:30', '+0530', '+05' and 'Z' as minutes. */
export function offsetMinutesOf(text: string): number {
  if (/^z$/i.test(text)) return 0
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(text) ?? []
  const total = Number(hours) * 60 + Number(minutes)
  return sign === '-' ? -total : total
}

function weekdayOf(moment: Moment): number {
  return new Date(clockMsOf({ ...moment, hour: 0 })).getUTCDay() || 7
}

/** Long and short names of the languages, by their key; months 1 to 12, weekdays 1 (Monday) to 7. A name that means different months in two languages is left out. */
function namesOf(what: 'months' | 'weekdays', locales: readonly string[]): ReadonlyMap<string, number> {
  const names = new Map<string, number>()
  const unclear = new Set<string>()
  for (const [key, number] of locales.flatMap((locale) => namesOfOne(what, locale))) {
    if ((names.get(key) ?? number) !== number) unclear.add(key)
    names.set(key, number)
  }
  for (const key of unclear) names.delete(key)
  return names
}

function namesOfOne(what: 'months' | 'weekdays', locale: string): readonly (readonly [string, number])[] {
  const lengths = ['long', 'short'] as const
  const lists = lengths.flatMap((length) => [Info[what](length, { locale }), Info[`${what}Format`](length, { locale })])
  const names = lists.flatMap((list) => list.map((name, index) => [nameKey(name), index + 1] as const))
  return what === 'months' && locale.startsWith('en') ? [['sept', 9], ...names] : names
}

/** Dates and instants as services write them. Undefined for whatever is not exactly one. */
import type { Json } from '#shared/json.ts'
import type { Value } from '#shared/model/value.ts'
import type { DateFormat } from './field-settings.ts'

interface DateParts {
  readonly pattern: RegExp
  /** Positions of year, month and day among the groups of the pattern. */
  readonly order: readonly [number, number, number]
  readonly write: (year: string, month: string, day: string) => string
}

const isoDate: DateParts = {
  pattern: /^(\d{4})-(\d{2})-(\d{2})$/,
  order: [1, 2, 3],
  write: (year, month, day) => `${year}-${month}-${day}`,
}

const dateParts: Readonly<Partial<Record<DateFormat, DateParts>>> = {
  iso: isoDate,
  'month/day/year': {
    pattern: /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/,
    order: [3, 1, 2],
    write: (year, month, day) => `${month}/${day}/${year}`,
  },
  'day/month/year': {
    pattern: /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/,
    order: [3, 2, 1],
    write: (year, month, day) => `${day}/${month}/${year}`,
  },
  'day.month.year': {
    pattern: /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/,
    order: [3, 2, 1],
    write: (year, month, day) => `${day}.${month}.${year}`,
  },
}

/** 'YYYY-MM-DD'. Epoch times are dates in UTC. */
export function dateFromWire(wire: Json, format: DateFormat): string | undefined {
  const parts = dateParts[format]
  if (!parts) return instantFromWire(wire, format, true)?.slice(0, 10)
  const groups = typeof wire === 'string' ? parts.pattern.exec(wire) : null
  if (!groups) return undefined
  const [year, month, day] = parts.order.map((index) => (groups[index] ?? '').padStart(2, '0'))
  const date = `${year}-${month}-${day}`
  return isRealDate(date) ? date : undefined
}

const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** True for a day of the calendar as YYYY-MM-DD. By arithmetic: this runs for every date of every record. */
function isRealDate(date: string): boolean {
  const year = Number(date.slice(0, 4))
  const month = Number(date.slice(5, 7))
  const day = Number(date.slice(8, 10))
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const last = month === 2 && isLeap ? 29 : (daysInMonth[month - 1] ?? 0)
  return date.length === 10 && day >= 1 && day <= last
}

const isoInstant = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/i

/** Already as Patchbay keeps it: nothing to convert. */
const canonicalInstant = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/

/** UTC ISO. A time without offset is one only where the settings say that it is UTC. */
export function instantFromWire(wire: Json, format: DateFormat, isUtc: boolean): string | undefined {
  const perUnit = { 'epoch-seconds': 1000, 'epoch-milliseconds': 1 }[format as string]
  if (perUnit !== undefined) return isoOf(typeof wire === 'number' ? wire * perUnit : Number.NaN)
  if (typeof wire === 'string' && canonicalInstant.test(wire) && isRealDate(wire.slice(0, 10))) return wire
  const groups = typeof wire === 'string' ? isoInstant.exec(wire) : null
  if (!groups || !isRealDate(groups[1] ?? '') || (groups[4] === undefined && !isUtc)) return undefined
  const text = groups[0].replace(' ', 'T').replace(/([+-]\d{2})(\d{2})$/, '$1:$2')
  return isoOf(Date.parse(groups[4] === undefined ? `${text}Z` : text))
}

function isoOf(ms: number): string | undefined {
  const rounded = Math.floor(ms)
  return Math.abs(rounded) <= 8.64e15 ? new Date(rounded).toISOString() : undefined
}

/** Throws Error in words for a value that is no date. */
export function dateToWire(value: Value, format: DateFormat): Json {
  const groups = typeof value === 'string' && isRealDate(value) ? isoDate.pattern.exec(value) : null
  if (!groups) throw new Error('is not a date')
  const parts = dateParts[format]
  if (parts) return parts.write(groups[1] ?? '', groups[2] ?? '', groups[3] ?? '')
  return instantToWire(`${groups[0]}T00:00:00.000Z`, format)
}

/** Throws Error in words for a value that is no instant. */
export function instantToWire(value: Value, format: DateFormat): Json {
  const ms = typeof value === 'string' && isoInstant.test(value) ? Date.parse(value) : Number.NaN
  if (Number.isNaN(ms)) throw new Error('is not a point in time')
  if (format === 'epoch-seconds') return Math.floor(ms / 1000)
  return format === 'epoch-milliseconds' ? ms : new Date(ms).toISOString()
}

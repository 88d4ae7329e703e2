/** Days, points in time and zones: plain arithmetic, with the zone rules of the IANA database through luxon. */
import { IANAZone } from 'luxon'

/** What a text says: a day, perhaps a time of day, perhaps the distance to UTC. */
export interface Moment {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
  readonly hasTime: boolean
  /** Minutes ahead of UTC; undefined: the clock of some zone. */
  readonly offsetMinutes: number | undefined
}

const dayMs = 86_400_000

export function isPossible(moment: Moment): boolean {
  const { year, month, day, hour, minute, second } = moment
  if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1) return false
  return day <= daysOfMonth(year, month) && hour <= 23 && minute <= 59 && second <= 59
}

export function daysOfMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** '2025-12-31' */
export function dateText(year: number, month: number, day: number): string {
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`
}

/** Milliseconds of the moment's own clock, as if it stood in UTC. */
export function clockMsOf(moment: Moment): number {
  return Date.UTC(
    moment.year,
    moment.month - 1,
    moment.day,
    moment.hour,
    moment.minute,
    moment.second,
    moment.millisecond,
  )
}

/** The moment of a point in time (milliseconds since 1970), as UTC. Undefined outside the years 1000 to 9999. */
export function momentOfInstant(instantMs: number): Moment | undefined {
  const date = new Date(instantMs)
  const year = date.getUTCFullYear()
  if (!(year >= 1000 && year <= 9999)) return undefined
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
    hasTime: true,
    offsetMinutes: 0,
  }
}

export function isZone(zone: string): boolean {
  return IANAZone.isValidZone(zone)
}

/** The day a point in time falls on in a zone, as '2025-12-31'. */
export function dayInZone(instantMs: number, zone: string): string {
  const local = new Date(zone === 'UTC' ? instantMs : instantMs + offsetMs(instantMs, zone))
  return dateText(local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate())
}

/**
 * The point in time at which the clock of a zone shows `clockMs`. 'gap': the clock skips it (start of summer time);
 * 'fold': it shows it twice and no side is declared.
 */
export function instantOfClock(clockMs: number, zone: string, fold?: 'earlier' | 'later'): number | 'gap' | 'fold' {
  if (zone === 'UTC') return clockMs
  const before = clockMs - offsetMs(clockMs - dayMs, zone)
  const after = clockMs - offsetMs(clockMs + dayMs, zone)
  const candidates = [...new Set([before, after])].filter((instant) => instant + offsetMs(instant, zone) === clockMs)
  const [only] = candidates
  if (only === undefined) return 'gap'
  if (candidates.length === 1) return only
  if (fold === undefined) return 'fold'
  return fold === 'earlier' ? Math.min(...candidates) : Math.max(...candidates)
}

/** The first point in time of a day in a zone (01:00 where the clock skips midnight). */
export function startOfDay(clockMs: number, zone: string): number {
  const start = instantOfClock(clockMs, zone, 'earlier')
  return typeof start === 'number' ? start : clockMs - offsetMs(clockMs - dayMs, zone)
}

function offsetMs(instantMs: number, zone: string): number {
  return IANAZone.create(zone).offset(instantMs) * 60_000
}

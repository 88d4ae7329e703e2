/** Comparisons of dates and points in time: with a fixed day, and relative to now in the days of a zone. */
import { DateTime } from 'luxon'
import { clockMsOf, dateText, dayInZone, type Moment, startOfDay } from '../mapping/parse/calendar.ts'
import { instantOf, readIso } from '../mapping/parse/read-date.ts'
import { trimText } from '../mapping/parse/text.ts'
import type { Value } from '../model/value.ts'
import type { Comparison } from './compile-comparison.ts'
import type { Condition } from './filter-schema.ts'

/** A day without time, or a point in time in milliseconds. */
type When = { readonly day: string } | { readonly instantMs: number }

/** A span of time around now: its far end and now, as points in time and as days. */
interface Window {
  readonly farMs: number
  readonly farDay: string
  readonly nowMs: number
  readonly today: string
}

export function compileDateComparison(condition: Condition, zone: string): Comparison {
  const { before, after, on } = condition
  if (on !== undefined) return onWhen(zone, (when) => dayOf(when, zone) === on)
  if (before !== undefined) return compileBefore(before, zone)
  return after === undefined ? compileRelative(condition, zone) : compileAfter(after, zone)
}

function onWhen(zone: string, holds: (when: When, now: string) => boolean): Comparison {
  return (value, now) => {
    if (value === undefined || value === null || (typeof value === 'string' && trimText(value) === '')) return false
    const when = readWhen(value, zone)
    return when === undefined ? undefined : holds(when, now)
  }
}

function compileBefore(limit: string, zone: string): Comparison {
  const bound = readWhen(limit, zone)
  if (bound === undefined) return () => undefined
  return onWhen(zone, (when) =>
    'day' in when && 'day' in bound ? when.day < bound.day : startMs(when, zone) < startMs(bound, zone),
  )
}

/** After a day means: not on it. */
function compileAfter(limit: string, zone: string): Comparison {
  const bound = readWhen(limit, zone)
  if (bound === undefined) return () => undefined
  return onWhen(zone, (when) =>
    'day' in bound ? dayOf(when, zone) > bound.day : startMs(when, zone) > bound.instantMs,
  )
}

function compileRelative({ olderThan, inLast, inNext }: Condition, zone: string): Comparison {
  const span = olderThan ?? inLast ?? inNext ?? '0 days'
  const windowAt = compileWindow(span, { zone, sign: inNext === undefined ? -1 : 1 })
  return onWhen(zone, (when, now) => {
    const window = windowAt(now)
    if ('day' in when) {
      if (olderThan !== undefined) return when.day < window.farDay
      if (inLast !== undefined) return when.day >= window.farDay && when.day <= window.today
      return when.day >= window.today && when.day <= window.farDay
    }
    const ms = when.instantMs
    if (olderThan !== undefined) return ms < window.farMs
    if (inLast !== undefined) return ms >= window.farMs && ms <= window.nowMs
    return ms >= window.nowMs && ms <= window.farMs
  })
}

interface WindowOptions {
  readonly zone: string
  readonly sign: 1 | -1
}

/** The window of a span. A run has one "now", so the last one is kept. */
function compileWindow(span: string, { zone, sign }: WindowOptions): (now: string) => Window {
  const [amount = '0', unit = 'days'] = span.split(' ')
  const duration = { [unit.endsWith('s') ? unit : `${unit}s`]: sign * Number(amount) }
  let known: { readonly now: string; readonly window: Window } | undefined
  return (now) => {
    if (known?.now === now) return known.window
    const start = DateTime.fromISO(now, { zone })
    const nowMs = start.toMillis()
    const farMs = start.plus(duration).toMillis()
    const window = { farMs, nowMs, farDay: dayInZone(farMs, zone), today: dayInZone(nowMs, zone) }
    known = { now, window }
    return window
  }
}

function readWhen(value: Value, zone: string): When | undefined {
  const moment: Moment | string | undefined = typeof value === 'string' ? readIso(trimText(value)) : undefined
  if (moment === undefined || typeof moment === 'string') return undefined
  if (moment.offsetMinutes !== undefined) return { instantMs: instantOf(moment, moment.offsetMinutes) }
  if (moment.hasTime) return { instantMs: startOfDay(clockMsOf(moment), zone) }
  return { day: dateText(moment.year, moment.month, moment.day) }
}

function dayOf(when: When, zone: string): string {
  return 'day' in when ? when.day : dayInZone(when.instantMs, zone)
}

function startMs(when: When, zone: string): number {
  return 'day' in when ? startOfDay(Date.parse(when.day), zone) : when.instantMs
}

/** An instant as the clock of a zone shows it, in parts that a screen can put together. */
import { dayNames } from './schedule-schema.ts'
import { dayMs, minuteMs, wallClockOf } from './wall-time.ts'

export interface LocalTime {
  /** The instant, ISO in UTC. */
  readonly at: string
  readonly zone: string
  /** '2026-11-27' */
  readonly date: string
  /** '18:00' */
  readonly time: string
  /** 'Friday' */
  readonly weekday: string
  /** '+01:00' */
  readonly offset: string
}

export function localTimeOf(instantMs: number, zone: string): LocalTime {
  const wallMs = wallClockOf(zone).wallOf(instantMs)
  const { date, time } = wallParts(wallMs)
  const name = dayNames[(((Math.floor(wallMs / dayMs) + 3) % 7) + 7) % 7] ?? ''
  return {
    at: new Date(instantMs).toISOString(),
    zone,
    date,
    time,
    weekday: `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
    offset: offsetText((wallMs - instantMs) / minuteMs),
  }
}

/** A wall time as date and time of day. */
export function wallParts(wallMs: number): { readonly date: string; readonly time: string } {
  const text = new Date(wallMs).toISOString()
  return { date: text.slice(0, 10), time: text.slice(11, 16) }
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes)
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`
}

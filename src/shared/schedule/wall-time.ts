/**
 * Wall clocks and instants. A wall time is what a clock on the wall shows, counted in milliseconds as if it were UTC.
 * Twice a year it is not the same as an instant: an hour does not exist, or comes twice.
 */
import { IANAZone } from 'luxon'

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

export interface WallClock {
  /** What the clock shows at an instant. */
  readonly wallOf: (instantMs: number) => number
  /**
   * When the clock shows this. A time that comes twice: the first of them. A time that does not exist: the first
   * instant after the gap.
   */
  readonly instantOf: (wallMs: number) => number
}

/** Expects a zone that exists (zones.ts). */
export function wallClockOf(zone: string): WallClock {
  const place = IANAZone.create(zone)
  const offsetMs = (instantMs: number): number => place.offset(instantMs) * minuteMs
  const wallOf = (instantMs: number): number => instantMs + offsetMs(instantMs)

  const instantsOf = (wallMs: number): readonly number[] =>
    candidatesOf(wallMs).filter((instantMs) => wallOf(instantMs) === wallMs)

  /** With the offsets of the day before and the day after: no zone changes twice within two days. */
  const candidatesOf = (wallMs: number): readonly number[] => {
    const [before, after] = [wallMs - offsetMs(wallMs - dayMs), wallMs - offsetMs(wallMs + dayMs)]
    return before === after ? [before] : [Math.min(before, after), Math.max(before, after)]
  }

  return {
    wallOf,
    instantOf: (wallMs) => {
      const [first] = instantsOf(wallMs)
      if (first !== undefined) return first
      // In a gap the two candidates lie on either side of the change.
      const [before = wallMs, after = wallMs] = candidatesOf(wallMs)
      return changeBetween(before, after, (instantMs) => wallOf(instantMs) > wallMs)
    },
  }
}

/** The first whole minute at which `isAfter` holds; it holds at `endMs`, and not at `startMs`. Zones change at whole minutes. */
function changeBetween(startMs: number, endMs: number, isAfter: (instantMs: number) => boolean): number {
  let low = Math.floor(startMs / minuteMs)
  let high = Math.ceil(endMs / minuteMs)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (isAfter(middle * minuteMs)) high = middle
    else low = middle
  }
  return high * minuteMs
}

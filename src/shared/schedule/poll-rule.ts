/**
 * Polls: every so many minutes of real time, so that they go on through an hour that comes twice. All day long they
 * count from midnight UTC; between hours, or on some days, from the beginning of each day's hours.
 */
import { daysOf, minuteOf } from './schedule-parts.ts'
import { dayNames, type PollSchedule } from './schedule-schema.ts'
import { dayMs, minuteMs, type WallClock } from './wall-time.ts'

/** Beyond the longest wait: a poll on one day of the week, and a day for zones far from UTC. */
const daysAhead = 9

export function pollRule(schedule: PollSchedule, clock: WallClock): { readonly next: (afterMs: number) => number } {
  const stepMs = schedule.everyMinutes * minuteMs
  if (schedule.between === undefined && schedule.days === undefined)
    return { next: (afterMs) => (Math.floor(afterMs / stepMs) + 1) * stepMs }
  const window = windowOf(schedule, clock)
  return {
    next: (afterMs) => {
      const today = Math.floor(clock.wallOf(afterMs) / dayMs)
      // Hours that began yesterday may go on over midnight.
      for (let day = today - 1; day <= today + daysAhead; day++) {
        const found = firstIn(window(day), stepMs, afterMs)
        if (found !== undefined) return found
      }
      throw new Error('a poll has hours in every week')
    },
  }
}

interface Window {
  readonly startMs: number
  /** The last instant a poll may be due. */
  readonly lastMs: number
}

/** The hours that begin on a day (counted from 1970), where there are any. */
function windowOf({ days, between }: PollSchedule, clock: WallClock): (day: number) => Window | undefined {
  const chosen = daysOf(days ?? 'day')
  const from = between ? minuteOf(between[0]) * minuteMs : 0
  const until = between ? minuteOf(between[1]) * minuteMs : dayMs
  const isOverMidnight = until <= from
  return (day) => {
    const name = dayNames[(day + 3) % 7] // The first of January 1970 was a Thursday.
    if (name === undefined || !chosen.includes(name)) return undefined
    const endMs = clock.instantOf((day + (isOverMidnight ? 1 : 0)) * dayMs + until)
    // The whole day ends before the next one begins; hours include their end.
    return { startMs: clock.instantOf(day * dayMs + from), lastMs: between ? endMs : endMs - 1 }
  }
}

function firstIn(window: Window | undefined, stepMs: number, afterMs: number): number | undefined {
  if (!window) return undefined
  const { startMs, lastMs } = window
  const steps = afterMs < startMs ? 0 : Math.floor((afterMs - startMs) / stepMs) + 1
  const found = startMs + steps * stepMs
  return found <= lastMs ? found : undefined
}

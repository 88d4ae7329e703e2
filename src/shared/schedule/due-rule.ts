/** What computes the due times of a schedule: pure, from any instant on, over every change of the clocks. */
import { isRepeating, nextInZone, nextOf } from './cron-line.ts'
import { pollRule } from './poll-rule.ts'
import { daysOf, isCron, isPoll, minutesOf, monthDaysOf } from './schedule-parts.ts'
import { type DayName, dayNames, type MonthSchedule, type Schedule, type WeekSchedule } from './schedule-schema.ts'
import { type WallClock, wallClockOf } from './wall-time.ts'

export interface DueRule {
  /** The first due time after this instant; null: there is none any more. */
  readonly next: (afterMs: number) => number | null
}

/** `zone` counts where the schedule names none. Expects a schedule without problems (read-schedule.ts). */
export function dueRuleOf(schedule: Schedule, zone: string): DueRule {
  const place = schedule.zone ?? zone
  if (isPoll(schedule)) return pollRule(schedule, wallClockOf(place))
  if (isCron(schedule) && isRepeating(schedule.cron)) return { next: nextInZone(schedule.cron, place) }
  return wallRule(cronLinesOf(schedule), wallClockOf(place))
}

/** The wall times of a schedule that has fixed ones, each as a function of the one before; polls and repeating lines have none. */
export function wallTimesOf(schedule: Schedule): ((wallMs: number) => number | null) | undefined {
  if (isPoll(schedule) || (isCron(schedule) && isRepeating(schedule.cron))) return undefined
  return earliest(cronLinesOf(schedule).map(nextOf))
}

/** Cron lines that together have the times of a schedule. */
export function cronLinesOf(schedule: WeekSchedule | MonthSchedule | { readonly cron: string }): readonly string[] {
  if ('cron' in schedule) return [schedule.cron]
  return minutesOf(schedule.at).flatMap((minute) => {
    const time = `${minute % 60} ${Math.floor(minute / 60)}`
    return 'on' in schedule ? monthLines(time, schedule) : [`${time} * * ${weekField(daysOf(schedule.every))}`]
  })
}

function weekField(days: readonly DayName[]): string {
  return days.length === dayNames.length ? '*' : days.map((day) => dayNames.indexOf(day) + 1).join(',')
}

/** A day that a month does not have becomes its last one. */
function monthLines(time: string, { on }: MonthSchedule): readonly string[] {
  return monthDaysOf(on).flatMap((day) => {
    if (day === 'last-day') return [`${time} L * *`]
    const shorter = day > 30 ? ['4,6,9,11', '2'] : day > 28 ? ['2'] : []
    return [`${time} ${day} * *`, ...shorter.map((months) => `${time} L ${months} *`)]
  })
}

/**
 * Times on the wall become instants in order, so the search from the wall time of `afterMs` on finds the next one: in an
 * hour that comes twice it passes over what has been, in a gap several times become one instant.
 */
function wallRule(lines: readonly string[], clock: WallClock): DueRule {
  const nextWall = earliest(lines.map(nextOf))
  return {
    next: (afterMs) => {
      for (let wallMs = nextWall(clock.wallOf(afterMs)); wallMs !== null; wallMs = nextWall(wallMs)) {
        const instantMs = clock.instantOf(wallMs)
        if (instantMs > afterMs) return instantMs
      }
      return null
    },
  }
}

function earliest(all: readonly ((fromMs: number) => number | null)[]): (fromMs: number) => number | null {
  return (fromMs) => {
    const found = all.map((next) => next(fromMs)).filter((time) => time !== null)
    return found.length === 0 ? null : Math.min(...found)
  }
}

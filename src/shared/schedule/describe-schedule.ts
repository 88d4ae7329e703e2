/** A schedule as one sentence: "Every weekday at 18:00 (Berlin time)". Light enough for the window to carry. */
import { daysOf, isCron, isMonthly, isPoll, minuteOf, minutesOf, monthDaysOf, timeText } from './schedule-parts.ts'
import type { DayName, Days, MonthSchedule, PollSchedule, Schedule } from './schedule-schema.ts'
import { zoneText } from './zones.ts'

/** Without a full stop. Expects a schedule without problems (read-schedule.ts). */
export function describeSchedule(schedule: Schedule): string {
  const overlap = schedule.overlap === 'run-after' ? ', after a run that is still going' : ''
  return `${timesText(schedule)}${overlap}${needsZone(schedule) ? ` (${clockText(schedule.zone)})` : ''}`
}

/** 'Berlin time', or 'time of this computer'. */
export function clockText(zone: string | undefined): string {
  return zone === undefined ? 'time of this computer' : zoneText(zone)
}

/** A poll all day long is the same in every zone. */
function needsZone(schedule: Schedule): boolean {
  return !isPoll(schedule) || schedule.between !== undefined || schedule.days !== undefined
}

function timesText(schedule: Schedule): string {
  if (isCron(schedule)) return `By the cron line ${schedule.cron.trim()}`
  if (isPoll(schedule)) return pollText(schedule)
  const at = `at ${listText(minutesOf(schedule.at).map(timeText))}`
  return isMonthly(schedule) ? `${monthText(schedule)} ${at}` : `Every ${dayText(schedule.every)} ${at}`
}

function pollText({ everyMinutes, days, between }: PollSchedule): string {
  const on = days === undefined || daysOf(days).length === 7 ? '' : ` on ${pluralDays(days)}`
  const within = between ? ` from ${between.map((time) => timeText(minuteOf(time))).join(' to ')}` : ''
  return `Every ${spanText(everyMinutes)}${on}${within}`
}

function spanText(minutes: number): string {
  if (minutes === 1) return 'minute'
  if (minutes === 60) return 'hour'
  return minutes % 60 === 0 ? `${minutes / 60} hours` : `${minutes} minutes`
}

/** 'weekday', 'day', 'Monday and Thursday'. */
function dayText(days: Days): string {
  const chosen = daysOf(days)
  if (chosen.length === 7) return 'day'
  return isWorkingWeek(chosen) ? 'weekday' : listText(chosen.map(capital))
}

/** 'weekdays', 'Mondays and Thursdays'. */
function pluralDays(days: Days): string {
  const chosen = daysOf(days)
  return isWorkingWeek(chosen) ? 'weekdays' : listText(chosen.map((day) => `${capital(day)}s`))
}

function isWorkingWeek(days: readonly DayName[]): boolean {
  return days.join() === daysOf('weekday').join()
}

function monthText({ on }: MonthSchedule): string {
  const days = monthDaysOf(on)
  const numbers = days.filter((day) => day !== 'last-day')
  const last = days.includes('last-day') ? ['the last day'] : []
  const some = numbers.length === 0 ? [] : [`day${numbers.length > 1 ? 's' : ''} ${listText(numbers.map(String))}`]
  const shorter = numbers.some((day) => day > 28) ? ', in a shorter month on its last day,' : ''
  return `On ${[...some, ...last].join(' and ')} of every month${shorter}`
}

/** 'a', 'a and b', 'a, b and c'. */
function listText(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}

function capital(day: DayName): string {
  return `${day.slice(0, 1).toUpperCase()}${day.slice(1)}`
}

/** What the other files ask a schedule: its days, times, days of the month, and which kind it is. */
import {
  type CronSchedule,
  type DayName,
  type Days,
  dayNames,
  type MonthSchedule,
  type PollSchedule,
  type Schedule,
  type WeekSchedule,
} from './schedule-schema.ts'

export function isPoll(schedule: Schedule): schedule is PollSchedule {
  return 'everyMinutes' in schedule
}

export function isCron(schedule: Schedule): schedule is CronSchedule {
  return 'cron' in schedule
}

export function isMonthly(schedule: Schedule): schedule is MonthSchedule {
  return 'every' in schedule && schedule.every === 'month'
}

/** Day names in the order of the week, each once. */
export function daysOf(days: Days): readonly DayName[] {
  if (days === 'day') return dayNames
  if (days === 'weekday') return dayNames.slice(0, 5)
  const chosen: readonly DayName[] = typeof days === 'string' ? [days] : days
  return dayNames.filter((name) => chosen.includes(name))
}

/** Minutes after midnight, in order, each once. */
export function minutesOf(at: WeekSchedule['at']): readonly number[] {
  const times = typeof at === 'string' ? [at] : at
  return [...new Set(times.map(minuteOf))].sort((one, other) => one - other)
}

/** '8:05' as minutes after midnight: 485. */
export function minuteOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}

/** Minutes after midnight as '08:05'. */
export function timeText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/** Numbers first, in order, then the last day; each once. */
export function monthDaysOf(on: MonthSchedule['on']): readonly (number | 'last-day')[] {
  const chosen = Array.isArray(on) ? on : [on]
  const numbers = [...new Set(chosen.filter((day) => day !== 'last-day'))].sort((one, other) => one - other)
  return chosen.includes('last-day') ? [...numbers, 'last-day'] : numbers
}

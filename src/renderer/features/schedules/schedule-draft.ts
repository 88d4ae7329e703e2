/** A schedule as the picker holds it: every kind keeps what was chosen, also while another kind is looked at. Pure. */
import type { Schedule } from '#shared/schedule/schedule-schema.ts'

/** As in a definition; the schema itself stays in the core. */
export const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Day = (typeof days)[number]
export type MonthDay = number | 'last-day'

export const kinds = ['never', 'days', 'month', 'poll', 'cron'] as const
export type Kind = (typeof kinds)[number]

export interface ScheduleDraft {
  readonly kind: Kind
  readonly days: readonly Day[]
  readonly times: readonly string[]
  readonly monthDays: readonly MonthDay[]
  readonly everyMinutes: number
  /** Undefined: the whole day. */
  readonly between: readonly [string, string] | undefined
  readonly cron: string
  /** Empty: that of this computer. */
  readonly zone: string
  readonly isRunAfter: boolean
}

export const workdays: readonly Day[] = days.slice(0, 5)

const start: ScheduleDraft = {
  kind: 'never',
  days: workdays,
  times: ['18:00'],
  monthDays: [1],
  everyMinutes: 15,
  between: undefined,
  cron: '0 18 * * 1-5',
  zone: '',
  isRunAfter: false,
}

export function draftOf(schedule: Schedule | null): ScheduleDraft {
  if (!schedule) return start
  const shared = { ...start, zone: schedule.zone ?? '', isRunAfter: schedule.overlap === 'run-after' }
  if ('cron' in schedule) return { ...shared, kind: 'cron', cron: schedule.cron }
  if ('everyMinutes' in schedule) {
    const { everyMinutes, between, days: named } = schedule
    return { ...shared, kind: 'poll', everyMinutes, between, days: named === undefined ? days : daysNamed(named) }
  }
  const times = listOf(schedule.at)
  if ('on' in schedule) return { ...shared, kind: 'month', monthDays: listOf(schedule.on), times }
  return { ...shared, kind: 'days', days: daysNamed(schedule.every), times }
}

/** Null: it runs only when somebody starts it. What is empty stays empty: the core says what is missing. */
export function scheduleOf(draft: ScheduleDraft): Schedule | null {
  const shared = {
    ...(draft.zone !== '' && { zone: draft.zone }),
    ...(draft.isRunAfter && { overlap: 'run-after' as const }),
  }
  switch (draft.kind) {
    case 'never':
      return null
    case 'days':
      return { every: nameOfDays(draft.days), at: short(draft.times), ...shared }
    case 'month':
      return { every: 'month', on: short(draft.monthDays), at: short(draft.times), ...shared }
    case 'poll':
      return {
        everyMinutes: draft.everyMinutes,
        ...(draft.between && { between: [...draft.between] as [string, string] }),
        ...(draft.days.length < days.length && { days: nameOfDays(draft.days) }),
        ...shared,
      }
    case 'cron':
      return { cron: draft.cron, ...shared }
  }
}

/** What is still to be chosen before anything can be said about the schedule. */
export function missingIn(draft: ScheduleDraft): 'day' | 'time' | undefined {
  const { kind } = draft
  if ((kind === 'days' || kind === 'poll') && draft.days.length === 0) return 'day'
  if (kind === 'month' && draft.monthDays.length === 0) return 'day'
  const times =
    kind === 'days' || kind === 'month' ? draft.times : kind === 'poll' ? (draft.between ?? ['00:00']) : ['-']
  return times.length === 0 || times.includes('') ? 'time' : undefined
}

function listOf<Item>(value: Item | readonly Item[]): readonly Item[] {
  return Array.isArray(value) ? value : [value as Item]
}

function short<Item>(list: readonly Item[]): Item | Item[] {
  const [only] = list
  return list.length === 1 && only !== undefined ? only : [...list]
}

function daysNamed(named: Day | 'day' | 'weekday' | readonly Day[]): readonly Day[] {
  if (named === 'day') return days
  if (named === 'weekday') return workdays
  return listOf(named)
}

function nameOfDays(chosen: readonly Day[]): Day | 'day' | 'weekday' | Day[] {
  const inOrder = days.filter((day) => chosen.includes(day))
  if (inOrder.length === days.length) return 'day'
  if (inOrder.join() === workdays.join()) return 'weekday'
  return short(inOrder)
}

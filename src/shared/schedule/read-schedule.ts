/** Reads a schedule that a person or a program wrote, and names the first mistake with its place. */
import type { z } from 'zod'
import { AppError } from '../errors.ts'
import { cronProblem } from './cron-line.ts'
import { isCron, isPoll, minuteOf } from './schedule-parts.ts'
import {
  cronScheduleSchema,
  monthScheduleSchema,
  pollScheduleSchema,
  type Schedule,
  weekScheduleSchema,
} from './schedule-schema.ts'
import { isKnownZone, zoneOfCity } from './zones.ts'

export interface ScheduleProblem {
  /** Place inside the schedule: ['at', 1]; empty for the whole. */
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly next: string
}

export type ReadSchedule =
  | { readonly ok: true; readonly schedule: Schedule }
  | { readonly ok: false; readonly problem: ScheduleProblem }

const example = "{ every: weekday, at: '18:00', zone: Europe/Berlin }"

/** Whatever came from a file, a screen or a command line. */
export function tryReadSchedule(input: unknown): ReadSchedule {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return wrong([], `${shownInput(input)} is not a schedule.`, `Write it like this: ${example}`)
  const form = formOf(input)
  if (!form) return wrong([], 'A schedule says every, everyMinutes or cron.', `Write it like this: ${example}`)
  const missing = form.needs.find((key) => !(key in input))
  if (missing !== undefined) return wrong([], `${missing} is missing.`, `Write it like this: ${form.example}`)
  const parsed = form.schema.safeParse(input)
  if (!parsed.success) return { ok: false, problem: problemOf(parsed.error.issues[0], form, input) }
  const problem = problemWithin(parsed.data)
  return problem ? { ok: false, problem } : { ok: true, schedule: parsed.data }
}

/** Throws AppError `schedule-invalid` with the place in its details. */
export function readSchedule(input: unknown): Schedule {
  const read = tryReadSchedule(input)
  if (read.ok) return read.schedule
  throw scheduleError(read.problem)
}

export function scheduleError({ path, message, next }: ScheduleProblem): AppError {
  const place = ['schedule', ...path].map(String).join('.')
  return new AppError({
    kind: 'config',
    code: 'schedule-invalid',
    message,
    kept: 'Nothing was saved.',
    next,
    details: { place },
  })
}

interface Form {
  readonly schema: z.ZodType<Schedule>
  readonly needs: readonly string[]
  readonly knows: readonly string[]
  readonly example: string
}

const everywhere = ['zone', 'overlap']
const week: Form = { schema: weekScheduleSchema, needs: ['at'], knows: ['every', 'at', ...everywhere], example }
const month: Form = {
  schema: monthScheduleSchema,
  needs: ['on', 'at'],
  knows: ['every', 'on', 'at', ...everywhere],
  example: "{ every: month, on: last-day, at: '06:00', zone: Europe/Berlin }",
}
const poll: Form = {
  schema: pollScheduleSchema,
  needs: [],
  knows: ['everyMinutes', 'between', 'days', ...everywhere],
  example: "{ everyMinutes: 15, between: ['08:00', '18:00'], days: weekday }",
}
const cron: Form = {
  schema: cronScheduleSchema,
  needs: [],
  knows: ['cron', ...everywhere],
  example: "{ cron: '0 18 * * 1-5', zone: Europe/Berlin }",
}

function formOf(input: object): Form | undefined {
  if ('cron' in input) return cron
  if ('everyMinutes' in input) return poll
  if (!('every' in input)) return undefined
  return input.every === 'month' ? month : week
}

/** What each word takes, for the sentence about a wrong one. */
const takes: Readonly<Record<string, string>> = {
  every: 'day, weekday, a day such as monday, a list of days, or month',
  at: "a time of day with hours and minutes such as '18:00', or a list of them",
  on: 'a day of the month from 1 to 31, last-day, or a list of them',
  everyMinutes: 'a whole number of minutes from 1 to 1440',
  between: "two times of day, for example ['08:00', '18:00']",
  days: 'day, weekday, a day such as monday, or a list of days',
  cron: "a cron line such as '0 18 * * 1-5'",
  zone: 'the name of a time zone such as Europe/Berlin',
  overlap: 'skip or run-after',
}

function problemOf(issue: z.core.$ZodIssue | undefined, form: Form, input: object): ScheduleProblem {
  if (issue?.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? ''
    const next = `Here a schedule may say ${form.knows.join(', ')}.`
    return { path: [key], message: `"${key}" is not a known word here.`, next }
  }
  const path = issue ? deepestPath(issue) : []
  const word = String(path[0] ?? '')
  return {
    path,
    message: `${word}: ${shownInput(valueAt(input, path))} does not fit here.`,
    next: `It takes ${takes[word] ?? 'something else'}.`,
  }
}

/** Of the forms a value may have, the one that came furthest is the one that was meant. */
function deepestPath(issue: z.core.$ZodIssue): readonly PropertyKey[] {
  if (issue.code !== 'invalid_union') return issue.path
  const inner = issue.errors.flat().map((one) => [...issue.path, ...deepestPath(one)])
  return inner.reduce<readonly PropertyKey[]>((best, path) => (path.length > best.length ? path : best), issue.path)
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  )
}

/** What the schema cannot see: zones, cron lines, hours that never are. */
function problemWithin(schedule: Schedule): ScheduleProblem | undefined {
  if (schedule.zone !== undefined && !isKnownZone(schedule.zone)) return zoneProblem(schedule.zone)
  if (isCron(schedule)) {
    const message = cronProblem(schedule.cron)
    return message === undefined
      ? undefined
      : { path: ['cron'], message, next: `A cron line looks like this: ${cron.example}` }
  }
  if (!isPoll(schedule) || !schedule.between) return undefined
  const [from, until] = schedule.between.map(minuteOf)
  if (from !== until) return undefined
  const next = 'Leave between out for the whole day, or give two different times.'
  return { path: ['between'], message: 'The poll begins and ends at the same time of day.', next }
}

function zoneProblem(zone: string): ScheduleProblem {
  const meant = zoneOfCity(zone)
  return {
    path: ['zone'],
    message: `"${zone}" is not a time zone that this computer knows.`,
    next:
      meant === undefined ? 'Zones have names such as Europe/Berlin or America/New_York.' : `Did you mean ${meant}?`,
  }
}

function shownInput(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

function wrong(path: readonly PropertyKey[], message: string, next: string): ReadSchedule {
  return { ok: false, problem: { path, message, next } }
}

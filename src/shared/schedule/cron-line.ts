/**
 * Cron lines: what is wrong with one in words, and what computes its times. The library only counts; it never sets a
 * timer here (decision 20).
 */
import { Cron } from 'croner'

interface Field {
  readonly name: string
  /** What may stand here, completes "... is not". */
  readonly range: string
}

const fields: readonly Field[] = [
  { name: 'minute', range: '0 to 59' },
  { name: 'hour', range: '0 to 23' },
  { name: 'day of the month', range: '1 to 31, or L for the last day' },
  { name: 'month', range: '1 to 12, or JAN to DEC' },
  { name: 'day of the week', range: '0 to 7 (0 and 7 are Sunday), or MON to SUN' },
]

/** What is wrong, as a sentence; undefined: nothing. */
export function cronProblem(line: string): string | undefined {
  const parts = line.trim().split(/\s+/)
  if (parts.length === 6)
    return `"${line}" has six fields. Schedules count in whole minutes: leave out the one for the seconds.`
  if (parts.length !== fields.length)
    return `"${line}" is not a cron line: it has five fields, for minute, hour, day, month and day of the week.`
  for (const [index, { name, range }] of fields.entries()) {
    const part = parts[index] ?? ''
    const alone = fields.map((_, place) => (place === index ? part : '*')).join(' ')
    if (!isReadable(alone))
      return `"${part}" is no ${name}: use ${range}; also *, lists, ranges and steps such as */15.`
  }
  if (!isReadable(line)) return `"${line}" is not a cron line.`
  return nextOf(line)(0) === null ? `"${line}" never comes: no month has such a day.` : undefined
}

function isReadable(line: string): boolean {
  try {
    nextOf(line)
    return true
  } catch {
    return false
  }
}

/** The first time after `wallMs` on a clock that never changes. Throws where the line cannot be read. */
export function nextOf(line: string): (wallMs: number) => number | null {
  const cron = cronOf(line, 'UTC')
  return (wallMs) => cron.nextRun(new Date(wallMs))?.getTime() ?? null
}

/** The first instant after `afterMs` in a zone, for lines that repeat within the day: they go on through an hour that comes twice. */
export function nextInZone(line: string, zone: string): (afterMs: number) => number | null {
  const cron = cronOf(line, zone)
  return (afterMs) => cron.nextRun(new Date(afterMs))?.getTime() ?? null
}

/** Whether minute or hour is a star or a step: such a line means "every so often", not "at this time". */
export function isRepeating(line: string): boolean {
  const [minute = '', hour = ''] = line.trim().split(/\s+/)
  return /[*?/]/.test(minute + hour)
}

function cronOf(line: string, timezone: string): Cron {
  // Paused and without a function: it has nothing to run.
  return new Cron(line.trim(), { timezone, mode: '5-part', paused: true, fixedTimeRule: 'no-wildcard' })
}

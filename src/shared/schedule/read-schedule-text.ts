/**
 * Schedules as people say them: "every weekday at 18:00", "every 15 minutes from 8:00 to 18:00 on weekdays", "the last
 * day of every month at 6:00 Europe/Berlin", or a cron line. The sentence of a schedule can be read back.
 */
import { type ReadSchedule, tryReadSchedule } from './read-schedule.ts'
import { dayNames } from './schedule-schema.ts'
import { zoneOfCity } from './zones.ts'

const time = String.raw`\d{1,2}:\d{2}`
const list = (item: string): string => `${item}(?:(?:\\s*,\\s*|\\s+and\\s+)${item})*`
const dayWord = `(?:${dayNames.join('|')})s?`
const days = `(?:days?|weekdays?|${list(dayWord)})`
const monthDay = String.raw`(?:days?\s+${list(String.raw`\d{1,2}`)}|the\s+last\s+day|last\s+day)`

const weekForm = new RegExp(`^every\\s+(${days})\\s+at\\s+(${list(time)})$`)
const monthForm = new RegExp(
  `^(?:on\\s+)?(${monthDay}(?:\\s+and\\s+${monthDay})?)\\s+of\\s+(?:every|the|each)\\s+month(?:, in a shorter month on its last day,)?\\s+at\\s+(${list(time)})$`,
)
const pollForm = /^every\s+(?:(\d{1,4})\s+)?(minute|hour)s?((?:\s+(?:on|from|between)\s+.+)?)$/
const cronForm = /^[\d*][\d*,/-]*(?:\s+[\w*,/#+?-]+){4,5}$/

const howTo =
  'Say it like this: every weekday at 18:00 · every monday and thursday at 7:30 Europe/Berlin · the last day of every month at 6:00 · every 15 minutes from 8:00 to 18:00 on weekdays.'

/** Understands the sentences of describe-schedule.ts and shorter forms of them, and cron lines. */
export function readScheduleText(text: string): ReadSchedule {
  const { words, zone } = splitZone(text.trim().replace(/\.$/, ''))
  const isAfter = words.endsWith(', after a run that is still going')
  const plain = isAfter ? words.slice(0, words.lastIndexOf(', after')) : words
  const parts = partsOf(plain)
  if (!parts) return { ok: false, problem: { path: [], message: `"${text}" is not understood.`, next: howTo } }
  return tryReadSchedule({
    ...parts,
    ...(zone === undefined ? {} : { zone }),
    ...(isAfter ? { overlap: 'run-after' } : {}),
  })
}

function partsOf(words: string): Readonly<Record<string, unknown>> | undefined {
  const cron = words.replace(/^by the cron line\s+/i, '')
  if (cronForm.test(cron)) return { cron }
  const lower = words.toLowerCase()
  const [, weekDays, weekTimes] = weekForm.exec(lower) ?? []
  if (weekDays !== undefined && weekTimes !== undefined) return { every: daysIn(weekDays), at: timesIn(weekTimes) }
  const [, monthDays, monthTimes] = monthForm.exec(lower) ?? []
  if (monthDays !== undefined && monthTimes !== undefined)
    return { every: 'month', on: one(monthDaysIn(monthDays)), at: timesIn(monthTimes) }
  return pollParts(lower)
}

function pollParts(lower: string): Readonly<Record<string, unknown>> | undefined {
  const [whole, count = '1', unit, rest = ''] = pollForm.exec(lower) ?? []
  if (whole === undefined) return undefined
  const hours = /(?:from|between)\s+(\d{1,2}:\d{2})\s+(?:to|and|until)\s+(\d{1,2}:\d{2})/.exec(rest)
  const on = new RegExp(`\\bon\\s+(${days})`).exec(rest)
  const leftOver = rest.replace(hours?.[0] ?? '', '').replace(on?.[0] ?? '', '')
  if (leftOver.trim() !== '') return undefined
  return {
    everyMinutes: Number(count) * (unit === 'hour' ? 60 : 1),
    ...(hours ? { between: [hours[1], hours[2]] } : {}),
    ...(on?.[1] === undefined ? {} : { days: daysIn(on[1]) }),
  }
}

function daysIn(words: string): unknown {
  if (/^days?$/.test(words)) return 'day'
  if (/^weekdays?$/.test(words)) return 'weekday'
  return one(words.split(/\s*,\s*|\s+and\s+/).map((word) => word.replace(/s$/, '')))
}

function monthDaysIn(words: string): readonly (number | 'last-day')[] {
  const numbers = [...words.matchAll(/\d+/g)].map(([digits]) => Number(digits))
  return words.includes('last') ? [...numbers, 'last-day'] : numbers
}

function timesIn(words: string): unknown {
  return one(words.split(/\s*,\s*|\s+and\s+/))
}

function one(items: readonly unknown[]): unknown {
  return items.length === 1 ? items[0] : items
}

/** '(Berlin time)' or a name such as Europe/Berlin at the end says whose clock counts. */
function splitZone(text: string): { readonly words: string; readonly zone: string | undefined } {
  const named = /\s+\(?([A-Z][A-Za-z]+(?:\/[A-Za-z_+-]+\d*)+|UTC)\)?$/.exec(text)
  if (named) return { words: text.slice(0, named.index), zone: named[1] }
  const spoken = /\s+\((?:time of this computer|([A-Za-z .'-]+) time)\)$/.exec(text)
  if (!spoken) return { words: text, zone: undefined }
  const [, city] = spoken
  return { words: text.slice(0, spoken.index), zone: city === undefined ? undefined : (zoneOfCity(city) ?? city) }
}

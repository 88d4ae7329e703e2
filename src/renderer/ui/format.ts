/** Counts, times and durations in the reader's own format. Pure: locale, zone and the present instant can be passed in. */

export interface Reader {
  /** BCP 47; default: the browser's. */
  readonly locale?: string
  /** IANA zone; default: the computer's. */
  readonly zone?: string
}

export function formatCount(count: number, reader: Reader = {}): string {
  return new Intl.NumberFormat(reader.locale).format(count)
}

/** '1 record', '1,204 records'. */
export function countOf(count: number, one: string, many: string, reader: Reader = {}): string {
  return `${formatCount(count, reader)} ${count === 1 ? one : many}`
}

/** A UTC instant as local date and time; text that is no instant stays as it is. */
export function formatInstant(instant: string, reader: Reader = {}): string {
  const time = Date.parse(instant)
  if (Number.isNaN(time)) return instant
  const zone = reader.zone === undefined ? {} : { timeZone: reader.zone }
  return new Intl.DateTimeFormat(reader.locale, { dateStyle: 'medium', timeStyle: 'short', ...zone }).format(time)
}

/** A plain date ('2026-03-01') as the reader writes dates; it has no zone and must not shift. */
export function formatDate(date: string, reader: Reader = {}): string {
  const time = Date.parse(`${date}T00:00:00.000Z`)
  if (Number.isNaN(time)) return date
  return new Intl.DateTimeFormat(reader.locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(time)
}

/** 'just now', '5 minutes ago', 'yesterday'; older than six days: the date. */
export function formatAgo(instant: string, nowMs: number, reader: Reader = {}): string {
  const passedMs = nowMs - Date.parse(instant)
  if (Number.isNaN(passedMs)) return instant
  if (passedMs < 45_000) return 'just now'
  const words = new Intl.RelativeTimeFormat(reader.locale, { numeric: 'auto' })
  const minutes = Math.round(passedMs / 60_000)
  if (minutes < 60) return words.format(-minutes, 'minute')
  const hours = Math.round(minutes / 60)
  if (hours < 24) return words.format(-hours, 'hour')
  const days = Math.round(hours / 24)
  return days < 7 ? words.format(-days, 'day') : formatInstant(instant, reader)
}

/** 'less than a second', '8 s', '2 min 5 s', '1 h 3 min'. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1_000) return 'less than a second'
  const seconds = Math.round(durationMs / 1_000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** '184 KB', '12 MB', '2.4 GB'. */
export function formatSize(sizeBytes: number, reader: Reader = {}): string {
  const [divisor, unit] = sizeBytes < 1e6 ? [1e3, 'KB'] : sizeBytes < 1e9 ? [1e6, 'MB'] : [1e9, 'GB']
  const maximumFractionDigits = unit === 'GB' ? 1 : 0
  return `${new Intl.NumberFormat(reader.locale, { maximumFractionDigits }).format(sizeBytes / divisor)} ${unit}`
}

/** A UTC instant as the local date. */
export function formatDay(instant: string, reader: Reader = {}): string {
  const zone = reader.zone === undefined ? {} : { timeZone: reader.zone }
  return new Intl.DateTimeFormat(reader.locale, { dateStyle: 'medium', ...zone }).format(Date.parse(instant))
}

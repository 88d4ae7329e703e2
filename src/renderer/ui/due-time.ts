/** Due times as people read them: by the clock of their zone, which is named where it is not that of this PC. */
import type { LocalTime } from '#shared/schedule/local-time.ts'
import { formatDate, type Reader } from './format.ts'

/** 'Friday, Nov 27, 2026, 18:00', or with '(America/New_York)' behind it. */
export function formatDue(due: LocalTime, ownZone: string, reader: Reader = {}): string {
  const zone = due.zone === ownZone ? '' : ` (${due.zone})`
  return `${due.weekday}, ${formatDate(due.date, reader)}, ${due.time}${zone}`
}

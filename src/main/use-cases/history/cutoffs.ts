/** How old history must be to be removed. */
import type { HistorySettings } from '#shared/model/history.ts'

export interface Cutoffs {
  /** What ended before is removed in any case. */
  readonly byAge: string
  /** What ended before may be removed when history takes more than it may: it can no longer be undone. */
  readonly bySize: string
}

const dayMs = 24 * 60 * 60_000

/** Instants; nothing within `undoDays` is ever before one of them. A day more: who undoes in the last minute comes to the end. */
export function cutoffsOf({ historyDays, undoDays }: HistorySettings, nowMs: number): Cutoffs {
  const daysAgo = (days: number): string => new Date(nowMs - days * dayMs).toISOString()
  return { byAge: daysAgo(Math.max(historyDays, undoDays + 1)), bySize: daysAgo(undoDays + 1) }
}

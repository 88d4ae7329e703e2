/** What history takes on this disk and how far back it goes, in figures and in a sentence for the check-up. */
import type { Store } from '#main/store/open-store.ts'
import type { HistorySettings } from '#shared/model/history.ts'
import { cutoffsOf } from './cutoffs.ts'

export type HistoryStore = Pick<Store, 'retention' | 'settings' | 'space' | 'meta'>

export interface HistoryFacts {
  readonly settings: HistorySettings
  readonly databaseBytes: number
  /** Part of the database that is empty and used again. */
  readonly freeBytes: number
  /** About: records of runs that have ended, items of plans that are over. */
  readonly historyBytes: number
  /** When the oldest of it happened. */
  readonly oldestAt: string | null
  /** More than it may be, and nothing more of it may be removed. */
  readonly isOverLimit: boolean
  /** When old history was last looked for and removed. */
  readonly prunedAt: string | null
}

const prunedAtKey = 'history-pruned-at'

export function historyFacts({ retention, settings, space, meta }: HistoryStore, nowMs: number): HistoryFacts {
  const { fileBytes, freeBytes } = space.sizes()
  const now = settings.history()
  const historyBytes = retention.bytes()
  return {
    settings: now,
    databaseBytes: fileBytes,
    freeBytes,
    historyBytes,
    oldestAt: retention.oldestAt(),
    isOverLimit: historyBytes > now.historyMaxBytes && retention.oldest(cutoffsOf(now, nowMs).bySize) === undefined,
    prunedAt: meta.get(prunedAtKey) ?? null,
  }
}

export function notePruned(meta: HistoryStore['meta'], nowMs: number): void {
  meta.set(prunedAtKey, new Date(nowMs).toISOString())
}

export interface HistoryCheck {
  readonly isOk: boolean
  readonly message: string
  readonly next: string | null
}

/** History that grows beyond what it may take is said, never cut where it can still be undone. */
export function checkHistory(store: HistoryStore, nowMs: number): HistoryCheck {
  const { settings, historyBytes, isOverLimit } = historyFacts(store, nowMs)
  const size = `History takes about ${megabytes(historyBytes)} MB of the ${megabytes(settings.historyMaxBytes)} MB it may take`
  if (!isOverLimit) return { isOk: true, message: `${size}.`, next: null }
  return {
    isOk: false,
    message: `${size}. It is kept all the same: what is in it can still be undone (${settings.undoDays} days), or is of a latest run.`,
    next: 'In the settings, let runs be undone for fewer days, or let history take more.',
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000)
}

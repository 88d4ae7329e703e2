/** Keeps history small by itself: some minutes after the start, then once a day. Never two at a time. */

import type { ErrorInfo } from '#shared/errors.ts'
import { errorInfoOf } from '#shared/errors.ts'
import { notePruned } from './history-facts.ts'
import { measureHistory, type Pruned, type PruneParts, pruneHistory } from './prune-history.ts'

export interface HistoryKeeper {
  readonly start: () => void
  /** Removes now what is too old or too much; a removal that is under way is waited for. Throws AppError of the store. */
  readonly prune: () => Promise<Pruned>
  /** Resolves when everything that has ended is measured. */
  readonly measure: () => Promise<void>
  /** Stops after the piece under way. */
  readonly stop: () => Promise<void>
}

export interface KeeperParts extends Omit<PruneParts, 'cutoffs'> {
  readonly log: (message: string, error: ErrorInfo) => void
}

/** The first minutes belong to what a person wants to see. */
const firstAfterMs = 5 * 60_000
const dayMs = 24 * 60 * 60_000
/** Timers stand still while a computer sleeps: the clock is looked at so often. */
const lookEveryMs = 10 * 60_000

export function createHistoryKeeper(parts: KeeperParts): HistoryKeeper {
  const { clock, store } = parts
  const ending = new AbortController()
  let underWay: Promise<Pruned> | undefined
  let watching = Promise.resolve()
  let prunedMs = Number.NEGATIVE_INFINITY

  const pruneOnce = async (): Promise<Pruned> => {
    const pruned = await pruneHistory(parts, ending.signal)
    prunedMs = clock.now()
    if (!ending.signal.aborted) notePruned(store.meta, prunedMs)
    return pruned
  }
  const prune = (): Promise<Pruned> => {
    underWay ??= pruneOnce().finally(() => {
      underWay = undefined
    })
    return underWay
  }
  const isDue = (): boolean => Math.abs(clock.now() - prunedMs) >= dayMs
  const watch = async (): Promise<void> => {
    for (let waitMs = firstAfterMs; ; waitMs = lookEveryMs) {
      await clock.sleep(waitMs, ending.signal).catch(() => undefined)
      if (ending.signal.aborted) return
      // A full disk, a locked database: the next look tries again.
      if (isDue()) await prune().catch((thrown) => parts.log('old history could not be removed', errorInfoOf(thrown)))
    }
  }

  return {
    start: () => {
      watching = watch()
    },
    prune,
    measure: () => measureHistory(parts, ending.signal),
    stop: async () => {
      ending.abort()
      await Promise.allSettled([watching, underWay])
    },
  }
}

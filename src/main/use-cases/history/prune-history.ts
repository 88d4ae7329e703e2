/** Removes history that is too old or too much, oldest first, and gives its space back to the disk. */
import type { Clock } from '#main/engine/ports/surroundings.ts'
import type { Store } from '#main/store/open-store.ts'
import type { HistoryPart } from '#main/store/retention.ts'
import { cutoffsOf } from './cutoffs.ts'
import { historyNow } from './history-clock.ts'
import { createSlices, type Slices } from './slices.ts'

export interface PruneParts {
  readonly store: Pick<Store, 'retention' | 'settings' | 'space' | 'meta'>
  readonly clock: Clock
  readonly isBusy: () => boolean
  /** Only tests name another one. */
  readonly cutoffs?: typeof cutoffsOf
}

export interface Pruned {
  /** Runs and plans whose records or items are gone. */
  readonly partCount: number
  readonly rowCount: number
}

/** Free pages that stay in the file: the next run needs some. */
const keptFreePages = 1_000

/**
 * Goes on where an earlier one was stopped or killed. Ends early when the signal aborts. Throws AppError of the store
 * (a full disk): what was removed until then is removed.
 */
export async function pruneHistory(parts: PruneParts, signal: AbortSignal): Promise<Pruned> {
  const { store, clock, isBusy } = parts
  const slices = createSlices({ clock, isBusy, signal })
  const at = new Date(clock.now()).toISOString()
  await measureHistory(parts, signal)
  const next = partsToRemove(parts)
  const removed: Pruned[] = []
  for (let part = next(); part && !signal.aborted; part = next())
    removed.push(await prunePart(part, { store, slices, at }, signal))
  await giveSpaceBack(store, slices, signal)
  return removed.reduce(sum, { partCount: 0, rowCount: 0 })
}

function sum(one: Pruned, other: Pruned): Pruned {
  return { partCount: one.partCount + other.partCount, rowCount: one.rowCount + other.rowCount }
}

/** Finds out how much the runs and plans take that have ended since. */
export async function measureHistory(
  { store, clock, isBusy }: Omit<PruneParts, 'cutoffs'>,
  signal: AbortSignal,
): Promise<void> {
  const slices = createSlices({ clock, isBusy, signal })
  const at = new Date(clock.now()).toISOString()
  const measureSome = (count: number): boolean =>
    Array.from({ length: Math.ceil(count / 10) }).some(() => !store.retention.measureNext(at))
  while (!signal.aborted) if (await slices.next(measureSome)) return
}

/** Answers the next part to remove: what is too old, then what is too much and can no longer be undone. */
function partsToRemove({ store, clock, cutoffs = cutoffsOf }: PruneParts): () => HistoryPart | undefined {
  const { retention, settings, meta } = store
  const nowMs = historyNow(meta, clock.now(), retention.newestRunAt())
  return () => {
    const { byAge, bySize } = cutoffs(settings.history(), nowMs)
    const old = retention.oldest(byAge)
    if (old) return old
    return retention.bytes() > settings.history().historyMaxBytes ? retention.oldest(bySize) : undefined
  }
}

interface Removal {
  readonly store: PruneParts['store']
  readonly slices: Slices
  readonly at: string
}

async function prunePart(part: HistoryPart, { store, slices, at }: Removal, signal: AbortSignal): Promise<Pruned> {
  let rowCount = 0
  while (!signal.aborted) {
    const { removedRows, isDone } = await slices.next((count) => store.retention.prune(part, count, at))
    rowCount += removedRows
    if (isDone) return { partCount: 1, rowCount }
  }
  return { partCount: 0, rowCount }
}

async function giveSpaceBack({ space }: PruneParts['store'], slices: Slices, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const spareCount = space.freePages() - keptFreePages
    if (spareCount <= 0) return
    await slices.next((count) => space.giveBack(Math.min(count, spareCount)))
  }
}

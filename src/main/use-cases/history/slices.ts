/** Work in pieces so short that nobody waits for them: how much fits into one is learnt from the pieces before. */
import type { Clock } from '#main/engine/ports/surroundings.ts'

export interface Slices {
  /** Does one piece and pauses. `work` is told how many rows or pages it may take. */
  readonly next: <Result>(work: (count: number) => Result) => Promise<Result>
}

export interface SliceParts {
  readonly clock: Clock
  /** Whether a run or a plan is being worked on: then the pieces are smaller and the pauses longer. */
  readonly isBusy: () => boolean
  readonly signal: AbortSignal
}

const first = 50
const most = 2_000
const least = 10
const pieceMs = 10
const busyPieceMs = 4
const pauseMs = 10
const busyPauseMs = 100

export function createSlices({ clock, isBusy, signal }: SliceParts): Slices {
  let count = first
  return {
    next: async (work) => {
      const isSmall = isBusy()
      const startMs = clock.now()
      const result = work(count)
      count = nextCount(count, clock.now() - startMs, isSmall ? busyPieceMs : pieceMs)
      await clock.sleep(isSmall ? busyPauseMs : pauseMs, signal).catch(() => undefined)
      return result
    },
  }
}

/** Half as many after a piece that took too long, a quarter more after one that took less than half the time. */
function nextCount(count: number, tookMs: number, wantedMs: number): number {
  if (tookMs > wantedMs) return Math.max(least, Math.floor(count / 2))
  return tookMs < wantedMs / 2 ? Math.min(most, Math.ceil(count * 1.25)) : count
}

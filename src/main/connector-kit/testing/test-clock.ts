/** A clock for tests of the kit: its time moves only by sleeping, and every sleep is recorded. */
import { AppError } from '#shared/errors.ts'
import type { Clock } from '../clock.ts'
import { cancelledError } from '../error-words.ts'

export interface TestClock extends Clock {
  readonly sleeps: readonly number[]
}

/** Sleeps end at once; the time they stand for has then passed. */
export function makeTestClock(startMs = Date.UTC(2026, 2, 1, 9)): TestClock {
  const sleeps: number[] = []
  let nowMs = startMs
  return {
    sleeps,
    now: () => nowMs,
    sleep: async (durationMs, signal) => {
      if (signal?.aborted) throw new AppError(cancelledError())
      sleeps.push(durationMs)
      await new Promise(setImmediate)
      nowMs += durationMs
    },
  }
}

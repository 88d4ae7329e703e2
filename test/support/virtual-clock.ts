/**
 * A clock for tests that do not wait. Time on the wall and time of the timers are two things, as on a real computer:
 * while it sleeps the wall clock goes on and timers stand still, and a person may set the wall clock.
 */
import type { Clock } from '#main/engine/ports/surroundings.ts'

export interface VirtualClock extends Clock {
  /** Lets time pass: timers end in their order, and what they start gets to run. */
  readonly advance: (durationMs: number) => Promise<void>
  /** Moves the wall clock only: a sleep when forward, a hand on the clock in either direction. */
  readonly jump: (durationMs: number) => void
  /** Timers of a process that was killed never end. */
  readonly dropTimers: () => void
}

interface Timer {
  readonly atMs: number
  readonly end: () => void
}

export function virtualClock(startMs: number): VirtualClock {
  let wallMs = startMs
  let timerMs = 0
  let timers: Timer[] = []

  const pass = (durationMs: number): void => {
    wallMs += durationMs
    timerMs += durationMs
  }

  return {
    now: () => wallMs,
    sleep: (durationMs, signal) =>
      new Promise((resolve, reject) => {
        const timer = { atMs: timerMs + durationMs, end: resolve }
        const stop = (): void => {
          timers = timers.filter((one) => one !== timer)
          reject(new Error('aborted'))
        }
        if (signal?.aborted) stop()
        else timers.push(timer)
        signal?.addEventListener('abort', stop)
      }),
    advance: async (durationMs) => {
      const untilMs = timerMs + durationMs
      for (;;) {
        await othersRun()
        const next = timers.reduce<Timer | undefined>(
          (first, one) => (first && first.atMs <= one.atMs ? first : one),
          undefined,
        )
        if (!next || next.atMs > untilMs) break
        timers = timers.filter((one) => one !== next)
        pass(Math.max(0, next.atMs - timerMs))
        next.end()
      }
      pass(untilMs - timerMs)
    },
    jump: (durationMs) => {
      wallMs += durationMs
    },
    dropTimers: () => {
      timers = []
    },
  }
}

/** Everything that was resolved gets its turn. */
function othersRun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

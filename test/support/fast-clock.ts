/** A clock that begins at an instant and goes as fast as a test wants it to: a minute may take a tenth of a second. */
import type { Clock } from '#main/engine/ports/surroundings.ts'
import { realClock } from './real-clock.ts'

/** `speed`: how many seconds of it go by in a second. */
export function fastClock(start: string, speed = 1): Clock {
  const startMs = Date.parse(start)
  const begunMs = performance.now()
  return {
    now: () => Math.floor(startMs + (performance.now() - begunMs) * speed),
    sleep: (durationMs, signal) => realClock.sleep(durationMs / speed, signal),
  }
}

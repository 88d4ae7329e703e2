/**
 * Pacing: at most `requests` in any window of `perMs`, with a small burst at the start (generic cell rate algorithm).
 * The burst is a fifth of the window, so a steady stream uses about four fifths of what the service allows and
 * leaves room for other programs on the same account.
 */
export interface RateLimit {
  readonly requests: number
  readonly perMs: number
}

export interface Pacer {
  /** Takes a place now and says how many milliseconds from now it lies; 0 = send at once. */
  readonly reserve: (nowMs: number) => number
}

/** Both numbers must be positive. */
export function createPacer({ requests, perMs }: RateLimit): Pacer {
  const burst = Math.max(1, Math.floor(requests / 5))
  const intervalMs = perMs / Math.max(1, requests - burst + 1)
  let nextAtMs = 0
  return {
    reserve: (nowMs) => {
      const dueMs = Math.max(nextAtMs, nowMs)
      nextAtMs = dueMs + intervalMs
      return Math.max(0, dueMs - (burst - 1) * intervalMs - nowMs)
    },
  }
}

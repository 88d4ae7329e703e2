/** Token bucket of a practice service: what it allows per second, and how long a caller must wait. */

export interface RateLimiter {
  readonly limitPerSecond: number
  /** Takes one token: 0 when the request may go on, otherwise the milliseconds until the next token. */
  readonly take: () => number
  /** Whole tokens left now. */
  readonly remaining: () => number
}

/**
 * @param limitPerSecond 0 switches the limit off.
 * @param now milliseconds; a clock that runs backwards gives no tokens.
 */
export function rateLimiter(limitPerSecond: number, now: () => number): RateLimiter {
  const burst = Math.max(1, limitPerSecond)
  let tokens = burst
  let refilledAtMs = now()
  const refill = (): void => {
    const nowMs = now()
    if (nowMs > refilledAtMs) tokens = Math.min(burst, tokens + ((nowMs - refilledAtMs) * limitPerSecond) / 1000)
    refilledAtMs = nowMs
  }
  return {
    limitPerSecond,
    take: () => {
      if (limitPerSecond === 0) return 0
      refill()
      if (tokens < 1) return Math.ceil(((1 - tokens) * 1000) / limitPerSecond)
      tokens -= 1
      return 0
    },
    remaining: () => Math.floor(tokens),
  }
}

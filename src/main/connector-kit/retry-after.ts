/** How long a service asks us to wait, and how long we wait where it does not say. */

/**
 * Milliseconds of a Retry-After header (RFC 9110, 10.2.3): seconds or an HTTP date. A date is compared with the
 * service's own Date header, since our clock may differ. Undefined where absent or unreadable; never negative.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, nowMs: number): number | undefined {
  const value = headers['retry-after']?.trim()
  if (!value) return undefined
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000)
  const dateMs = Date.parse(value)
  if (Number.isNaN(dateMs)) return undefined
  const serverMs = Date.parse(headers.date ?? '')
  return Math.max(0, dateMs - (Number.isNaN(serverMs) ? nowMs : serverMs))
}

const baseMs = 500
const capMs = 20_000

/** Capped full jitter for broken networks and 5xx. `attempt` counts from 1; `random` gives 0 to 1. */
export function backoffMs(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(capMs, baseMs * 2 ** attempt))
}

/** Equal jitter for a 429 without Retry-After: at least half of the base. */
export function throttleMs(attempt: number, random: () => number): number {
  const base = Math.min(60_000, 2000 * 2 ** attempt)
  return Math.round(base / 2 + (random() * base) / 2)
}

/** A little later than asked, so that not everybody comes back in the same instant. */
export function withJitter(durationMs: number, random: () => number): number {
  return Math.round(durationMs + random() * Math.min(1000, 100 + durationMs * 0.1))
}

/**
 * The time by which history grows old. A computer whose clock shows a wrong year for an hour must not lose its history:
 * this clock follows the other one, but goes at most a week further each time it is asked.
 */
import type { Meta } from '#main/store/meta.ts'

const key = 'history-clock'
const stepMs = 7 * 24 * 60 * 60_000

/** Milliseconds since the epoch. `newestRunAt`: what is known of the time before it was asked for the first time. */
export function historyNow(meta: Meta, nowMs: number, newestRunAt: string | null): number {
  const knownMs = Date.parse(meta.get(key) ?? newestRunAt ?? '')
  const trustedMs = Number.isNaN(knownMs) ? nowMs : Math.min(nowMs, knownMs + stepMs)
  meta.set(key, new Date(trustedMs).toISOString())
  return trustedMs
}

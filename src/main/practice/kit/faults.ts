/**
 * Faults on demand: what real services do on bad days, repeatable by seed. Only a service that was started with
 * faults has any; its control path can change them while it runs.
 */
import { z } from 'zod'
import { seededRandom } from './seeded-random.ts'

const rate = z.number().min(0).max(1)
const every = z.int().min(1)

export const faultSettings = z.strictObject({
  seed: z.int().default(1),
  /** Every request waits this long before it is worked on. */
  latencyMs: z.int().min(0).max(120_000).default(0),
  /** Every write waits this long before it is committed: a slow server that finishes after the caller gave up. */
  commitDelayMs: z.int().min(0).max(120_000).default(0),
  /** Share of successful writes whose answer never arrives: committed, then the connection is cut. */
  loseResponseRate: rate.default(0),
  /** Share of successful writes that are committed and then answered with 502. */
  error5xxAfterCommitRate: rate.default(0),
  /** Share of successful writes that are committed and then answered with half a body. */
  cutBodyRate: rate.default(0),
  /** Every n-th record that is written is refused with 422, unprocessed. */
  rejectEvery: every.optional(),
  /** Every n-th request is answered with 503, unprocessed. */
  unavailableEvery: every.optional(),
  /** Every n-th request is answered with 429 and Retry-After, unprocessed. */
  throttleEvery: every.optional(),
  /** After this many successful write requests the process kills itself before it answers the last one. */
  crashAfterWrites: every.optional(),
})
export type FaultSettings = z.infer<typeof faultSettings>

/** What happens to a request before it is worked on. */
type FaultBefore = 'none' | 'unavailable' | 'throttled'
/** What happens to a write that is committed, before its answer leaves. */
type FaultAfter = 'none' | 'lose-response' | 'error-5xx' | 'cut-body' | 'crash'

export interface Faults {
  readonly settings: () => FaultSettings
  readonly change: (settings: FaultSettings) => void
  readonly before: () => FaultBefore
  readonly after: () => FaultAfter
  /** Whether the record that is written now is the one to refuse. */
  readonly rejectsRecord: () => boolean
}

/** Draws from one seeded sequence in the order of requests; changing the settings starts the sequence and counts anew. */
export function faultPlan(initial: FaultSettings): Faults {
  let settings = initial
  let random = seededRandom(settings.seed)
  let counts = { requests: 0, writes: 0, records: 0 }
  const isNth = (count: number, nth: number | undefined): boolean => nth !== undefined && count % nth === 0
  return {
    settings: () => settings,
    change: (next) => {
      settings = next
      random = seededRandom(next.seed)
      counts = { requests: 0, writes: 0, records: 0 }
    },
    before: () => {
      counts.requests += 1
      if (isNth(counts.requests, settings.unavailableEvery)) return 'unavailable'
      return isNth(counts.requests, settings.throttleEvery) ? 'throttled' : 'none'
    },
    after: () => {
      counts.writes += 1
      if (settings.crashAfterWrites === counts.writes) return 'crash'
      const draw = random.next()
      if (draw < settings.loseResponseRate) return 'lose-response'
      if (draw < settings.loseResponseRate + settings.error5xxAfterCommitRate) return 'error-5xx'
      const ratesBefore = settings.loseResponseRate + settings.error5xxAfterCommitRate
      return draw < ratesBefore + settings.cutBodyRate ? 'cut-body' : 'none'
    },
    rejectsRecord: () => {
      counts.records += 1
      return isNth(counts.records, settings.rejectEvery)
    },
  }
}

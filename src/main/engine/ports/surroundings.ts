/** Clock, ids and answers for the engine: passed in, so that it is deterministic in tests. */
import type { Answer, Question } from '#shared/mapping/evaluate-types.ts'

export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly sleep: (durationMs: number, signal?: AbortSignal) => Promise<void>
}

export interface Ids {
  /** A new identifier that never repeats, for runs, plans and idempotency keys. */
  readonly next: () => string
}

/**
 * Answers the questions of a page of records at once (links, other connections, calculations), cached for the run.
 * Answers come back in the order of the questions. Throws AppError when a connection that must answer is in trouble:
 * a look-up that failed is never taken for "not found".
 */
export interface Answers {
  readonly ask: (questions: readonly Question[], signal: AbortSignal) => Promise<readonly Answer[]>
}

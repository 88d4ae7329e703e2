/** Time for everything below the composition root: real in the app, fixed in tests. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly sleep: (durationMs: number, signal?: AbortSignal) => Promise<void>
}

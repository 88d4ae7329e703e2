/** The clock of dispatch and hosts: the engine's port in its shape, so that one clock serves both. */
import { setTimeout as wait } from 'node:timers/promises'

export interface RpcClock {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Ends after `durationMs`; ends or rejects at once when the signal aborts. */
  readonly sleep: (durationMs: number, signal?: AbortSignal) => Promise<void>
}

export const systemClock: RpcClock = {
  now: () => Date.now(),
  sleep: async (durationMs, signal) => {
    await wait(durationMs, undefined, signal ? { signal } : {})
  },
}

/** Runs `action` after `durationMs`; answers how to prevent it. Does not keep a process alive. */
export function startTimer(durationMs: number, action: () => void): () => void {
  const timer = setTimeout(action, durationMs)
  timer.unref()
  return () => clearTimeout(timer)
}

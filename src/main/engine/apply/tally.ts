/** The running figures of a run: outcomes, how far it has read, where the time went. */
import { noOutcomes, type Outcome, type OutcomeCounts, type RunTimings } from '#shared/model/run.ts'
import type { Clock } from '../ports/surroundings.ts'
import type { ReadPosition, RunProgress } from '../ports/sync-store.ts'

export type Phase = 'readingMs' | 'mappingMs' | 'storingMs' | 'writingMs' | 'waitingMs'

export interface Tally {
  readonly add: (outcome: Outcome, count?: number) => void
  readonly advance: (step: { position: ReadPosition; readCount: number; serverTime?: string | undefined }) => void
  readonly progress: () => RunProgress
  readonly spend: (phase: Phase, durationMs: number) => void
  /** Runs `work` and books its time. */
  readonly timed: <T>(phase: Phase, work: () => T) => T
  readonly timings: () => RunTimings
}

export function createTally(clock: Clock, from: RunProgress): Tally {
  const counts: Record<Outcome, number> = { ...noOutcomes, ...from.counts }
  const timings: Record<Phase, number> = { readingMs: 0, mappingMs: 0, storingMs: 0, writingMs: 0, waitingMs: 0 }
  let { position, readCount, serverTime } = from
  const spend = (phase: Phase, durationMs: number): void => {
    timings[phase] += durationMs
  }
  return {
    add: (outcome, count = 1) => {
      counts[outcome] += count
    },
    advance: (step) => {
      position = step.position
      readCount += step.readCount
      serverTime ??= step.serverTime ?? null
    },
    progress: () => ({ position, readCount, serverTime, counts: { ...counts } as OutcomeCounts }),
    spend,
    timed: (phase, work) => {
      const startMs = clock.now()
      const result = work()
      const book = (): void => spend(phase, clock.now() - startMs)
      if (result instanceof Promise) void result.then(book, book)
      else book()
      return result
    },
    timings: () => ({ ...timings }),
  }
}

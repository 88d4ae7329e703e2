/** Runs with a defence taken away, to show that the torture run would find what it guards against. */
import { randomUUID } from 'node:crypto'
import type { Job } from '#main/engine/job.ts'
import type { JournalStore, OpenIntent } from '#main/engine/ports/sync-store.ts'

export const twins = {
  /** Idempotency keys are made anew with every send. */
  'new-keys': (job: Job): Job => {
    const { send } = job.destination
    if (!send) return job
    const renewed: typeof send = (writes, signal) =>
      send(
        writes.map((write) => ({ ...write, idempotencyKey: randomUUID() })),
        signal,
      )
    return { ...job, destination: { ...job.destination, send: renewed } }
  },
  /** What is uncertain is looked up, or repeated, at once. */
  'no-settling': (job: Job): Job => ({ ...job, clock: { ...job.clock, sleep: async () => undefined } }),
  /** A write that can neither be looked up nor repeated is repeated all the same. */
  'send-again': (job: Job): Job =>
    withJournal(job, ({ openIntents }) => ({
      openIntents: (...asked) => openIntents(...asked).map((intent): OpenIntent => ({ ...intent, writeClass: 'U' })),
    })),
  /** What an interrupted run left open is not taken up. */
  'no-recovery': (job: Job): Job => withJournal(job, () => ({ openIntents: () => [] })),
} as const

export type Twin = keyof typeof twins

function withJournal(job: Job, change: (journal: JournalStore) => Partial<JournalStore>): Job {
  const { journal } = job.store
  return { ...job, store: { ...job.store, journal: { ...journal, ...change(journal) } } }
}

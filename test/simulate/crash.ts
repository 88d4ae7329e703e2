/** Crashes at a chosen call of the journal: from there on nothing reaches it any more, as if the process had been killed. */
import type { JournalStore } from '#main/engine/ports/sync-store.ts'

export class Crash extends Error {}

export interface Fuse {
  /** Calls of the journal until the crash. */
  readonly set: (calls: number) => void
  readonly hasBurnt: () => boolean
  readonly guard: (journal: JournalStore) => JournalStore
}

const guarded = ['recordPage', 'markSent', 'markReady', 'markUncertain', 'end', 'flush'] as const

export function createFuse(): Fuse {
  let left = Number.POSITIVE_INFINITY
  return {
    set: (calls) => {
      left = calls
    },
    hasBurnt: () => left < 0,
    guard: (journal) => {
      const parts = guarded.map((name) => [
        name,
        (...input: readonly unknown[]) => {
          left -= 1
          if (left < 0) throw new Crash('crash')
          // The same function with the same input; only its name is general here.
          return (journal[name] as (...all: readonly unknown[]) => unknown)(...input)
        },
      ])
      return { ...journal, ...Object.fromEntries(parts) }
    },
  }
}

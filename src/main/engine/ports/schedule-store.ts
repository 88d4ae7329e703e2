/**
 * What the scheduler needs remembered: for each integration where its due times stand, and each due time once. Every
 * call is synchronous and atomic: when it returns, it is on the disk. Implemented by main/store.
 */
import type { ErrorInfo } from '#shared/errors.ts'
import type { RunState } from '#shared/model/run.ts'
import type { Slot, SlotOutcome, SlotTrigger } from '#shared/model/slot.ts'

/** Where the due times of one integration stand. Instants are ISO in UTC. */
export interface ScheduleState {
  readonly integrationId: string
  /** The schedule they belong to, as JSON. */
  readonly schedule: string
  /** The zone they were counted in. */
  readonly zone: string
  /** Every due time up to here is recorded; before the first one: from when the schedule counts. */
  readonly lastDueAt: string
  /** null: none is to come. */
  readonly nextDueAt: string | null
  /** null: not paused. */
  readonly pausedAt: string | null
}

export interface SlotDraft {
  readonly dueAt: string
  readonly trigger: SlotTrigger
  readonly outcome: SlotOutcome
  /** Reserved with the slot, so that whoever takes it up after a kill starts the same run. */
  readonly runId: string | null
  readonly startAt: string | null
  readonly reason: ErrorInfo | null
}

export type SlotKey = Pick<Slot, 'integrationId' | 'dueAt'>

export interface SlotEnd {
  readonly outcome: Exclude<SlotOutcome, 'waiting'>
  readonly at: string
  /** Absent: as it was. */
  readonly runId?: string
  readonly attempts?: number
  readonly reason?: ErrorInfo | null
}

export interface SlotDelay {
  readonly startAt: string
  readonly at: string
  readonly trigger?: SlotTrigger
  readonly attempts?: number
  readonly reason?: ErrorInfo | null
}

/** One step on: what came due, what it ends, and how far everything is recorded then. */
export interface Settlement {
  readonly at: string
  readonly drafts: readonly SlotDraft[]
  /** Slots that waited and are ended by a newer one. */
  readonly ends: readonly (SlotKey & Omit<SlotEnd, 'at'>)[]
  readonly lastDueAt: string
  readonly nextDueAt: string | null
}

/** Where the clock was set back to. */
export interface TurnBack {
  readonly lastDueAt: string
  readonly nextDueAt: string | null
  /** A due time whose start is under way. */
  readonly keepDueAt: string | null
}

export interface ScheduleStore {
  readonly states: () => readonly ScheduleState[]
  readonly state: (integrationId: string) => ScheduleState | undefined
  /** A schedule that is new or was changed; a pause stays. */
  readonly put: (state: Omit<ScheduleState, 'pausedAt'>) => void
  /** The integration has no schedule any more; its slots stay as its history. */
  readonly remove: (integrationId: string) => void
  /**
   * Records due times in one transaction. A due time that is recorded already stays as it is, whoever recorded it.
   * Answers those that were new: only they may start anything.
   */
  readonly settle: (integrationId: string, settlement: Settlement) => readonly string[]
  /** The clock was set back: due times that are to come again and have no run are forgotten. */
  readonly turnBack: (integrationId: string, to: TurnBack) => void
  /** `at` null: not paused any more. */
  readonly pause: (integrationId: string, at: string | null) => void
  /** Since when all schedules are paused; null: they are not. */
  readonly allPausedAt: () => string | null
  readonly pauseAll: (at: string | null) => void
  /** Slots about to start, oldest first. */
  readonly waiting: () => readonly Slot[]
  readonly end: (slot: SlotKey, end: SlotEnd) => void
  /** Puts a slot off, or opens it again. */
  readonly delay: (slot: SlotKey, delay: SlotDelay) => void
  /** Newest first; `beforeDueAt`: go on after that one. */
  readonly slots: (query: {
    readonly integrationId: string
    readonly beforeDueAt?: string | undefined
    readonly limit: number
  }) => readonly Slot[]
  /** Keeps the newest slots of an integration. */
  readonly prune: (integrationId: string, keepCount: number) => void
  /** undefined: there is no such run. */
  readonly runState: (runId: string) => RunState | undefined
}

/** A slot: one time at which a schedule was due, and what became of it. */
import type { ErrorInfo } from '../errors.ts'

/** What made a due time start a run: the schedule itself, a poll, or a look back at what was missed. */
export const slotTriggers = ['schedule', 'poll', 'catch-up'] as const
export type SlotTrigger = (typeof slotTriggers)[number]

/**
 * `waiting`: about to start, or to be tried again. `ran`: a run was started (how it went, the run says). `failed`: no
 * run could be started. `missed`: nothing was there to start it in time. `paused`: it came due in a pause.
 * `skipped-overlap`: the run before was still going.
 */
export const slotOutcomes = ['waiting', 'ran', 'failed', 'missed', 'paused', 'skipped-overlap'] as const
export type SlotOutcome = (typeof slotOutcomes)[number]

export interface Slot {
  readonly integrationId: string
  /** When it was due; with the integration this is its name. */
  readonly dueAt: string
  readonly trigger: SlotTrigger
  readonly outcome: SlotOutcome
  /** The run that is reserved for it, or that it started; null: none. */
  readonly runId: string | null
  /** How often a start was tried. */
  readonly attempts: number
  /** Not before this instant, while it waits. */
  readonly startAt: string | null
  /** When this outcome was recorded. */
  readonly at: string
  /** Why it did not run, or why it waits. */
  readonly reason: ErrorInfo | null
}

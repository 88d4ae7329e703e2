/** What the scheduler works with, all of it from outside: definitions, runs, clock, chance, the zone of the computer. */
import type { ScheduleStore } from '#main/engine/ports/schedule-store.ts'
import type { Clock, Ids } from '#main/engine/ports/surroundings.ts'
import type { ErrorInfo } from '#shared/errors.ts'
import type { SlotTrigger } from '#shared/model/slot.ts'
import type { Schedule } from '#shared/schedule/schedule-schema.ts'

export interface ScheduledIntegration {
  readonly integrationId: string
  readonly schedule: Schedule
}

export interface RunStarter {
  /** Starts a run with this id, or takes up the one that was cut off; answers its id. Throws AppError. */
  readonly start: (
    integrationId: string,
    request: { readonly runId: string; readonly trigger: SlotTrigger },
  ) => Promise<string>
  /** Whether a run or a plan of this integration is being worked on. */
  readonly isBusy: (integrationId: string) => boolean
}

export interface SchedulerParts {
  readonly store: ScheduleStore
  readonly clock: Clock
  readonly ids: Ids
  /** From 0 up to, without, 1. */
  readonly random: () => number
  /** IANA name of the zone of this computer, as it is now. */
  readonly zone: () => string
  readonly scheduled: () => readonly ScheduledIntegration[]
  readonly runs: RunStarter
  /** Told what changed; null: all of them. */
  readonly changed: (integrationId: string | null) => void
  readonly log: (message: string, error: ErrorInfo) => void
  readonly times?: Partial<SchedulerTimes>
}

export interface SchedulerTimes {
  /** How often the clock is looked at, at least. */
  readonly watchEveryMs: number
  /** So much more than it slept: the computer was asleep, or the clock was put forward. */
  readonly jumpMs: number
  /** A record so far ahead of the clock: it was set back. Less is a correction. */
  readonly backwardsMs: number
  /** Up to so late a due time counts as on time. */
  readonly onTimeMs: number
  /** Up to so late the newest missed one is caught up. */
  readonly graceMs: number
  /** A catch-up waits so long, by chance, so that the network is up and not all start at once. */
  readonly spreadMs: { readonly from: number; readonly to: number }
  /** When a start is tried again after a trouble that passes. */
  readonly retryAfterMs: readonly number[]
  /** A suspend that was announced counts no longer than this. */
  readonly suspendMs: number
  readonly keptSlots: number
}

const minuteMs = 60_000

export const usualTimes: SchedulerTimes = {
  watchEveryMs: 30_000,
  jumpMs: 90_000,
  backwardsMs: 5_000,
  onTimeMs: 90_000,
  graceMs: 24 * 60 * minuteMs,
  spreadMs: { from: 15_000, to: 60_000 },
  retryAfterMs: [minuteMs, 5 * minuteMs, 15 * minuteMs],
  suspendMs: 2 * minuteMs,
  keptSlots: 10_000,
}

export function isoOf(instantMs: number): string {
  return new Date(instantMs).toISOString()
}

export function isoOrNull(instantMs: number | null): string | null {
  return instantMs === null ? null : isoOf(instantMs)
}

/** Milliseconds to wait before a catch-up. */
export function spreadOf(times: SchedulerTimes, random: () => number): number {
  const { from, to } = times.spreadMs
  return Math.round(from + random() * (to - from))
}

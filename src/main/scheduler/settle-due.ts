/** Records what came due for one integration, in one step with what may start from it. */
import type { ScheduleState, Settlement } from '#main/engine/ports/schedule-store.ts'
import type { DueRule } from '#shared/schedule/due-rule.ts'
import { dueBetween } from '#shared/schedule/due-times.ts'
import { isPoll } from '#shared/schedule/schedule-parts.ts'
import type { Schedule } from '#shared/schedule/schedule-schema.ts'
import { decideDue } from './decide-due.ts'
import { isoOf, isoOrNull, type SchedulerParts, type SchedulerTimes, spreadOf } from './scheduler-parts.ts'
import { endsOfWaiting } from './waiting-ends.ts'

export interface Known {
  readonly integrationId: string
  readonly schedule: Schedule
  readonly rule: DueRule
}

export interface SettleOptions {
  readonly times: SchedulerTimes
  readonly mayStart: boolean
  /** The due time of this integration whose start is under way. */
  readonly startingDueAt: (integrationId: string) => string | null
}

/** Answers whether anything was recorded. Calling it again at the same instant records nothing. */
export function settleDue(known: Known, parts: SchedulerParts, options: SettleOptions): boolean {
  const { store, clock } = parts
  const { integrationId, rule } = known
  const state = store.state(integrationId)
  if (!state) return false
  const nowMs = clock.now()
  const lastMs = Date.parse(state.lastDueAt)
  if (lastMs > nowMs + options.times.backwardsMs) {
    store.turnBack(integrationId, {
      lastDueAt: isoOf(nowMs),
      nextDueAt: isoOrNull(rule.next(nowMs)),
      keepDueAt: options.startingDueAt(integrationId),
    })
    return true
  }
  const nextMs = rule.next(lastMs)
  if (nextMs === null || nextMs > nowMs) return false
  store.settle(integrationId, settlementOf(known, state, nowMs, { parts, options }))
  return true
}

function settlementOf(
  { integrationId, schedule, rule }: Known,
  state: ScheduleState,
  nowMs: number,
  { parts, options }: { readonly parts: SchedulerParts; readonly options: SettleOptions },
): Settlement {
  const { times } = options
  const due = dueBetween(rule, Date.parse(state.lastDueAt), nowMs, times.keptSlots)
  const isStarting = options.startingDueAt(integrationId) !== null
  const isBusy = parts.runs.isBusy(integrationId) || isStarting
  const drafts = decideDue(due, {
    nowMs,
    isPausedAt: pausedAtOf(state, parts.store.allPausedAt()),
    mayStart: options.mayStart,
    isBusy,
    runsAfter: schedule.overlap === 'run-after',
    trigger: isPoll(schedule) ? 'poll' : 'schedule',
    times,
    runId: parts.ids.next,
    spreadMs: () => spreadOf(times, parts.random),
  })
  const newest = drafts.at(-1)
  const lastDueAt = newest?.dueAt ?? isoOf(nowMs)
  const otherwise = newest?.outcome === 'paused' ? 'paused' : isBusy ? 'skipped-overlap' : 'missed'
  // A slot that still waits when the next one is due has had its time; one whose start is under way goes on.
  const isLeft = isStarting || newest?.outcome === 'skipped-overlap'
  return {
    at: isoOf(nowMs),
    drafts,
    ends: isLeft ? [] : endsOfWaiting(integrationId, parts.store, { otherwise, beforeDueAt: lastDueAt }),
    lastDueAt,
    nextDueAt: isoOrNull(rule.next(nowMs)),
  }
}

export function pausedAtOf(state: ScheduleState, allPausedAt: string | null): (instantMs: number) => boolean {
  const since = [state.pausedAt, allPausedAt].filter((at) => at !== null).map((at) => Date.parse(at))
  return (instantMs) => since.some((sinceMs) => instantMs >= sinceMs)
}

/** What becomes of due times that are not recorded yet. Pure: the newest may start, the others are history. */
import type { SlotDraft } from '#main/engine/ports/schedule-store.ts'
import type { SlotOutcome, SlotTrigger } from '#shared/model/slot.ts'
import { isoOf, type SchedulerTimes } from './scheduler-parts.ts'

export interface DueFacts {
  readonly nowMs: number
  /** Whether a pause covers this instant. */
  readonly isPausedAt: (instantMs: number) => boolean
  /** False where nothing may start: a single command, a schedule that was just replaced. */
  readonly mayStart: boolean
  readonly isBusy: boolean
  readonly runsAfter: boolean
  readonly trigger: Exclude<SlotTrigger, 'catch-up'>
  readonly times: SchedulerTimes
  readonly runId: () => string
  readonly spreadMs: () => number
}

/** `due`: instants in order, none of them after now. */
export function decideDue(due: readonly number[], facts: DueFacts): readonly SlotDraft[] {
  return due.map((dueMs, index) => (index === due.length - 1 ? newestSlot(dueMs, facts) : olderSlot(dueMs, facts)))
}

function olderSlot(dueMs: number, facts: DueFacts): SlotDraft {
  return closed(dueMs, facts, facts.isPausedAt(dueMs) ? 'paused' : 'missed')
}

function newestSlot(dueMs: number, facts: DueFacts): SlotDraft {
  const { nowMs, times, mayStart, isPausedAt } = facts
  const lateMs = nowMs - dueMs
  if (isPausedAt(dueMs)) return closed(dueMs, facts, 'paused')
  // A pause that began after it does not undo it, but nothing is caught up in a pause.
  if (!mayStart || isPausedAt(nowMs) || lateMs > times.graceMs) return closed(dueMs, facts, 'missed')
  if (facts.isBusy && !facts.runsAfter) return closed(dueMs, facts, 'skipped-overlap')
  const isOnTime = lateMs <= times.onTimeMs
  return {
    dueAt: isoOf(dueMs),
    trigger: isOnTime ? facts.trigger : 'catch-up',
    outcome: 'waiting',
    runId: facts.runId(),
    startAt: isoOf(isOnTime ? nowMs : nowMs + facts.spreadMs()),
    reason: null,
  }
}

function closed(dueMs: number, { trigger }: DueFacts, outcome: SlotOutcome): SlotDraft {
  return { dueAt: isoOf(dueMs), trigger, outcome, runId: null, startAt: null, reason: null }
}

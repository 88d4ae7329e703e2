/** How a slot ends that waited and will not be started any more: what it came to so far decides. */
import type { ScheduleStore, Settlement } from '#main/engine/ports/schedule-store.ts'
import type { Slot, SlotOutcome } from '#shared/model/slot.ts'

type Ended = Exclude<SlotOutcome, 'waiting'>

/** Its run was begun before a kill: it ran. A start was tried: it failed. Otherwise as the caller says. */
export function endOfWaiting(slot: Slot, store: ScheduleStore, otherwise: Ended): Ended {
  if (slot.runId !== null && store.runState(slot.runId) !== undefined) return 'ran'
  return slot.attempts > 0 ? 'failed' : otherwise
}

/** The ends of all slots of an integration that wait, or of those that were due before this one. */
export function endsOfWaiting(
  integrationId: string,
  store: ScheduleStore,
  { otherwise, beforeDueAt }: { readonly otherwise: Ended; readonly beforeDueAt?: string },
): Settlement['ends'] {
  return store
    .waiting()
    .filter((slot) => slot.integrationId === integrationId && (beforeDueAt === undefined || slot.dueAt < beforeDueAt))
    .map((slot) => ({ integrationId, dueAt: slot.dueAt, outcome: endOfWaiting(slot, store, otherwise) }))
}

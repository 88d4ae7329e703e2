/** The schedules of the definitions with what computes their due times, kept in step with what the store remembers of them. */
import type { ScheduleState } from '#main/engine/ports/schedule-store.ts'
import { errorInfoOf } from '#shared/errors.ts'
import { type DueRule, dueRuleOf } from '#shared/schedule/due-rule.ts'
import { readSchedule } from '#shared/schedule/read-schedule.ts'
import type { Schedule } from '#shared/schedule/schedule-schema.ts'
import { isoOf, isoOrNull, type ScheduledIntegration, type SchedulerParts } from './scheduler-parts.ts'
import type { Known } from './settle-due.ts'
import { endsOfWaiting } from './waiting-ends.ts'

export interface KnownSchedules {
  readonly all: () => readonly Known[]
  readonly get: (integrationId: string) => Known | undefined
  /**
   * Reads the definitions anew. A schedule that is new or changed counts from now on. `isMoving`: the zone of this
   * process is that of the computer; a single command may have been started with another one.
   */
  readonly refresh: (isMoving: boolean) => void
}

/** `closeOld` records what came due under a schedule that is about to be replaced; nothing starts from it any more. */
export function createKnownSchedules(parts: SchedulerParts, closeOld: (old: Known) => void): KnownSchedules {
  const { store, clock } = parts
  let known = new Map<string, Known>()

  const begin = ({ integrationId, rule }: Known, body: string, zone: string): void => {
    const nowMs = clock.now()
    store.put({ integrationId, schedule: body, zone, lastDueAt: isoOf(nowMs), nextDueAt: isoOrNull(rule.next(nowMs)) })
  }

  const read = ({ integrationId, schedule }: ScheduledIntegration, zone: string): Known | undefined => {
    try {
      return { integrationId, schedule, rule: dueRuleOf(readSchedule(schedule), zone) }
    } catch (thrown) {
      // A zone that this computer does not know: the list of schedules says so.
      parts.log(`the schedule of ${integrationId} cannot be used`, errorInfoOf(thrown))
      return undefined
    }
  }

  const closeStored = (state: ScheduleState): void => {
    const old = knownOf(state)
    if (old) closeOld(old)
  }

  return {
    all: () => [...known.values()],
    get: (integrationId) => known.get(integrationId),
    refresh: (isMoving) => {
      const zone = parts.zone()
      const next = new Map<string, Known>()
      for (const one of parts.scheduled()) {
        const state = store.state(one.integrationId)
        const place = one.schedule.zone ?? (isMoving ? zone : (state?.zone ?? zone))
        const body = JSON.stringify(one.schedule)
        const found = read(one, place)
        const isSame = state?.schedule === body && state.zone === place
        if (state && !isSame) closeStored(state)
        if (found && !isSame) begin(found, body, place)
        if (found) next.set(one.integrationId, found)
      }
      for (const state of store.states()) if (!next.has(state.integrationId)) end(state)
      known = next
    },
  }

  /** The schedule was removed, or cannot be used here. */
  function end(state: ScheduleState): void {
    closeStored(state)
    const { integrationId, lastDueAt } = state
    const ends = endsOfWaiting(integrationId, store, { otherwise: 'missed' })
    store.settle(integrationId, { at: isoOf(clock.now()), drafts: [], ends, lastDueAt, nextDueAt: null })
    store.remove(integrationId)
  }
}

function knownOf({ integrationId, schedule: body, zone }: ScheduleState): Known | undefined {
  try {
    // Written by `begin`; parsed again since another version of the app may have written it.
    const schedule: Schedule = readSchedule(JSON.parse(body))
    const rule: DueRule = dueRuleOf(schedule, zone)
    return { integrationId, schedule, rule }
  } catch {
    return undefined
  }
}

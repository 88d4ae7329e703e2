/** Starts the runs of slots that wait, each once: reserved before, recorded after, tried again where time may help. */
import { type ErrorInfo, errorInfoOf } from '#shared/errors.ts'
import type { Slot } from '#shared/model/slot.ts'
import type { KnownSchedules } from './known-schedules.ts'
import { isoOf, type SchedulerParts, type SchedulerTimes, spreadOf } from './scheduler-parts.ts'
import { pausedAtOf } from './settle-due.ts'
import { endOfWaiting } from './waiting-ends.ts'

export interface Starter {
  /** Starts what is to start by now. Answers whether anything was recorded at once. */
  readonly startDue: () => boolean
  /** After a kill or a restart: finds out what became of the slots that were about to start, and of their runs. */
  readonly recover: () => void
  /** The computer was asleep: what is to start now waits for the network. */
  readonly putOff: () => void
  /** The due time of this integration whose start is under way; null: none. */
  readonly startingDueAt: (integrationId: string) => string | null
  /** When the next slot is to start; null: none waits for a time. */
  readonly nextStartMs: () => number | null
  /** Starts that are under way end by themselves; what comes of them is found out by the next `recover`. */
  readonly stop: () => void
}

export interface StarterOptions {
  readonly known: KnownSchedules
  readonly times: SchedulerTimes
  /** Called when a start has come to an end, one way or the other. */
  readonly onEnd: () => void
}

export function createStarter(parts: SchedulerParts, { known, times, onEnd }: StarterOptions): Starter {
  const { store, clock, runs } = parts
  /** Due times by integration. */
  const underWay = new Map<string, string>()
  const longestWaitMs = Math.max(times.spreadMs.to, ...times.retryAfterMs) + times.backwardsMs
  let isStopped = false

  const end = (slot: Slot, otherwise: 'missed' | 'paused' | 'skipped-overlap'): void => {
    store.end(slot, { outcome: endOfWaiting(slot, store, otherwise), at: isoOf(clock.now()) })
    parts.changed(slot.integrationId)
  }

  const isTooLate = (slot: Slot): boolean => clock.now() - Date.parse(slot.dueAt) > times.graceMs

  const isPaused = (integrationId: string): boolean => {
    const state = store.state(integrationId)
    return state !== undefined && pausedAtOf(state, store.allPausedAt())(clock.now())
  }

  /** Answers whether the slot was ended instead of started. */
  const startOrEnd = (slot: Slot): boolean => {
    const { integrationId } = slot
    const runsAfter = known.get(integrationId)?.schedule.overlap === 'run-after'
    if (underWay.has(integrationId)) return false
    if (isPaused(integrationId)) end(slot, 'paused')
    else if (isTooLate(slot)) end(slot, 'missed')
    else if (!runs.isBusy(integrationId)) return start(slot)
    else if (!runsAfter) end(slot, 'skipped-overlap')
    else return false
    return true
  }

  const start = (slot: Slot): false => {
    const { integrationId, trigger } = slot
    const attempts = slot.attempts + 1
    underWay.set(integrationId, slot.dueAt)
    const finish = (record: () => void): void => {
      underWay.delete(integrationId)
      // The store may be closed by now.
      if (isStopped) return
      try {
        record()
      } catch (thrown) {
        parts.log('the outcome of a due time could not be saved', errorInfoOf(thrown))
      }
      parts.changed(integrationId)
      onEnd()
    }
    runs.start(integrationId, { runId: slot.runId ?? parts.ids.next(), trigger }).then(
      (runId) =>
        finish(() => store.end(slot, { outcome: 'ran', at: isoOf(clock.now()), runId, attempts, reason: null })),
      (thrown: unknown) => finish(() => recordFailure(slot, errorInfoOf(thrown), attempts)),
    )
    return false
  }

  const recordFailure = (slot: Slot, reason: ErrorInfo, attempts: number): void => {
    const at = isoOf(clock.now())
    const retryMs = times.retryAfterMs[attempts - 1]
    const mayPass = reason.kind === 'transient' || reason.kind === 'rate-limited'
    // Somebody else's run came first, or a person paused the last one.
    if (reason.kind === 'conflict') store.end(slot, { outcome: 'skipped-overlap', at, attempts, reason })
    else if (mayPass && retryMs !== undefined)
      store.delay(slot, { startAt: isoOf(clock.now() + retryMs), at, attempts, reason })
    else store.end(slot, { outcome: 'failed', at, attempts, reason })
  }

  const putOff = (slot: Slot): void => {
    const nowMs = clock.now()
    const isLate = nowMs - Date.parse(slot.dueAt) > times.onTimeMs
    const startMs = Math.max(Date.parse(slot.startAt ?? slot.dueAt), nowMs + spreadOf(times, parts.random))
    store.delay(slot, {
      startAt: isoOf(startMs),
      at: isoOf(nowMs),
      ...(isLate ? { trigger: 'catch-up' as const } : {}),
    })
  }

  const isDue = (slot: Slot): boolean => {
    const inMs = Date.parse(slot.startAt ?? slot.dueAt) - clock.now()
    // Nothing is put off for longer than this: the clock was set back meanwhile.
    return inMs <= 0 || inMs > longestWaitMs
  }

  return {
    startDue: () => store.waiting().filter(isDue).map(startOrEnd).includes(true),
    recover: () => {
      for (const slot of store.waiting()) {
        const state = slot.runId === null ? undefined : store.runState(slot.runId)
        if (state !== undefined && state !== 'interrupted') store.end(slot, { outcome: 'ran', at: isoOf(clock.now()) })
        else if (isTooLate(slot)) end(slot, 'missed')
        else putOff(slot)
      }
      for (const { integrationId } of known.all()) reopenCutOff(integrationId)
    },
    putOff: () => {
      for (const slot of store.waiting()) if (isDue(slot) && !underWay.has(slot.integrationId)) putOff(slot)
    },
    startingDueAt: (integrationId) => underWay.get(integrationId) ?? null,
    nextStartMs: () => {
      const later = store
        .waiting()
        .map((slot) => Date.parse(slot.startAt ?? slot.dueAt))
        .filter((startMs) => startMs > clock.now())
      return later.length === 0 ? null : Math.min(...later)
    },
    stop: () => {
      isStopped = true
    },
  }

  /** The run of the last slot was cut off by the end of the app: it goes on, as the run it is. */
  function reopenCutOff(integrationId: string): void {
    const [last] = store.slots({ integrationId, limit: 1 })
    if (last?.outcome !== 'ran' || last.runId === null || store.runState(last.runId) !== 'interrupted') return
    if (!isTooLate(last)) putOff(last)
  }
}

/** Pausing one schedule or all of them: what comes due meanwhile is recorded as paused and never caught up. */
import { AppError } from '#shared/errors.ts'
import { isoOf, type SchedulerParts } from './scheduler-parts.ts'
import { endOfWaiting } from './waiting-ends.ts'

export interface Pauses {
  /** Throws AppError `no-schedule`. */
  readonly pause: (integrationId: string) => void
  readonly resume: (integrationId: string) => void
  readonly pauseAll: () => void
  readonly resumeAll: () => void
}

export interface PausingParts {
  /** Records what came due up to now, before a pause begins. */
  readonly settleAll: () => void
  /** The same before a pause ends; null: of all. */
  readonly settleWithoutStart: (integrationId: string | null) => void
  readonly isStarting: (integrationId: string) => boolean
  readonly onChange: () => void
}

export function createPauses({ store, clock, changed }: SchedulerParts, parts: PausingParts): Pauses {
  /** What was about to start does not; what is starting right now does. */
  const endWaiting = (integrationId: string | null): void => {
    for (const slot of store.waiting()) {
      if (integrationId !== null && slot.integrationId !== integrationId) continue
      if (!parts.isStarting(slot.integrationId))
        store.end(slot, { outcome: endOfWaiting(slot, store, 'paused'), at: isoOf(clock.now()) })
    }
  }

  const refuseUnscheduled = (integrationId: string): void => {
    if (!store.state(integrationId)) throw noSchedule(integrationId)
  }

  const tell = (integrationId: string | null): void => {
    changed(integrationId)
    parts.onChange()
  }

  return {
    pause: (integrationId) => {
      refuseUnscheduled(integrationId)
      if (store.state(integrationId)?.pausedAt !== null) return
      parts.settleAll()
      store.pause(integrationId, isoOf(clock.now()))
      endWaiting(integrationId)
      tell(integrationId)
    },
    resume: (integrationId) => {
      refuseUnscheduled(integrationId)
      if (store.state(integrationId)?.pausedAt === null) return
      parts.settleWithoutStart(integrationId)
      store.pause(integrationId, null)
      tell(integrationId)
    },
    pauseAll: () => {
      if (store.allPausedAt() !== null) return
      parts.settleAll()
      store.pauseAll(isoOf(clock.now()))
      endWaiting(null)
      tell(null)
    },
    resumeAll: () => {
      if (store.allPausedAt() === null) return
      parts.settleWithoutStart(null)
      store.pauseAll(null)
      tell(null)
    },
  }
}

function noSchedule(integrationId: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'no-schedule',
    message: `"${integrationId}" has no schedule.`,
    kept: 'Nothing was changed.',
    next: `Give it one with "patchbay schedule ${integrationId} 'every weekday at 18:00'".`,
    details: { integration: integrationId },
  })
}

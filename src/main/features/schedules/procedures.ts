/** Schedules, as the renderer and the command line see them. */
import type { Clock } from '#main/engine/ports/surroundings.ts'
import type { Scheduler } from '#main/scheduler/scheduler.ts'
import type { Store } from '#main/store/open-store.ts'
import { parseIntegration, storedIntegration } from '#main/use-cases/build-job.ts'
import { readWritten, saveSchedule } from '#main/use-cases/schedules.ts'
import type { AppEvent } from '#shared/contract/events.ts'
import type { HandlersOf } from '#shared/contract/handlers.ts'
import type { schedulesContract } from '#shared/contract/schedules.ts'
import { scheduleError } from '#shared/schedule/read-schedule.ts'
import type { Schedule } from '#shared/schedule/schedule-schema.ts'
import { previewOf, scheduledView, slotView, type ViewParts, zoneOf } from './views.ts'

export interface SchedulesParts {
  readonly store: Store
  readonly scheduler: Scheduler
  readonly clock: Clock
  readonly zone: () => string
  readonly publish: (event: AppEvent) => void
}

export function schedulesProcedures(parts: SchedulesParts): HandlersOf<keyof typeof schedulesContract> {
  const { store, scheduler, clock } = parts
  const view = (): ViewParts => ({ store, nowMs: clock.now(), zone: parts.zone() })
  return {
    'schedules.list': () => ({
      allPausedAt: store.schedules.allPausedAt(),
      zone: parts.zone(),
      schedules: store.definitions.list('integration').map((stored) => scheduledView(stored, view())),
    }),
    'schedules.preview': async ({ schedule }) => previewOf(await readWritten(schedule), view()),
    'schedules.set': async ({ integrationId, schedule }) => {
      const savedAt = new Date(clock.now()).toISOString()
      const saved = saveSchedule(store, { integrationId, schedule: await readOrNull(schedule), savedAt })
      if (saved.isNew) {
        // The scheduler hears of it as of every change of a definition.
        parts.publish({ name: 'definitions.changed', payload: {} })
        parts.publish({ name: 'schedule.changed', payload: { integrationId } })
      }
      return { ...saved, scheduled: scheduledView(storedIntegration(store, integrationId), view()) }
    },
    'schedules.pause': ({ integrationId }) => {
      storedIntegration(store, integrationId)
      scheduler.pause(integrationId)
      return {}
    },
    'schedules.resume': ({ integrationId }) => {
      storedIntegration(store, integrationId)
      scheduler.resume(integrationId)
      return {}
    },
    'schedules.pause-all': () => {
      scheduler.pauseAll()
      return {}
    },
    'schedules.resume-all': () => {
      scheduler.resumeAll()
      return {}
    },
    'schedules.slots': ({ integrationId, beforeDueAt, limit }) => {
      const { schedule } = parseIntegration(storedIntegration(store, integrationId))
      const slots = store.schedules.slots({ integrationId, beforeDueAt, limit })
      const zone = zoneOf(integrationId, schedule, view())
      return {
        slots: slots.map((slot) => slotView(slot, { store, zone })),
        next: slots.length < limit ? null : (slots.at(-1)?.dueAt ?? null),
      }
    },
  }
}

async function readOrNull(written: unknown): Promise<Schedule | null> {
  if (written === null) return null
  const read = await readWritten(written)
  if (read.ok) return read.schedule
  throw scheduleError(read.problem)
}

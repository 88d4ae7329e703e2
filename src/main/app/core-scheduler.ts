/** The scheduler of the core: definitions, runs and events around it. */
import type { Clock, Ids } from '#main/engine/ports/surroundings.ts'
import type { PowerState } from '#main/rpc/core-port.ts'
import { createScheduler, type Scheduler } from '#main/scheduler/scheduler.ts'
import type { Store } from '#main/store/open-store.ts'
import type { IntegrationRuns } from '#main/use-cases/integration-runs.ts'
import { scheduledIntegrations } from '#main/use-cases/schedules.ts'
import type { AppEvent } from '#shared/contract/events.ts'
import type { ErrorInfo } from '#shared/errors.ts'

export interface CoreSchedulerParts {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
  readonly zone: () => string
  readonly integrationRuns: IntegrationRuns
  readonly publish: (event: AppEvent) => void
  readonly log: (message: string, error: ErrorInfo) => void
}

export function createCoreScheduler(parts: CoreSchedulerParts): Scheduler {
  const { store, integrationRuns, publish } = parts
  return createScheduler({
    store: store.schedules,
    clock: parts.clock,
    ids: parts.ids,
    random: Math.random,
    zone: parts.zone,
    scheduled: () => scheduledIntegrations(store),
    runs: { start: integrationRuns.start, isBusy: integrationRuns.isBusy },
    changed: (integrationId) => publish({ name: 'schedule.changed', payload: { integrationId } }),
    log: parts.log,
  })
}

/** Lets the scheduler hear what it needs to know of what is published. */
export function heardByScheduler(
  publish: (event: AppEvent) => void,
  parts: () => { readonly scheduler: Scheduler; readonly integrationRuns: IntegrationRuns },
): (event: AppEvent) => void {
  return (event) => {
    publish(event)
    const { scheduler, integrationRuns } = parts()
    if (event.name === 'definitions.changed') scheduler.refresh()
    if (event.name !== 'run.changed') return
    const { integrationId } = event.payload
    if (!integrationRuns.isBusy(integrationId)) scheduler.runEnded(integrationId)
  }
}

/** Where no host knows of the computer's sleep, the scheduler notices it by the clock. */
export function powerListener({ onSuspend, onResume }: Scheduler): (state: PowerState) => void {
  return (state) => (state === 'suspend' ? onSuspend() : onResume())
}

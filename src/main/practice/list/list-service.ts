/** The practice list as a whole: its storage, routes and counts on the kit's ground. */
import type { JsonObject } from '#shared/json.ts'
import { type ServiceOptions, startPracticeService } from '../kit/practice-service.ts'
import type { RunningService } from '../kit/run-service.ts'
import { type ListStore, openListStore } from './list-store.ts'
import { listRoutes } from './routes.ts'
import { type ListPopulation, seedIfEmpty } from './seed.ts'

export interface ListServiceOptions extends ServiceOptions {
  readonly population?: ListPopulation
}

/** Starts the service. Throws AppError (config, `practice-folder-in-use`) when another process holds the folder. */
export function startListService({ population, ...options }: ListServiceOptions): Promise<RunningService> {
  return startPracticeService(
    {
      name: 'Practice list',
      tokenPrefix: 'plst_',
      requestsPerSecond: 100,
      open: openListStore,
      ...(population ? { seed: (store: ListStore) => seedIfEmpty(store, population) } : {}),
      routes: listRoutes,
      stats: storeStats,
    },
    options,
  )
}

function storeStats({ subscribers, log }: ListStore): JsonObject {
  const none = { subscribed: 0, unsubscribed: 0, bounced: 0, deleted: 0 }
  return { objects: { subscriber: { ...none, ...subscribers.counts(), writes: log.totals().subscriber } } }
}

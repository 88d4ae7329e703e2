/** The practice books as a whole: their storage, routes and counts on the kit's ground. */
import type { JsonObject } from '#shared/json.ts'
import { type ServiceOptions, startPracticeService } from '../kit/practice-service.ts'
import type { RunningService } from '../kit/run-service.ts'
import { type BooksStore, openBooksStore } from './books-store.ts'
import { objectNames } from './object-rules.ts'
import { booksRoutes } from './routes.ts'
import { type BooksPopulation, seedIfEmpty } from './seed.ts'

export interface BooksServiceOptions extends ServiceOptions {
  readonly population?: BooksPopulation
}

/** Starts the service. Throws AppError (config, `practice-folder-in-use`) when another process holds the folder. */
export function startBooksService({ population, ...options }: BooksServiceOptions): Promise<RunningService> {
  return startPracticeService(
    {
      name: 'Practice books',
      tokenPrefix: 'pbks_',
      requestsPerSecond: 50,
      open: openBooksStore,
      ...(population ? { seed: (store: BooksStore) => seedIfEmpty(store, population) } : {}),
      routes: booksRoutes,
      stats: storeStats,
    },
    options,
  )
}

function storeStats(store: BooksStore): JsonObject {
  const totals = store.log.totals()
  const records = objectNames.map((name) => {
    const { active, inactive, sharedKeys } = store.tables[name].counts()
    return [name, { active, inactive, shared_keys: sharedKeys, writes: totals[name] }] as const
  })
  return { objects: Object.fromEntries(records) }
}

/** The practice CRM as a whole: its storage, routes and counts on the kit's ground. */
import type { JsonObject } from '#shared/json.ts'
import { type ServiceOptions, startPracticeService } from '../kit/practice-service.ts'
import type { RunningService } from '../kit/run-service.ts'
import { type CrmStore, openCrmStore } from './crm-store.ts'
import { objectNames } from './object-rules.ts'
import { crmRoutes } from './routes.ts'
import { type CrmPopulation, seedIfEmpty } from './seed.ts'

const pruneEveryMs = 10 * 60_000
const pruneLimit = 20_000

export interface CrmServiceOptions extends ServiceOptions {
  readonly population?: CrmPopulation
}

/** Starts the service. Throws AppError (config, `practice-folder-in-use`) when another process holds the folder. */
export function startCrmService({ population, ...options }: CrmServiceOptions): Promise<RunningService> {
  return startPracticeService(
    {
      name: 'Practice CRM',
      tokenPrefix: 'pcrm_',
      requestsPerSecond: 200,
      open: openCrmStore,
      ...(population ? { seed: (store: CrmStore) => seedIfEmpty(store, population) } : {}),
      routes: crmRoutes,
      stats: storeStats,
      background: pruneKeys,
    },
    options,
  )
}

function pruneKeys(store: CrmStore): () => void {
  const prune = (): void => {
    store.commit.run((atMs) => store.keys.prune(atMs, pruneLimit)).catch(() => undefined)
  }
  prune()
  const timer = setInterval(prune, pruneEveryMs)
  timer.unref()
  return () => clearInterval(timer)
}

function storeStats(store: CrmStore): JsonObject {
  const totals = store.log.totals()
  const records = objectNames.map((name) => {
    const { live, archived, sharedExternalRefs } = store.tables[name].counts()
    return [name, { live, archived, shared_external_refs: sharedExternalRefs, writes: totals[name] }] as const
  })
  return { idempotency_keys: store.keys.count(), objects: Object.fromEntries(records) }
}

/** Puts the practice CRM together: folder, lock, token, storage, HTTP. Usable in a process of its own or inside a test. */
import { mkdirSync } from 'node:fs'
import type { JsonObject } from '#shared/json.ts'
import { accessTokenOf, bearerCheck } from '../kit/access-token.ts'
import { type FaultSettings, type Faults, faultPlan } from '../kit/faults.ts'
import { lockFolder } from '../kit/folder-lock.ts'
import { rateLimiter } from '../kit/rate-limiter.ts'
import type { RunningService } from '../kit/run-service.ts'
import { startServiceHttp } from '../kit/service-http.ts'
import { type CrmStore, openCrmStore } from './crm-store.ts'
import { objectNames } from './object-rules.ts'
import { isControlPath, type RouteContext, route } from './routes.ts'
import { type CrmPopulation, seedIfEmpty } from './seed.ts'
import { writeRequests } from './write-requests.ts'

export const defaultRequestsPerSecond = 200
const pruneEveryMs = 10 * 60_000
const pruneLimit = 20_000

export interface CrmServiceOptions {
  readonly dataFolder: string
  /** 0: any free port. */
  readonly port: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** 0 switches the rate limit off. */
  readonly requestsPerSecond?: number
  /** Present: faults are possible, and can be changed at /v1/_faults. */
  readonly faults?: FaultSettings
  readonly population?: CrmPopulation
  readonly accountName?: string
  readonly onUnexpected?: (thrown: unknown) => void
}

/** Starts the service. Throws AppError (config, `practice-folder-in-use`) when another process holds the folder. */
export async function startCrmService(options: CrmServiceOptions): Promise<RunningService> {
  mkdirSync(options.dataFolder, { recursive: true, mode: 0o700 })
  const lock = lockFolder(options.dataFolder)
  try {
    return await startLocked(options, lock.release)
  } catch (thrown) {
    lock.release()
    throw thrown
  }
}

async function startLocked(options: CrmServiceOptions, releaseLock: () => void): Promise<RunningService> {
  const faults = options.faults ? faultPlan(options.faults) : undefined
  const store = openCrmStore({
    dataFolder: options.dataFolder,
    now: options.now,
    ...(faults ? { commitDelayMs: () => faults.settings().commitDelayMs } : {}),
  })
  try {
    if (options.population) await seedIfEmpty(store, options.population)
    return await listen({ options, store, faults, releaseLock })
  } catch (thrown) {
    store.close()
    throw thrown
  }
}

interface Parts {
  readonly options: CrmServiceOptions
  readonly store: CrmStore
  readonly faults: Faults | undefined
  readonly releaseLock: () => void
}

async function listen({ options, store, faults, releaseLock }: Parts): Promise<RunningService> {
  const token = accessTokenOf(options.dataFolder, 'pcrm_')
  const limitPerSecond = options.requestsPerSecond ?? defaultRequestsPerSecond
  const context: RouteContext = {
    store,
    writes: writeRequests(store, () => faults?.rejectsRecord() ?? false),
    ...(faults ? { faults } : {}),
    accountName: options.accountName ?? 'Practice CRM',
    limitPerSecond,
    stats: () => ({ ...http.counts(), ...storeStats(store) }),
  }
  const http = await startServiceHttp({
    port: options.port,
    isAuthorized: bearerCheck(token),
    limiter: rateLimiter(limitPerSecond, options.now),
    ...(faults ? { faults } : {}),
    handle: (request) => route(context, request),
    isControlPath,
    onUnexpected: options.onUnexpected ?? (() => undefined),
  })
  const stopPruning = pruneKeys(store)
  const stop = async (): Promise<void> => {
    stopPruning()
    await http.close(5_000)
    await store.commit.drained()
    store.close()
    releaseLock()
  }
  return { port: http.port, token, stop }
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
  return { commits: store.commit.commits(), idempotency_keys: store.keys.count(), objects: Object.fromEntries(records) }
}

/** Puts a practice service together: folder, lock, token, storage, HTTP. Usable in a process of its own or inside a test. */
import { mkdirSync } from 'node:fs'
import type { JsonObject } from '#shared/json.ts'
import { accessTokenOf, bearerCheck } from './access-token.ts'
import { type FaultSettings, type Faults, faultPlan } from './faults.ts'
import { lockFolder } from './folder-lock.ts'
import type { GroupCommit } from './group-commit.ts'
import { harnessReply, isControlPath } from './harness.ts'
import { rateLimiter } from './rate-limiter.ts'
import type { Reply } from './reply.ts'
import type { RunningService } from './run-service.ts'
import { type ServiceRequest, startServiceHttp } from './service-http.ts'

export interface ServiceOptions {
  readonly dataFolder: string
  /** 0: any free port. */
  readonly port: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** 0 switches the rate limit off. */
  readonly requestsPerSecond?: number
  /** Present: faults are possible, and can be changed at /v1/_faults. */
  readonly faults?: FaultSettings
  readonly accountName?: string
  readonly onUnexpected?: (thrown: unknown) => void
}

export interface StoreOptions {
  readonly dataFolder: string
  readonly now: () => number
  readonly commitDelayMs?: () => number
}

export interface ServiceStore {
  readonly commit: GroupCommit
  /** What was really written, oldest first, after a sequence number. */
  readonly log: { readonly page: (afterSeq: number, limit: number) => readonly JsonObject[] }
  readonly close: () => void
}

/** What the routes of a service work with. */
export interface ServiceContext<Store extends ServiceStore> {
  readonly store: Store
  /** Asked once per record that is about to be written. */
  readonly rejectsRecord: () => boolean
  readonly accountName: string
  readonly limitPerSecond: number
}

export interface ServiceParts<Store extends ServiceStore> {
  readonly name: string
  readonly tokenPrefix: string
  readonly requestsPerSecond: number
  readonly open: (options: StoreOptions) => Store
  /** Fills a service that is still empty. */
  readonly seed?: (store: Store) => Promise<unknown>
  readonly routes: (context: ServiceContext<Store>) => (request: ServiceRequest) => Reply | Promise<Reply>
  /** What `/v1/_stats` says beside requests and commits. */
  readonly stats: (store: Store) => JsonObject
  /** Work beside the requests; answers how it is ended. */
  readonly background?: (store: Store) => () => void
}

/** Starts the service. Throws AppError (config, `practice-folder-in-use`) when another process holds the folder. */
export async function startPracticeService<Store extends ServiceStore>(
  parts: ServiceParts<Store>,
  options: ServiceOptions,
): Promise<RunningService> {
  mkdirSync(options.dataFolder, { recursive: true, mode: 0o700 })
  const lock = lockFolder(options.dataFolder)
  try {
    const running = await startLocked(parts, options)
    const stop = async (): Promise<void> => {
      await running.stop()
      lock.release()
    }
    return { ...running, stop }
  } catch (thrown) {
    lock.release()
    throw thrown
  }
}

async function startLocked<Store extends ServiceStore>(
  parts: ServiceParts<Store>,
  options: ServiceOptions,
): Promise<RunningService> {
  const faults = options.faults ? faultPlan(options.faults) : undefined
  const store = parts.open({
    dataFolder: options.dataFolder,
    now: options.now,
    ...(faults ? { commitDelayMs: () => faults.settings().commitDelayMs } : {}),
  })
  try {
    await parts.seed?.(store)
    return await listen(parts, options, { store, faults })
  } catch (thrown) {
    store.close()
    throw thrown
  }
}

async function listen<Store extends ServiceStore>(
  parts: ServiceParts<Store>,
  options: ServiceOptions,
  { store, faults }: { readonly store: Store; readonly faults: Faults | undefined },
): Promise<RunningService> {
  const token = accessTokenOf(options.dataFolder, parts.tokenPrefix)
  const limitPerSecond = options.requestsPerSecond ?? parts.requestsPerSecond
  const route = parts.routes({
    store,
    rejectsRecord: () => faults?.rejectsRecord() ?? false,
    accountName: options.accountName ?? parts.name,
    limitPerSecond,
  })
  const stats = (): JsonObject => ({ ...http.counts(), commits: store.commit.commits(), ...parts.stats(store) })
  const http = await startServiceHttp({
    port: options.port,
    isAuthorized: bearerCheck(token),
    limiter: rateLimiter(limitPerSecond, options.now),
    ...(faults ? { faults } : {}),
    handle: (request) => harnessReply({ faults, stats, writes: store.log.page }, request) ?? route(request),
    isControlPath,
    onUnexpected: options.onUnexpected ?? (() => undefined),
  })
  const endBackground = parts.background?.(store)
  const stop = async (): Promise<void> => {
    endBackground?.()
    await http.close(5_000)
    await store.commit.drained()
    store.close()
  }
  return { port: http.port, token, stop }
}

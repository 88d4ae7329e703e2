/** The headless host: the core in a worker thread, a window over loopback HTTP, a local door for the command line. */

import { prepareDataFolder } from '#main/app/host/files/data-folder.ts'
import { takeDataLock } from '#main/app/host/files/data-lock.ts'
import { dataFolderTag, removeLeftovers, runtimeFolder } from '#main/app/host/files/runtime-folder.ts'
import { type LocalDoor, openLocalDoor } from '#main/app/host/local-door.ts'
import { openBrowser } from '#main/app/host/open-browser.ts'
import { listWindowFiles } from '#main/app/host/window-files.ts'
import type { RpcClock } from '#main/rpc/clock.ts'
import { startTimer } from '#main/rpc/clock.ts'
import { createInProcessTransport } from '#main/rpc/in-process.ts'
import type { CoreDoor } from '#main/rpc/serve-link.ts'
import { type SupervisedCore, superviseCore } from '#main/rpc/supervise-core.ts'
import { lookAgainAtZone } from '#main/rpc/system-zone.ts'
import { startWorkerCore } from '#main/rpc/worker-core.ts'
import { createClient, type TimedClient } from '#shared/contract/client.ts'
import type { JsonObject } from '#shared/json.ts'
import { type HttpHost, openHttpHost } from './http/http-host.ts'
import { createSessions } from './http/sessions.ts'

export interface HostOptions {
  readonly dataFolder: string
  /** The script that serves the core on its parent port (core-port.ts). */
  readonly coreEntry: URL
  /** More for the core, beside its data folder: it gets `{ dataFolder, ...coreOptions }` as workerData. */
  readonly coreOptions?: JsonObject
  /** The built window. */
  readonly rendererFolder: string
  /** It must be this one; without it the usual one, or any that is free. */
  readonly port?: number
  readonly log: (message: string, details?: JsonObject) => void
  readonly clock: RpcClock
}

export interface RunningHost {
  readonly port: number
  /** 'http://127.0.0.1:4717' */
  readonly origin: string
  /** What a person should read: who else can look into the data folder, and so on. */
  readonly remarks: readonly string[]
  readonly client: TimedClient
  /** A link for one browser tab: for one use within ten minutes. */
  readonly newLink: () => string
  /** Answers whether a browser could be started. */
  readonly openBrowser: () => Promise<boolean>
  /** Lets work stop at a safe place, then closes everything. Never throws; calling it again waits for the same end. */
  readonly stop: () => Promise<void>
}

/** Work gets this long to come to a safe place. */
const stopPatienceMs = 15_000
const lookAtZoneEveryMs = 30_000

/**
 * Throws AppError: `data-folder-not-usable`, `data-folder-in-use`, `port-in-use`, `runtime-folder-not-private`, and
 * what the core says when it cannot start. Then nothing is left open.
 */
export async function startHost(options: HostOptions): Promise<RunningHost> {
  const { dataFolder, clock, log } = options
  const remarks = prepareDataFolder(dataFolder)
  const undo: (() => Promise<void> | void)[] = []
  try {
    const lock = await takeDataLock(dataFolder)
    undo.push(lock.release)
    const folder = runtimeFolder(process.env)
    const tag = dataFolderTag(dataFolder)
    removeLeftovers(folder, tag)
    const core = await startCore(options)
    undo.push(() => core.stop(stopPatienceMs))
    const stopWatch = watchZone()
    undo.push(stopWatch)
    const sessions = createSessions(clock)
    const http = await openHttpHost({
      core,
      sessions,
      files: listWindowFiles(options.rendererFolder),
      log,
      ...(options.port === undefined ? {} : { port: options.port }),
    })
    undo.push(http.close)
    const newLink = (): string => `${http.origin}/#t=${sessions.mintToken()}`
    const door = await openLocalDoor({
      core,
      dataFolder,
      runtimeFolder: folder,
      tag,
      platform: process.platform,
      newLink,
    })
    const stop = once(() => stopAll({ http, door, core, stopWatch, release: lock.release, log }))
    return {
      port: http.port,
      origin: http.origin,
      remarks,
      client: clientOf(core),
      newLink,
      openBrowser: () => openBrowser({ link: newLink(), folder, tag, platform: process.platform }),
      stop,
    }
  } catch (thrown) {
    for (const step of undo.reverse()) await step()
    throw thrown
  }
}

function startCore({ coreEntry, coreOptions, dataFolder, clock, log }: HostOptions): Promise<SupervisedCore> {
  const start = () => startWorkerCore({ entry: coreEntry, workerData: { ...coreOptions, dataFolder }, log })
  return superviseCore({ start, clock, log })
}

/** The core runs in a worker, which cannot look again at the zone of the computer by itself. Answers how to stop. */
function watchZone(): () => void {
  const timer = setInterval(lookAgainAtZone, lookAtZoneEveryMs)
  timer.unref()
  return () => clearInterval(timer)
}

function clientOf(core: CoreDoor): TimedClient {
  return createClient({ send: createInProcessTransport(core.dispatch).send, startTimer })
}

interface Parts {
  readonly http: HttpHost
  readonly door: LocalDoor
  readonly core: SupervisedCore
  readonly stopWatch: () => void
  readonly release: () => void
  readonly log: HostOptions['log']
}

/** The lock goes last: as long as anything may still write, nobody else may open the folder. */
async function stopAll({ http, door, core, stopWatch, release, log }: Parts): Promise<void> {
  http.drain()
  stopWatch()
  for (const step of [() => door.close(), () => core.stop(stopPatienceMs), () => http.close(), release]) {
    try {
      await step()
    } catch (thrown) {
      log('a part of the host did not stop cleanly', { technical: String(thrown) })
    }
  }
}

function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= action()
    return running
  }
}

/** What the Electron host holds besides its window: the lock of the data folder, the core, the door for the command line. */
import { takeDataLock } from '#main/app/host/files/data-lock.ts'
import { dataFolderTag, removeLeftovers, runtimeFolder } from '#main/app/host/files/runtime-folder.ts'
import { openLocalDoor } from '#main/app/host/local-door.ts'
import { startTimer, systemClock } from '#main/rpc/clock.ts'
import { createInProcessTransport } from '#main/rpc/in-process.ts'
import { type SupervisedCore, superviseCore } from '#main/rpc/supervise-core.ts'
import { createClient, type TimedClient } from '#shared/contract/client.ts'
import { AppError, type ErrorInfo } from '#shared/errors.ts'
import type { JsonObject } from '#shared/json.ts'
import { startUtilityCore } from './utility-core.ts'

export interface DesktopHostOptions {
  readonly dataFolder: string
  /** The folder of the built scripts. */
  readonly scripts: string
  readonly log: (message: string, details?: JsonObject) => void
  /** Somebody asked for the window in a terminal. */
  readonly showWindow: () => void
  readonly onTrouble: (trouble: ErrorInfo | null) => void
}

export interface DesktopHost {
  readonly core: SupervisedCore
  readonly client: TimedClient
  readonly tellPower: SupervisedCore['tellPower']
  /** Lets work stop at a safe place, then closes everything. */
  readonly stop: () => Promise<void>
}

/** As long as the headless host waits. */
const stopPatienceMs = 15_000

/** Throws AppError: `data-folder-in-use`, `runtime-folder-not-private`, and what the core says when it cannot start. Then nothing is left open. */
export async function startDesktopHost(options: DesktopHostOptions): Promise<DesktopHost> {
  const { dataFolder, scripts, log, onTrouble } = options
  const lock = await takeDataLock(dataFolder)
  const undo: (() => Promise<void> | void)[] = [lock.release]
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const core = await superviseCore({
      start: () => startUtilityCore({ scripts, dataFolder, log }),
      clock: systemClock,
      log,
      onTrouble,
    })
    undo.push(() => core.stop(stopPatienceMs))
    undo.push(await openDoor(core, options))
    const client = createClient({ send: createInProcessTransport(core.dispatch).send, startTimer })
    return { core, client, tellPower: core.tellPower, stop }
  } catch (thrown) {
    await stop()
    throw thrown
  }
}

/** Answers how to close it. */
async function openDoor(
  core: SupervisedCore,
  { dataFolder, showWindow }: DesktopHostOptions,
): Promise<() => Promise<void>> {
  const folder = runtimeFolder(process.env)
  const tag = dataFolderTag(dataFolder)
  removeLeftovers(folder, tag)
  const newLink = (): never => {
    showWindow()
    throw new AppError(isOnDesktop)
  }
  const door = await openLocalDoor({
    core,
    dataFolder,
    runtimeFolder: folder,
    tag,
    platform: process.platform,
    newLink,
  })
  return door.close
}

const isOnDesktop: ErrorInfo = {
  kind: 'config',
  code: 'window-is-on-the-desktop',
  message: 'Patchbay runs on this data folder as a desktop app, so there is no link for a browser.',
  kept: 'Nothing has changed.',
  next: 'Use its window, which has just been brought to the front. To use the browser instead, quit it first.',
}

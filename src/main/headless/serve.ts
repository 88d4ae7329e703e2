/** Serves until it is told to stop; or, where a host already runs on the data folder, gets a new link from that one. */

import { connectToHost, type HostConnection } from '#main/app/host/connect-to-host.ts'
import { dataFolderTag, runtimeFolder } from '#main/app/host/files/runtime-folder.ts'
import { openBrowser } from '#main/app/host/open-browser.ts'
import { AppError } from '#shared/errors.ts'
import type { JsonObject } from '#shared/json.ts'
import { type HostOptions, startHost } from './start-host.ts'
import { onStopSignal } from './stop-signal.ts'

export interface ServeOptions extends HostOptions {
  /** Whether to open a browser. The address is printed in any case. */
  readonly isOpening: boolean
  /** A line for a person; `facts` are the same for a program, where there is something for it to know. */
  readonly print: (line: string, facts?: JsonObject) => void
}

/** A host that is just starting has its lock before it can be asked. */
const lookAgainTimes = 50
const lookAgainMs = 200

/** Ends when the host has stopped, or at once when another one runs. Throws AppError when it cannot serve. */
export async function serve(options: ServeOptions): Promise<void> {
  const running = await connectToHost(options.dataFolder)
  if (running) return showRunning(running, options)
  try {
    await serveHere(options)
  } catch (thrown) {
    const isTaken = thrown instanceof AppError && thrown.code === 'data-folder-in-use'
    const other = isTaken ? await untilReachable(options) : null
    if (!other) throw thrown
    await showRunning(other, options)
  }
}

async function serveHere(options: ServeOptions): Promise<void> {
  const signals = onStopSignal()
  try {
    const host = await startHost(options)
    for (const remark of host.remarks) options.print(`Note: ${remark}`)
    tellLink('started', host.newLink(), options)
    if (options.isOpening && !(await host.openBrowser())) options.print('No browser could be started: open the link.')
    await signals.asked
    options.print('Patchbay stops: running work comes to a safe place. Once more ends it at once.')
    await host.stop()
    options.print('Patchbay has stopped.', { state: 'stopped' })
  } finally {
    signals.release()
  }
}

async function showRunning(running: HostConnection, options: ServeOptions): Promise<void> {
  const { dataFolder, isOpening } = options
  try {
    tellLink('running-already', await running.newLink(), options)
    if (!isOpening) return
    const place = { folder: runtimeFolder(process.env), tag: `link-${dataFolderTag(dataFolder)}` }
    const isOpen = await openBrowser({ link: await running.newLink(), platform: process.platform, ...place })
    // The page behind the link must live until the browser has read it.
    if (isOpen) await options.clock.sleep(browserReadsMs)
    else options.print('No browser could be started: open the link.')
  } finally {
    running.close()
  }
}

const browserReadsMs = 5_000

const states = { started: 'Patchbay runs.', 'running-already': 'Patchbay runs already.' }

function tellLink(state: keyof typeof states, link: string, { print }: ServeOptions): void {
  print(`${states[state]} Open this link in a browser on this computer (for one use, within 10 minutes):`, {
    state,
    link,
  })
  print(`  ${link}`)
  print('For another link run the same command again.')
}

async function untilReachable({ dataFolder, clock }: ServeOptions): Promise<HostConnection | null> {
  for (let time = 0; time < lookAgainTimes; time += 1) {
    const running = await connectToHost(dataFolder)
    if (running) return running
    await clock.sleep(lookAgainMs)
  }
  return null
}

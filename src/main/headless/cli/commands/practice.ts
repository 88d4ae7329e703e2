/** practice: sets the practice company up, or keeps it running in a host, so that other commands and the window can use it. */

import { connectToHost } from '#main/app/host/connect-to-host.ts'
import { logLine } from '#main/app/host/log-line.ts'
import { systemClock } from '#main/rpc/clock.ts'
import type { Client } from '#shared/contract/contract.ts'
import { hostFilesOf } from '../../host-files.ts'
import { startHost } from '../../start-host.ts'
import type { CommandInput, CommandRun } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { untilInterrupted } from '../until-interrupted.ts'
import { dataFolderOfCommand, withClient } from '../with-client.ts'

export const startPractice: CommandRun = async (input) => {
  if (input.options.prepare === true) return withClient(input, (client) => prepare(client, input))
  const running = await connectToHost(dataFolderOfCommand(input))
  if (!running) return keepRunning(input)
  try {
    return await prepare(running.client, input)
  } finally {
    running.close()
  }
}

async function prepare(client: Client, input: CommandInput): Promise<number> {
  const started = await client.call('practice.start', {})
  const lines = started.services.map((service) => `${service.id} is at ${service.address}`)
  input.output.result(started, [...lines, `Its files are in ${started.folder}`])
  return exitCodes.allWell
}

/** A host of its own: it holds the data folder, and other commands reach it. */
async function keepRunning(input: CommandInput): Promise<number> {
  const host = await startHost({
    ...hostFilesOf(input.surroundings.scriptUrl),
    dataFolder: dataFolderOfCommand(input),
    clock: systemClock,
    log: (message, details) => input.surroundings.streams.err(logLine(message, details)),
  })
  try {
    await prepare(host.client, input)
    input.surroundings.streams.err(`The window: ${host.newLink()}\nStop with Ctrl+C.\n`)
    await untilInterrupted()
    return exitCodes.allWell
  } finally {
    await host.stop()
  }
}

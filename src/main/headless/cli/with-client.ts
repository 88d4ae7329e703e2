/** A client for one command: of the host that holds the data folder, or of a core in this process. */
import { builtEntries } from '#main/app/built-entries.ts'
import { connectToHost } from '#main/app/host/connect-to-host.ts'
import { dataFolderOf, prepareDataFolder } from '#main/app/host/files/data-folder.ts'
import { takeDataLock } from '#main/app/host/files/data-lock.ts'
import { logLine } from '#main/app/host/log-line.ts'
import { createServedCore } from '#main/app/served-core.ts'
import { startTimer } from '#main/rpc/clock.ts'
import { createInProcessTransport } from '#main/rpc/in-process.ts'
import { createClient } from '#shared/contract/client.ts'
import type { Client } from '#shared/contract/contract.ts'
import { type CommandInput, textOption } from './command.ts'

/** Runs `work` with a client and closes what was opened for it. Throws AppError. */
export async function withClient<Result>(
  input: CommandInput,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const dataFolder = dataFolderOfCommand(input)
  const host = await connectToHost(dataFolder)
  if (!host) return withOwnCore(dataFolder, input, work)
  try {
    return await work(host.client)
  } finally {
    host.close()
  }
}

/** The data folder a command works on: its flag, the environment, or the system's convention. */
export function dataFolderOfCommand(input: CommandInput): string {
  return dataFolderOf(input.surroundings.env, process.platform, textOption(input, 'data'))
}

async function withOwnCore<Result>(
  dataFolder: string,
  input: CommandInput,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  prepareDataFolder(dataFolder)
  const lock = await takeDataLock(dataFolder)
  try {
    const { env, scriptUrl } = input.surroundings
    const entries = builtEntries(scriptUrl)
    const log = (...line: Parameters<typeof logLine>): void => {
      if (env.PATCHBAY_LOG === '1') process.stderr.write(logLine(...line))
    }
    const core = await createServedCore({ dataFolder, env, log, isScheduling: false, ...(entries && { entries }) })
    try {
      const { send } = createInProcessTransport(core.dispatch)
      return await work(createClient({ send, startTimer }))
    } finally {
      core.events.close()
      await core.stop()
    }
  } finally {
    lock.release()
  }
}

/** The core in a process of its own, started by Electron: what crashes there leaves the windows alone. */
import { join } from 'node:path'
import { type UtilityProcess, utilityProcess } from 'electron'
import { coreStopped } from '#main/rpc/failures.ts'
import type { RunningCore } from '#main/rpc/running-core.ts'
import { type StartCoreOptions, startCoreOver } from '#main/rpc/start-core.ts'
import type { ErrorInfo } from '#shared/errors.ts'
import { serveHelpers } from './helper-host.ts'

export interface UtilityCoreOptions extends StartCoreOptions {
  /** The folder of the built scripts. */
  readonly scripts: string
  readonly dataFolder: string
}

/** The young generation as the headless host gives it to its core (worker-core.ts says why). */
const coreFlags = ['--min-semi-space-size=5', '--max-semi-space-size=5']

/** Throws AppError when the core says why it cannot start, ends, or is silent. */
export function startUtilityCore(options: UtilityCoreOptions): Promise<RunningCore> {
  const { scripts, dataFolder, log } = options
  const child = utilityProcess.fork(join(scripts, 'core-utility.js'), [dataFolder], {
    serviceName: 'Patchbay core',
    execArgv: coreFlags,
    env: { ...process.env, MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '1' },
  })
  child.on('error', (type, location) => log('the core ended with an error', { type, location }))
  const ended = endOf(child)
  serveHelpers(child, { scripts, log })
  return startCoreOver(
    {
      post: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      ended,
      kill: async () => {
        child.kill()
        await ended
      },
    },
    options,
  )
}

function endOf(child: UtilityProcess): Promise<ErrorInfo> {
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve({ ...coreStopped, details: { exitCode: code } }))
  })
}

/** The core in a worker thread, off the thread that serves the window: what the headless host starts. */
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { type ErrorInfo, errorInfoOf } from '#shared/errors.ts'
import { coreStopped } from './failures.ts'
import type { RunningCore } from './running-core.ts'
import { type StartCoreOptions, startCoreOver } from './start-core.ts'

export interface WorkerCoreOptions extends StartCoreOptions {
  readonly entry: URL
  /** What the entry reads as `workerData`: the data folder and so on. */
  readonly workerData: unknown
}

/**
 * V8 counts three semi-spaces as the young generation. It starts at its full size (`setFlagsFromString` holds for threads
 * that are started later): what a run has under way would otherwise be copied around until it grows. Measured with
 * 50,000 records: 161 us a record with 1 MB, 134 with 8 MB; every further MB counts three times in the memory.
 */
export const semiSpaceMb = 5

/** Throws AppError when the core says why it cannot start, ends, or is silent. */
export function startWorkerCore(options: WorkerCoreOptions): Promise<RunningCore> {
  const { entry, workerData, log } = options
  setFlagsFromString(`--min-semi-space-size=${semiSpaceMb}`)
  const worker = new Worker(entry, { workerData, resourceLimits: { maxYoungGenerationSizeMb: 3 * semiSpaceMb } })
  const channel = {
    post: (message: object) => worker.postMessage(message),
    onMessage: (listener: (message: unknown) => void) => void worker.on('message', listener),
    ended: endOf(worker, log),
    kill: async () => {
      await worker.terminate()
    },
  }
  return startCoreOver(channel, options)
}

/** Why the worker ended. An error in it (also: out of memory) comes first, its exit follows. */
function endOf(worker: Worker, log: WorkerCoreOptions['log']): Promise<ErrorInfo> {
  let details: ErrorInfo['details']
  worker.on('error', (thrown) => {
    details = errorInfoOf(thrown).details
    log('the core ended with an error', { technical: String(details?.technical ?? thrown) })
  })
  worker.on('messageerror', () => log('the core sent something that could not be read'))
  return new Promise((resolve) => {
    worker.on('exit', (code) => resolve({ ...coreStopped, details: { exitCode: code } }))
  })
}

/**
 * Starts the core in a worker thread, off the thread that serves the window. Whatever arrives on the port that is not
 * ours is ignored; when the worker ends, every open call is answered.
 */
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { readRawMessage } from '#shared/contract/link.ts'
import { createLinkTransport } from '#shared/contract/link-transport.ts'
import { AppError, type ErrorInfo, errorInfoOf } from '#shared/errors.ts'
import type { JsonObject } from '#shared/json.ts'
import { startTimer } from './clock.ts'
import type { HostNotice } from './core-port.ts'
import { coreDidNotStart, coreStopped } from './failures.ts'
import type { RunningCore } from './running-core.ts'

export interface WorkerCoreOptions {
  readonly entry: URL
  /** What the entry reads as `workerData`: the data folder and so on. */
  readonly workerData: unknown
  readonly log: (message: string, details?: JsonObject) => void
  readonly startTimeoutMs?: number
}

/** Opening a large database after an unclean stop takes its time. */
const usualStartTimeoutMs = 120_000
/**
 * V8 counts three semi-spaces as the young generation. It starts at its full size (`setFlagsFromString` holds for threads
 * that are started later): what a run has under way would otherwise be copied around until it grows. Measured with
 * 50,000 records: 161 us a record with 1 MB, 134 with 8 MB; every further MB counts three times in the memory.
 */
const semiSpaceMb = 5

/** Throws AppError when the core says why it cannot start, ends, or is silent. */
export async function startWorkerCore(options: WorkerCoreOptions): Promise<RunningCore> {
  const { entry, workerData, log, startTimeoutMs = usualStartTimeoutMs } = options
  setFlagsFromString(`--min-semi-space-size=${semiSpaceMb}`)
  const worker = new Worker(entry, { workerData, resourceLimits: { maxYoungGenerationSizeMb: 3 * semiSpaceMb } })
  const post = (notice: HostNotice): void => worker.postMessage(notice)
  const transport = createLinkTransport({
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => worker.on('message', listener),
  })
  const ended = endOf(worker, log).then((error) => {
    transport.end(error)
    return error
  })
  let pongs = 0
  worker.on('message', (received: unknown) => {
    const message = readRawMessage(received)
    if (message?.kind === 'pong') pongs += 1
    if (message?.kind === 'log') log(String(message.parts.message), detailsOf(message.parts.details))
  })
  const kill = async (): Promise<void> => {
    await worker.terminate()
  }
  try {
    await untilReady(worker, ended, startTimeoutMs)
  } catch (thrown) {
    await kill()
    throw thrown
  }
  const stop = async (patienceMs: number): Promise<void> => {
    const stopped = untilMessage(worker, 'stopped')
    post({ kind: 'stop' })
    const isClean = await Promise.race([stopped.then(() => true), ended.then(() => true), after(patienceMs)])
    if (!isClean) log('the core did not stop in time and was ended')
    await kill()
  }
  return {
    send: transport.send,
    subscribe: transport.subscribe,
    ping: () => post({ kind: 'ping' }),
    pongCount: () => pongs,
    kill,
    stop,
    ended,
  }
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

async function untilReady(worker: Worker, ended: Promise<ErrorInfo>, timeoutMs: number): Promise<void> {
  const ready = untilMessage(worker, 'ready').then(() => null)
  const failed = untilMessage(worker, 'failed').then(({ error }) => startError(error))
  const error = await Promise.race([
    ready,
    failed,
    ended.then((end): ErrorInfo => ({ ...coreDidNotStart, details: end.details ?? {} })),
    after(timeoutMs).then((): ErrorInfo => ({ ...coreDidNotStart, details: { waitedMs: timeoutMs } })),
  ])
  if (error) throw new AppError(error)
}

/** The core's own words. */
function startError(error: unknown): ErrorInfo {
  // Posted by core-port.ts, which makes it of an AppError.
  return typeof error === 'object' && error !== null ? (error as ErrorInfo) : coreDidNotStart
}

function untilMessage(worker: Worker, kind: string): Promise<Readonly<Record<string, unknown>>> {
  return new Promise((resolve) => {
    worker.on('message', (received: unknown) => {
      const message = readRawMessage(received)
      if (message?.kind === kind) resolve(message.parts)
    })
  })
}

function after(durationMs: number): Promise<false> {
  return new Promise((resolve) => startTimer(durationMs, () => resolve(false)))
}

function detailsOf(details: unknown): JsonObject | undefined {
  // Log details are made by the core's own log, of JSON.
  return typeof details === 'object' && details !== null ? (details as JsonObject) : undefined
}

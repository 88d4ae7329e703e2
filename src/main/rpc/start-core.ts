/**
 * Starts a core that runs elsewhere and waits until it serves. Whatever arrives on the line that is not ours is
 * ignored; when the core ends, every open call is answered.
 */
import { readRawMessage } from '#shared/contract/link.ts'
import { createLinkTransport } from '#shared/contract/link-transport.ts'
import { AppError, type ErrorInfo } from '#shared/errors.ts'
import type { JsonObject } from '#shared/json.ts'
import { startTimer } from './clock.ts'
import type { CoreChannel } from './core-channel.ts'
import type { HostNotice } from './core-port.ts'
import { coreDidNotStart } from './failures.ts'
import type { RunningCore } from './running-core.ts'

export interface StartCoreOptions {
  readonly log: (message: string, details?: JsonObject) => void
  readonly startTimeoutMs?: number
}

/** Opening a large database after an unclean stop takes its time. */
const usualStartTimeoutMs = 120_000

/** Throws AppError when the core says why it cannot start, ends, or is silent. */
export async function startCoreOver(channel: CoreChannel, options: StartCoreOptions): Promise<RunningCore> {
  const { log, startTimeoutMs = usualStartTimeoutMs } = options
  const post = (notice: HostNotice): void => channel.post(notice)
  const transport = createLinkTransport(channel)
  const ended = channel.ended.then((error) => {
    transport.end(error)
    return error
  })
  let pongs = 0
  channel.onMessage((received) => {
    const message = readRawMessage(received)
    if (message?.kind === 'pong') pongs += 1
    if (message?.kind === 'log') log(String(message.parts.message), detailsOf(message.parts.details))
  })
  try {
    await untilReady(channel, ended, startTimeoutMs)
  } catch (thrown) {
    await channel.kill()
    throw thrown
  }
  const stop = async (patienceMs: number): Promise<void> => {
    const stopped = untilMessage(channel, 'stopped')
    post({ kind: 'stop' })
    const isClean = await Promise.race([stopped.then(() => true), ended.then(() => true), after(patienceMs)])
    if (!isClean) log('the core did not stop in time and was ended')
    await channel.kill()
  }
  return {
    send: transport.send,
    subscribe: transport.subscribe,
    ping: () => post({ kind: 'ping' }),
    pongCount: () => pongs,
    tellPower: (state) => post({ kind: 'power', state }),
    kill: channel.kill,
    stop,
    ended,
  }
}

async function untilReady(channel: CoreChannel, ended: Promise<ErrorInfo>, timeoutMs: number): Promise<void> {
  const ready = untilMessage(channel, 'ready').then(() => null)
  const failed = untilMessage(channel, 'failed').then(({ error }) => startError(error))
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

function untilMessage(channel: CoreChannel, kind: string): Promise<Readonly<Record<string, unknown>>> {
  return new Promise((resolve) => {
    channel.onMessage((received) => {
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

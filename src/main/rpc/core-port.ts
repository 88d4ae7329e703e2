/**
 * What runs in the worker (or the utility process): the core behind a message port. The composition root passes its
 * parent port and how to start; everything that is said on the port is said here and in start-core.ts.
 */
import { type Link, readRawMessage } from '#shared/contract/link.ts'
import { AppError, type ErrorInfo, errorInfoOf } from '#shared/errors.ts'
import type { JsonObject } from '#shared/json.ts'
import type { Dispatch } from './dispatch.ts'
import type { EventHub } from './event-hub.ts'
import { serveLink } from './serve-link.ts'

/** `parentPort` of node:worker_threads; Electron's `process.parentPort` after unwrapping its events. */
export interface PortLike {
  postMessage(message: unknown): void
  on(event: 'message', listener: (message: unknown) => void): unknown
}

/** What the computer is about to do, or has just done. */
export type PowerState = 'suspend' | 'resume'

/** What a started core offers. */
export interface ServedCore {
  readonly dispatch: Dispatch
  readonly events: EventHub
  /** Where the host hears of it: the computer falls asleep (start nothing new), or is awake again (look what is due). */
  readonly onPower?: (state: PowerState) => void
  /** Stops work at its next safe place and closes everything that is open. */
  readonly stop: () => Promise<void>
}

export interface CoreSurroundings {
  /** Goes to the host's log. Without secrets. */
  readonly log: (message: string, details?: JsonObject) => void
}

/** From the core to its host, beside the words of link.ts. */
export type CoreNotice =
  | { readonly kind: 'ready'; readonly boot: string }
  | { readonly kind: 'failed'; readonly error: ErrorInfo }
  | { readonly kind: 'pong' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'log'; readonly message: string; readonly details?: JsonObject }

/** From the host to its core. */
export type HostNotice =
  | { readonly kind: 'ping' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'power'; readonly state: PowerState }

/**
 * Starts the core and serves it on `port` until the host says stop. A start that throws is told to the host, with its
 * words when it is an AppError.
 */
export async function serveCore(
  port: PortLike | null,
  start: (surroundings: CoreSurroundings) => Promise<ServedCore>,
): Promise<void> {
  const own = requirePort(port)
  const post = (notice: CoreNotice): void => own.postMessage(notice)
  const log: CoreSurroundings['log'] = (message, details) =>
    post({ kind: 'log', message, ...(details === undefined ? {} : { details }) })
  const starting = start({ log })
  const link: Link = {
    post: (message) => own.postMessage(message),
    onMessage: (listener) => own.on('message', listener),
  }
  let isStopping = false
  own.on('message', (message) => {
    const { kind, parts } = readRawMessage(message) ?? {}
    if (kind === 'ping') post({ kind: 'pong' })
    if (kind === 'power') void tellPower(starting, parts?.state)
    if (kind !== 'stop' || isStopping) return
    isStopping = true
    void stopCore(starting, log).then(() => post({ kind: 'stopped' }))
  })
  try {
    const core = await starting
    serveLink(link, { dispatch: core.dispatch, subscribe: core.events.subscribe })
    post({ kind: 'ready', boot: core.events.bootId })
  } catch (thrown) {
    post({ kind: 'failed', error: errorInfoOf(thrown) })
  }
}

function requirePort(port: PortLike | null): PortLike {
  if (port) return port
  throw new AppError({
    kind: 'bug',
    code: 'no-parent-port',
    message: 'This part of Patchbay cannot be started by itself.',
    next: 'Start Patchbay with "npm start".',
  })
}

/** A core that is still starting hears of it afterwards; one that did not start has nothing to put to sleep. */
async function tellPower(starting: Promise<ServedCore>, state: unknown): Promise<void> {
  const core = await starting.catch(() => null)
  if (state === 'suspend' || state === 'resume') core?.onPower?.(state)
}

async function stopCore(starting: Promise<ServedCore>, log: CoreSurroundings['log']): Promise<void> {
  try {
    const core = await starting
    core.events.close()
    await core.stop()
  } catch (thrown) {
    const { code, message } = errorInfoOf(thrown)
    log('the core did not stop cleanly', { code, message })
  }
}

/** The core behind its one dispatch, with its events: what a worker, a host or the command line serves. */
import { randomUUID } from 'node:crypto'
import { systemClock } from '#main/rpc/clock.ts'
import type { ServedCore } from '#main/rpc/core-port.ts'
import { createDispatch } from '#main/rpc/dispatch.ts'
import { createEventHub } from '#main/rpc/event-hub.ts'
import { type CoreOptions, createCore } from './core.ts'

export type ServedCoreOptions = Omit<CoreOptions, 'publish' | 'clock'>

/** Throws AppError when the data folder cannot be used. */
export async function createServedCore(options: ServedCoreOptions): Promise<ServedCore> {
  const clock = systemClock
  const events = createEventHub({ bootId: randomUUID(), clock })
  const core = await createCore({ ...options, clock, publish: events.publish })
  const dispatch = createDispatch({
    clock,
    handlers: core.handlers,
    redact: core.redactor.text,
    onError: ({ code, message, details }, procedure) => options.log(message, { procedure, code, ...details }),
  })
  return { dispatch, events, onPower: core.onPower, stop: core.stop }
}

/** A core with test handlers behind the real dispatch and event hub; limits are short so that tests are. */
import { randomUUID } from 'node:crypto'
import { systemClock } from '#main/rpc/clock.ts'
import type { CoreSurroundings, ServedCore } from '#main/rpc/core-port.ts'
import { createDispatch } from '#main/rpc/dispatch.ts'
import { createEventHub } from '#main/rpc/event-hub.ts'
import type { Output } from '#shared/contract/contract.ts'
import { testHandlers, testSecret } from './test-handlers.ts'

export const testTimeLimitMs = 400

/** `status` replaces parts of what system.status answers. */
export function createTestCore({ log }: CoreSurroundings, status: Partial<Output<'system.status'>> = {}): ServedCore {
  const events = createEventHub({ bootId: randomUUID(), clock: systemClock })
  const dispatch = createDispatch({
    handlers: testHandlers(events, status),
    clock: systemClock,
    redact: (text) => text.replaceAll(testSecret, '[secret]'),
    onError: (error, procedure) => log('a procedure failed', { procedure, code: error.code }),
    timeLimitOf: () => testTimeLimitMs,
  })
  const onPower = (state: string): void => log('the test core heard of the power', { state })
  return { dispatch, events, onPower, stop: async () => log('the test core has stopped') }
}

/** A core with test handlers behind the real dispatch and event hub; limits are short so that tests are. */
import { randomUUID } from 'node:crypto'
import { systemClock } from '#main/rpc/clock.ts'
import type { CoreSurroundings, ServedCore } from '#main/rpc/core-port.ts'
import { createDispatch } from '#main/rpc/dispatch.ts'
import { createEventHub } from '#main/rpc/event-hub.ts'
import { testHandlers, testSecret } from './test-handlers.ts'

export const testTimeLimitMs = 400

export function createTestCore({ log }: CoreSurroundings): ServedCore {
  const events = createEventHub({ bootId: randomUUID(), clock: systemClock })
  const dispatch = createDispatch({
    handlers: testHandlers(events),
    clock: systemClock,
    redact: (text) => text.replaceAll(testSecret, '[secret]'),
    onError: (error, procedure) => log('a procedure failed', { procedure, code: error.code }),
    timeLimitOf: () => testTimeLimitMs,
  })
  return { dispatch, events, stop: async () => log('the test core has stopped') }
}

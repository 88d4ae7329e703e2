import { describe, expect, it } from 'vitest'
import type { AppEvent, EventMessage } from '#shared/contract/events.ts'
import { createEventHub } from './event-hub.ts'

const runChanged = (runId: string): AppEvent => ({ name: 'run.changed', payload: { runId, integrationId: 'i' } })

/** A clock whose sleepers wake when the test says so. */
function handClock() {
  const sleepers: (() => void)[] = []
  return {
    clock: { now: () => 0, sleep: () => new Promise<void>((resolve) => void sleepers.push(resolve)) },
    wakeAll: async () => {
      for (const wake of sleepers.splice(0)) wake()
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

function hubWith(options: { size?: number; bootId?: string } = {}) {
  const { clock, wakeAll } = handClock()
  const hub = createEventHub({ bootId: options.bootId ?? 'b', clock, ...(options.size ? { size: options.size } : {}) })
  const seen: EventMessage[] = []
  return { hub, wakeAll, seen, listen: (message: EventMessage) => void seen.push(message) }
}

const idsOf = (messages: readonly EventMessage[]) =>
  messages.map((message) =>
    message.kind === 'event' && 'runId' in message.event.payload ? message.event.payload.runId : message.kind,
  )

describe('the event hub', () => {
  it('sends the first event about a thing at once, and of the following ones only the last, after a pause', async () => {
    const { hub, seen, listen, wakeAll } = hubWith()
    hub.subscribe(listen)
    for (let time = 0; time < 50; time += 1) hub.publish(runChanged('r1'))
    hub.publish(runChanged('r2'))
    expect(idsOf(seen)).toEqual(['resync', 'r1', 'r2'])
    await wakeAll()
    expect(idsOf(seen)).toEqual(['resync', 'r1', 'r2', 'r1'])
    await wakeAll()
    hub.publish(runChanged('r1'))
    expect(idsOf(seen)).toEqual(['resync', 'r1', 'r2', 'r1', 'r1'])
  })

  it('goes on after the last event that was seen', () => {
    const { hub, seen, listen } = hubWith()
    for (const id of ['1', '2', '3']) hub.publish(runChanged(id))
    hub.subscribe(listen, { boot: 'b', seq: 1 })
    expect(idsOf(seen)).toEqual(['2', '3'])
  })

  const positions = [
    { what: 'no position', after: undefined, expected: ['resync'] },
    { what: 'the very last one', after: { boot: 'b', seq: 5 }, expected: [] },
    { what: 'the oldest that is kept less one', after: { boot: 'b', seq: 2 }, expected: ['3', '4', '5'] },
    { what: 'one that was already dropped', after: { boot: 'b', seq: 1 }, expected: ['resync'] },
    { what: 'one from the future', after: { boot: 'b', seq: 6 }, expected: ['resync'] },
    { what: 'one of another start', after: { boot: 'a', seq: 4 }, expected: ['resync'] },
  ]
  for (const { what, after, expected } of positions) {
    it(`keeps its last three events: after ${what} comes ${expected.join(', ') || 'nothing'}`, () => {
      const { hub, seen, listen } = hubWith({ size: 3 })
      for (const id of ['1', '2', '3', '4', '5']) hub.publish(runChanged(id))
      hub.subscribe(listen, after)
      expect(idsOf(seen)).toEqual(expected)
    })
  }

  it('sends nothing to who has stopped, and nothing after it was closed', async () => {
    const { hub, seen, listen, wakeAll } = hubWith()
    hub.subscribe(listen)()
    hub.publish(runChanged('1'))
    hub.subscribe(listen, { boot: 'b', seq: 1 })
    hub.publish(runChanged('1'))
    hub.close()
    await wakeAll()
    hub.publish(runChanged('2'))
    expect(idsOf(seen)).toEqual(['resync'])
  })

  it('does not let one listener that throws keep events from the others', () => {
    const { hub, seen, listen } = hubWith()
    hub.subscribe((message) => {
      if (message.kind === 'event') throw new Error('mine')
    })
    hub.subscribe(listen)
    hub.publish(runChanged('1'))
    expect(idsOf(seen)).toEqual(['resync', '1'])
  })
})

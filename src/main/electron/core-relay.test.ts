import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { pageLoaded } from '#shared/desktop-bridge.ts'
import { createCoreRelay } from './core-relay.ts'

class Contents extends EventEmitter<{ destroyed: [] }> {
  readonly got: unknown[] = []
  isGone = false
  send(_channel: string, message: unknown): void {
    this.got.push(message)
  }
  isDestroyed(): boolean {
    return this.isGone
  }
}

/** A core whose calls never end; it counts them, and who still listens to its events. */
function silentCore() {
  const open = new Set<AbortSignal>()
  const listeners = new Set<unknown>()
  const relay = createCoreRelay({
    dispatch: (_name, _input, { signal }) => {
      open.add(signal)
      return new Promise(() => undefined)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  })
  return { relay, open, listeners, aborted: () => [...open].filter(({ aborted }) => aborted).length }
}

describe('the line of a page', () => {
  const call = { kind: 'call', id: 1, name: 'runs.list', input: {} }
  const subscription = { kind: 'subscribe', id: 2 }

  it('ends with the page: a new page starts with nothing open', () => {
    const { relay, open, listeners, aborted } = silentCore()
    const contents = new Contents()
    for (const message of [pageLoaded, call, subscription, pageLoaded]) relay(contents, message)
    expect([open.size, aborted(), listeners.size]).toEqual([1, 1, 0])
    relay(contents, call)
    expect([open.size, aborted()]).toEqual([2, 1])
  })

  it('ends with the window', () => {
    const { relay, listeners, aborted } = silentCore()
    const contents = new Contents()
    for (const message of [pageLoaded, call, subscription]) relay(contents, message)
    contents.isGone = true
    contents.emit('destroyed')
    expect([aborted(), listeners.size]).toEqual([1, 0])
  })

  it('does not exist for a page that did not say that it was loaded', () => {
    const { relay, open } = silentCore()
    relay(new Contents(), call)
    expect(open.size).toBe(0)
  })
})

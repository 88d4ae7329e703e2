/**
 * Events of the core: numbered, the latest kept for whoever was away for a moment, and slowed down so that a run that
 * writes 200 records a second does not send 200 hints a second.
 */
import type { AppEvent, EventMessage } from '#shared/contract/events.ts'
import type { Subscribe } from '#shared/contract/transport.ts'
import type { RpcClock } from './clock.ts'

export interface EventHubOptions {
  /** Another one with every start of the core. */
  readonly bootId: string
  readonly clock: RpcClock
  /** How many events are kept for latecomers; default 1,000. */
  readonly size?: number
  /** At least this long between two equal events about the same thing; default 100 ms. */
  readonly pauseMs?: number
  /** Told when a listener threw; the others still get the event. */
  readonly onError?: (thrown: unknown) => void
}

export interface EventHub {
  readonly bootId: string
  readonly publish: (event: AppEvent) => void
  readonly subscribe: Subscribe
  /** Sends nothing more; events that wait for their pause are dropped, as they are only hints. */
  readonly close: () => void
}

type Listener = (message: EventMessage) => void

export function createEventHub(options: EventHubOptions): EventHub {
  const { bootId: boot, clock, size = 1_000, pauseMs = 100 } = options
  const kept: (EventMessage & { readonly kind: 'event' })[] = []
  const listeners = new Set<Listener>()
  /** What came during the pause after an event: sent when the pause ends, the latest wins. */
  const paused = new Map<string, AppEvent | null>()
  const closed = new AbortController()
  let seq = 0

  function send(event: AppEvent): void {
    seq += 1
    const message = { kind: 'event', boot, seq, event } as const
    kept.push(message)
    if (kept.length > size) kept.shift()
    for (const listener of [...listeners]) tell(listener, message)
  }

  function tell(listener: Listener, message: EventMessage): void {
    try {
      listener(message)
    } catch (thrown) {
      options.onError?.(thrown)
    }
  }

  function publish(event: AppEvent): void {
    if (closed.signal.aborted) return
    const key = keyOf(event)
    if (paused.has(key)) {
      paused.set(key, event)
      return
    }
    paused.set(key, null)
    send(event)
    void pause(key)
  }

  async function pause(key: string): Promise<void> {
    for (;;) {
      await clock.sleep(pauseMs, closed.signal).catch(() => undefined)
      const waiting = closed.signal.aborted ? null : (paused.get(key) ?? null)
      if (waiting === null) {
        paused.delete(key)
        return
      }
      paused.set(key, null)
      send(waiting)
    }
  }

  const subscribe: Subscribe = (listener, after) => {
    const oldest = seq - kept.length + 1
    const isKnown = after?.boot === boot && after.seq <= seq && after.seq + 1 >= oldest
    if (isKnown) for (const message of kept.slice(after.seq + 1 - oldest)) tell(listener, message)
    else tell(listener, { kind: 'resync', boot, seq })
    // Its own function: the same listener may subscribe twice.
    const own: Listener = (message) => listener(message)
    listeners.add(own)
    return () => {
      listeners.delete(own)
    }
  }

  const close = (): void => {
    closed.abort()
    listeners.clear()
  }
  return { bootId: boot, publish, subscribe, close }
}

/** The name and the ids it is about: two events with the same key say the same. */
function keyOf({ name, payload }: AppEvent): string {
  const ids = Object.entries(payload).filter(([field]) => field === 'id' || field.endsWith('Id'))
  return JSON.stringify([name, ...ids])
}

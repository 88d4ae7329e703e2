/** The core's end of a link: runs the calls that arrive and sends the events that were asked for. Ignores junk. */

import { type CoreMessage, type Link, type RawMessage, readRawMessage } from '#shared/contract/link.ts'
import type { Subscribe } from '#shared/contract/transport.ts'
import { readPosition } from '#shared/contract/transport.ts'
import type { Dispatch } from './dispatch.ts'

/** What callers reach: the core itself, or a stand-in for it. */
export interface CoreDoor {
  readonly dispatch: Dispatch
  readonly subscribe: Subscribe
}

/** Serves until the answered function is called, which abandons open calls and ends subscriptions. */
export function serveLink(link: Link, { dispatch, subscribe }: CoreDoor): () => void {
  const calls = new Map<number, AbortController>()
  const subscriptions = new Map<number, () => void>()
  let isClosed = false

  const post = (message: CoreMessage): void => {
    if (!isClosed) link.post(message)
  }

  async function run({ id, parts }: RawMessage): Promise<void> {
    if (calls.has(id)) return
    const call = new AbortController()
    calls.set(id, call)
    const envelope = await dispatch(parts.name, parts.input, { signal: call.signal })
    calls.delete(id)
    post({ kind: 'answer', id, envelope })
  }

  function follow({ id, parts }: RawMessage): void {
    subscriptions.get(id)?.()
    subscriptions.set(
      id,
      subscribe((message) => post({ kind: 'event', id, message }), readPosition(parts.after)),
    )
  }

  link.onMessage((received) => {
    const message = isClosed ? null : readRawMessage(received)
    if (message?.kind === 'call') void run(message)
    else if (message?.kind === 'abandon') calls.get(message.id)?.abort()
    else if (message?.kind === 'subscribe') follow(message)
    else if (message?.kind === 'unsubscribe') {
      subscriptions.get(message.id)?.()
      subscriptions.delete(message.id)
    }
  })

  return () => {
    isClosed = true
    for (const call of calls.values()) call.abort()
    for (const stop of subscriptions.values()) stop()
    subscriptions.clear()
  }
}

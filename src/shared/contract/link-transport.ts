/** The caller's end of a link. When the link ends, every open call is answered and none waits for ever. */

import type { ErrorInfo } from '../errors.ts'
import type { Envelope } from './contract.ts'
import type { EventMessage } from './events.ts'
import { type CallerMessage, type Link, readRawMessage } from './link.ts'
import type { Subscribe, Transport } from './transport.ts'

export interface LinkTransport extends Transport {
  readonly subscribe: Subscribe
  /** Answers all open calls, and all later ones, with this error. */
  readonly end: (error: ErrorInfo) => void
}

export function createLinkTransport(link: Link): LinkTransport {
  const open = new Map<number, (answer: unknown) => void>()
  const listeners = new Map<number, (message: EventMessage) => void>()
  let ended: Envelope | undefined
  let lastId = 0

  const post = (message: CallerMessage): void => {
    if (!ended) link.post(message)
  }

  const send: Transport['send'] = (name, input) => {
    if (ended) return { answer: Promise.resolve(ended), abandon: () => undefined }
    lastId += 1
    const id = lastId
    const answer = new Promise((resolve) => open.set(id, resolve))
    post({ kind: 'call', id, name, input })
    const abandon = (): void => {
      if (open.delete(id)) post({ kind: 'abandon', id })
    }
    return { answer, abandon }
  }

  const subscribe: Subscribe = (listener, after) => {
    lastId += 1
    const id = lastId
    listeners.set(id, listener)
    post({ kind: 'subscribe', id, ...(after ? { after } : {}) })
    return () => {
      if (listeners.delete(id)) post({ kind: 'unsubscribe', id })
    }
  }

  link.onMessage((received) => {
    const message = readRawMessage(received)
    if (message?.kind === 'answer') {
      open.get(message.id)?.(message.parts.envelope)
      open.delete(message.id)
    } else if (message?.kind === 'event') {
      // Only the core posts on this link, and it posts what its hub made.
      listeners.get(message.id)?.(message.parts.message as EventMessage)
    }
  })

  const end = (error: ErrorInfo): void => {
    if (ended) return
    ended = { ok: false, error }
    for (const answer of open.values()) answer(ended)
    open.clear()
    listeners.clear()
  }
  return { send, subscribe, end }
}

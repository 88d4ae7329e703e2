/**
 * A line to the core that carries messages both ways: a worker's port or a local socket. What is said on it is the
 * same everywhere (serve-link.ts, link-transport.ts); these are the words.
 */
import type { Envelope } from './contract.ts'
import type { EventMessage } from './events.ts'
import type { EventPosition } from './transport.ts'

export interface Link {
  readonly post: (message: object) => void
  /** Everything that arrives, whatever it is; who listens must judge it. */
  readonly onMessage: (listener: (message: unknown) => void) => void
}

export type CallerMessage =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'abandon'; readonly id: number }
  | { readonly kind: 'subscribe'; readonly id: number; readonly after?: EventPosition }
  | { readonly kind: 'unsubscribe'; readonly id: number }

export type CoreMessage =
  | { readonly kind: 'answer'; readonly id: number; readonly envelope: Envelope }
  | { readonly kind: 'event'; readonly id: number; readonly message: EventMessage }

/** A message by its parts, or null for junk. */
export interface RawMessage {
  readonly kind: string
  readonly id: number
  readonly parts: Readonly<Record<string, unknown>>
}

export function readRawMessage(message: unknown): RawMessage | null {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return null
  const { kind } = message
  const id = 'id' in message ? message.id : 0
  if (typeof kind !== 'string' || typeof id !== 'number' || !Number.isSafeInteger(id)) return null
  // An object with string keys; each part is judged by whoever reads it.
  return { kind, id, parts: message as Readonly<Record<string, unknown>> }
}

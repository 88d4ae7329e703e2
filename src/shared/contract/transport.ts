/** What every way between a client and the core offers: calls that can be abandoned, and events from a known position on. */
import type { EventMessage } from './events.ts'

export interface PendingAnswer {
  /** Whatever came back; rejects with AppError when nothing can come back any more. */
  readonly answer: Promise<unknown>
  /** The caller no longer waits: the core may stop working on it. */
  readonly abandon: () => void
}

export interface Transport {
  readonly send: (name: string, input: unknown) => PendingAnswer
}

/** The last event that was seen. */
export interface EventPosition {
  readonly boot: string
  readonly seq: number
}

/**
 * Reports events from now on. What was missed since `after` comes first, or one `resync` where that is not known;
 * without `after` a `resync` comes first, since the subscriber has seen nothing yet. A host whose core is away says so
 * first, and again when it is back. Answers how to stop.
 */
export type Subscribe = (listener: (message: EventMessage) => void, after?: EventPosition) => () => void

/** Where a subscriber stands after this message; undefined: where it stood before. */
export function positionAfter(message: EventMessage): EventPosition | undefined {
  return message.kind === 'trouble' ? undefined : { boot: message.boot, seq: message.seq }
}

/** Reads a position that came over a border; undefined for anything else. */
export function readPosition(value: unknown): EventPosition | undefined {
  if (typeof value !== 'object' || value === null || !('boot' in value) || !('seq' in value)) return undefined
  const { boot, seq } = value
  if (typeof boot !== 'string' || boot.length > 100) return undefined
  return typeof seq === 'number' && Number.isSafeInteger(seq) && seq >= 0 ? { boot, seq } : undefined
}

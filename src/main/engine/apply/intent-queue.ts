/**
 * The intents that wait to be sent, first in, first out. Taking one must not copy the others: this happens for every
 * record of a run.
 */
import type { WriteOperation } from '#shared/model/object.ts'
import type { Intent } from '../ports/sync-store.ts'

export interface IntentQueue {
  readonly size: () => number
  readonly add: (intents: readonly Intent[]) => void
  /** Removes the longest run of intents of one operation that one request may carry. */
  readonly take: (largestBatch: (operation: WriteOperation) => number) => readonly Intent[]
  /** Puts intents back to the front. */
  readonly putBack: (intents: readonly Intent[]) => void
  readonly all: () => readonly Intent[]
}

export function createIntentQueue(): IntentQueue {
  let items: Intent[] = []
  /** Those before it are taken already. */
  let start = 0

  const take: IntentQueue['take'] = (largestBatch) => {
    const first = items[start]
    if (!first) return []
    const size = largestBatch(first.operation)
    let end = start + 1
    while (end < items.length && end - start < size && items[end]?.operation === first.operation) end += 1
    const batch = items.slice(start, end)
    start = end
    if (start === items.length) reset([])
    return batch
  }

  const reset = (next: Intent[]): void => {
    items = next
    start = 0
  }

  return {
    size: () => items.length - start,
    add: (intents) => {
      if (start > 0) reset(items.slice(start))
      for (const intent of intents) items.push(intent)
    },
    take,
    putBack: (intents) => {
      if (intents.length > 0) reset([...intents, ...items.slice(start)])
    },
    all: () => items.slice(start),
  }
}

import { describe, expect, it } from 'vitest'
import type { Intent } from '../ports/sync-store.ts'
import { createIntentQueue } from './intent-queue.ts'

// Only id and operation matter to the queue.
const intent = (id: number, operation: Intent['operation'] = 'create'): Intent => ({ id, operation }) as Intent
const idsOf = (intents: readonly Intent[]): readonly number[] => intents.map(({ id }) => id)

describe('the queue of intents', () => {
  it('gives them back in their order, as many as one request may carry', () => {
    const queue = createIntentQueue()
    queue.add([1, 2, 3].map((id) => intent(id)))
    expect(idsOf(queue.take(() => 2))).toEqual([1, 2])
    queue.add([intent(4)])
    expect([queue.size(), idsOf(queue.all())]).toEqual([2, [3, 4]])
    expect(idsOf(queue.take(() => 9))).toEqual([3, 4])
    expect([queue.size(), queue.take(() => 1)]).toEqual([0, []])
  })

  it('never mixes two operations in one request', () => {
    const queue = createIntentQueue()
    queue.add([intent(1), intent(2, 'update'), intent(3, 'update')])
    const taken = [1, 2].map(() => idsOf(queue.take(() => 10)))
    expect(taken).toEqual([[1], [2, 3]])
  })

  it('puts what could not be sent back to the front', () => {
    const queue = createIntentQueue()
    queue.add([1, 2, 3].map((id) => intent(id)))
    queue.putBack(queue.take(() => 2))
    expect(idsOf(queue.take(() => 5))).toEqual([1, 2, 3])
  })
})

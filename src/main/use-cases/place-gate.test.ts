import { describe, expect, it } from 'vitest'
import { createPlaceGate } from './place-gate.ts'

const wanted = () => false

describe('the gate of places', () => {
  it('lets one at a time through, first come first served, and tells who holds the place', async () => {
    const gate = createPlaceGate()
    const order: string[] = []
    const enter = async (id: string, places: readonly number[]) => {
      const release = await gate.take({ id, places, isUnwanted: wanted })
      order.push(id)
      return () => release?.()
    }
    const leaveA = await enter('a', [1])
    const b = enter('b', [1, 2])
    const c = enter('c', [2])
    const d = enter('d', [3])
    await d
    expect([order, gate.holderFor('b'), gate.holderFor('c'), gate.holderFor('d')]).toEqual([
      ['a', 'd'],
      'a',
      'b',
      undefined,
    ])
    leaveA()
    const leaveB = await b
    expect([order.at(-1), gate.holderFor('c')]).toEqual(['b', 'b'])
    leaveB()
    await c
    expect(order).toEqual(['a', 'd', 'b', 'c'])
  })

  it('lets go who does not want to wait any more, and those behind', async () => {
    const gate = createPlaceGate()
    let isCancelled = false
    const leave = await gate.take({ id: 'a', places: [1], isUnwanted: wanted })
    const b = gate.take({ id: 'b', places: [1], isUnwanted: () => isCancelled })
    const c = gate.take({ id: 'c', places: [1], isUnwanted: wanted })
    isCancelled = true
    gate.lookAgain()
    expect(await b).toBeUndefined()
    expect(gate.holderFor('c')).toBe('a')
    leave?.()
    expect(await c).toBeDefined()
  })
})

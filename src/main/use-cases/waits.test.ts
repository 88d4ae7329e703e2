import { describe, expect, it } from 'vitest'
import type { Wait } from '#main/connector-kit/wait.ts'
import { createWaits } from './waits.ts'

function waits() {
  let nowMs = 0
  const told: string[] = []
  const all = createWaits({ now: () => nowMs, sleep: async () => undefined }, (id) => told.push(id))
  const wait = (untilMs: number): Wait => ({
    until: new Date(untilMs).toISOString(),
    reason: 'rate-limited',
    message: 'crm.example asked us to wait.',
  })
  return { ...all, wait, told, at: (ms: number) => (nowMs = ms) }
}

describe('waits of connections', () => {
  it('are told once when they begin, and gone when their time is over', () => {
    const { note, of, wait, told, at } = waits()
    note('crm', wait(30_000))
    note('crm', wait(30_000))
    expect([told, of(['crm', 'crm', 'books']).map(({ connection }) => connection)]).toEqual([['crm'], ['crm']])
    at(30_000)
    expect(of(['crm'])).toEqual([])
  })

  it('that are over in a moment are not told, and one that ends early is forgotten', () => {
    const { note, of, wait, told } = waits()
    note('crm', wait(900))
    expect(told).toEqual([])
    note('crm', undefined)
    expect(of(['crm'])).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { type HistoryOptions, simulateHistory } from './history.ts'
import { type LegsHistoryOptions, simulateLegs } from './legs-history.ts'

/** The first violations among so many histories. */
async function violationsOf(count: number, options: Partial<HistoryOptions>): Promise<readonly string[]> {
  for (let seed = 1; seed <= count; seed += 1) {
    const { violations } = await simulateHistory({ seed, steps: 60, ...options })
    if (violations.length > 0) return violations
  }
  return []
}

/** The first violations among so many histories of legs. */
async function legViolationsOf(count: number, options: Partial<LegsHistoryOptions>): Promise<readonly string[]> {
  for (let seed = 1; seed <= count; seed += 1) {
    const { violations } = await simulateLegs({ seed, steps: 60, ...options })
    if (violations.length > 0) return violations
  }
  return []
}

describe('simulated legs, fan-outs and aggregations', () => {
  it('delete nothing that is there, make nothing twice, undo nothing newer, and come to rest', async () => {
    expect(await legViolationsOf(60, {})).toEqual([])
  }, 60_000)

  it('are found out where what is missing from a list is taken for gone', async () => {
    expect((await legViolationsOf(300, { believesLists: true }))[0]).toMatch(/^deleted though nobody had removed it: /)
  }, 60_000)
})

describe('simulated two-way histories', () => {
  it('lose nothing, make nothing twice, and come to rest', async () => {
    expect(await violationsOf(40, {})).toEqual([])
  }, 60_000)

  it('are found out where a service does again what carries the same key', async () => {
    expect((await violationsOf(40, { isForgetful: true }))[0]).toMatch(/^twice: /)
  }, 60_000)

  it('are found out where a decision is carried out over values that nobody has seen', async () => {
    expect((await violationsOf(200, { forgetsSeen: true }))[0]).toMatch(/^lost: /)
  }, 60_000)

  it('are found out where a write agrees about more than its fields', async () => {
    expect((await violationsOf(200, { agreesWholly: true }))[0]).toMatch(/^(lost|different at rest): /)
  }, 60_000)
})

import { expect, it } from 'vitest'
import { contract } from './contract.ts'
import type { Procedure } from './procedure.ts'
import { defaultTimeLimitMs, timeLimitOf, timeLimitsMs } from './time-limits.ts'

it('the table of time limits says what the contract says', () => {
  const procedures: Readonly<Record<string, Procedure>> = contract
  const inContract = Object.entries(procedures).flatMap(([name, { timeoutMs }]) =>
    timeoutMs ? [[name, timeoutMs]] : [],
  )
  expect(timeLimitsMs).toEqual(Object.fromEntries(inContract))
})

it('names that are no procedures get the default', () => {
  expect(['toString', '__proto__', 'x'].map(timeLimitOf)).toEqual([
    defaultTimeLimitMs,
    defaultTimeLimitMs,
    defaultTimeLimitMs,
  ])
})

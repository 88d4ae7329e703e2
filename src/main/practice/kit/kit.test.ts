import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { bearerCheck } from './access-token.ts'
import { faultPlan, faultSettings } from './faults.ts'
import { idempotencyKeys, idempotencyTableSql, keyLifetimeMs, requestHashOf } from './idempotency.ts'
import { rateLimiter } from './rate-limiter.ts'
import { seededRandom } from './seeded-random.ts'

describe('rateLimiter', () => {
  test('lets a burst through, then one request per share of a second', () => {
    let nowMs = 0
    const limiter = rateLimiter(10, () => nowMs)
    expect(Array.from({ length: 11 }, () => limiter.take())).toEqual([...Array(10).fill(0), 100])
    nowMs = 100
    expect([limiter.take(), limiter.take()]).toEqual([0, 100])
    nowMs = 50
    expect(limiter.take()).toBe(100)
  })

  test('is off at 0', () => {
    const limiter = rateLimiter(0, () => 0)
    expect(Array.from({ length: 1_000 }, () => limiter.take()).every((waitMs) => waitMs === 0)).toBe(true)
  })
})

describe('idempotencyKeys', () => {
  const open = () => {
    const database = new Database(':memory:')
    database.exec(idempotencyTableSql)
    return idempotencyKeys(database)
  }
  const hash = requestHashOf('POST a', '{}')

  test('forgets a key after 24 hours, not a millisecond earlier', () => {
    const keys = open()
    keys.remember({ key: 'k', requestHash: hash, atMs: 0, reply: { status: 201, body: '{"id":1}' } })
    expect(keys.replay('k', hash, keyLifetimeMs - 1)?.body).toBe('{"id":1}')
    expect(keys.replay('k', requestHashOf('POST b', '{}'), 1)?.status).toBe(422)
    expect(keys.replay('k', hash, keyLifetimeMs)).toBeNull()
    expect(keys.count()).toBe(0)
  })

  test('prunes what is past its time and nothing else', () => {
    const keys = open()
    for (let n = 0; n < 10; n += 1) keys.remember({ key: `k${n}`, requestHash: hash, atMs: n, reply: { status: 201 } })
    expect(keys.prune(keyLifetimeMs + 4, 3)).toBe(3)
    expect(keys.prune(keyLifetimeMs + 4, 100)).toBe(2)
    expect(keys.count()).toBe(5)
  })
})

describe('bearerCheck', () => {
  test('accepts the token and nothing that resembles it', () => {
    const isAuthorized = bearerCheck('pcrm_abc')
    expect(isAuthorized('Bearer pcrm_abc')).toBe(true)
    const wrong = [undefined, '', 'Bearer', 'Bearer pcrm_ab', 'Bearer pcrm_abcd', 'bearer pcrm_abc', 'Basic pcrm_abc']
    expect(wrong.map(isAuthorized)).toEqual(wrong.map(() => false))
  })
})

describe('seededRandom', () => {
  test('repeats for a seed, differs between seeds, stays in its range', () => {
    const draw = (seed: number) => Array.from({ length: 200 }, seededRandom(seed).next)
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
    expect(draw(3).every((value) => value >= 0 && value < 1)).toBe(true)
    const mean = draw(4).reduce((sum, value) => sum + value, 0) / 200
    expect(mean).toBeGreaterThan(0.4)
    expect(mean).toBeLessThan(0.6)
    expect(seededRandom(5).shuffle([1, 2, 3, 4]).sort()).toEqual([1, 2, 3, 4])
  })
})

describe('faultPlan', () => {
  test('counts requests, records and writes apart, and starts anew when changed', () => {
    const faults = faultPlan(faultSettings.parse({ rejectEvery: 2, unavailableEvery: 3, crashAfterWrites: 2 }))
    expect([faults.before(), faults.before(), faults.before()]).toEqual(['none', 'none', 'unavailable'])
    expect([faults.rejectsRecord(), faults.rejectsRecord()]).toEqual([false, true])
    expect([faults.after(), faults.after(), faults.after()]).toEqual(['none', 'crash', 'none'])
    faults.change(faultSettings.parse({}))
    expect([faults.before(), faults.rejectsRecord(), faults.after()]).toEqual(['none', false, 'none'])
  })
})

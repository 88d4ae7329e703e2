/** The small parts of the kit: hiding secrets, waiting, places in a body. */
import { describe, expect, test } from 'vitest'
import { valueAt, wrapAt } from './body-path.ts'
import { isLoopback, parseBase, targetOf } from './http-target.ts'
import { backoffMs, retryAfterMs, throttleMs } from './retry-after.ts'
import { makeScrub, secretsOfHeaders } from './scrub.ts'
import { toWriteReply } from './write-reply.ts'

describe('secrets', () => {
  const scrub = makeScrub(secretsOfHeaders({ authorization: 'Bearer a/b+c"d1234', accept: 'application/json' }))
  test.each([
    'a/b+c"d1234',
    encodeURIComponent('a/b+c"d1234'),
    'a%2Fb%2Bc%22d1234',
    JSON.stringify('a/b+c"d1234'),
    Buffer.from('a/b+c"d1234').toString('base64'),
    'Bearer a/b+c"d1234',
  ])('are hidden as %s', (form) => {
    expect(scrub(`before ${form} after`)).not.toContain('d1234')
    expect(scrub(`before ${form} after`)).toMatch(/^before .*\[hidden\].* after$/)
  })
  test('leave harmless headers readable', () => {
    expect(scrub('application/json')).toBe('application/json')
  })
})

describe('waiting', () => {
  const nowMs = Date.UTC(2026, 2, 1, 9)
  test.each([
    [{ 'retry-after': '120' }, 120_000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '1.5' }, 1500],
    [{ 'retry-after': 'Sun, 01 Mar 2026 09:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Sun, 01 Mar 2026 10:00:30 GMT', date: 'Sun, 01 Mar 2026 10:00:00 GMT' }, 30_000],
    [{ 'retry-after': 'Sun, 01 Mar 2020 09:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('%j is %s ms', (headers, expected) => {
    // A record of texts: the table mixes shapes.
    expect(retryAfterMs(headers as Record<string, string>, nowMs)).toBe(expected)
  })
  test('grows with jitter and stays below its cap', () => {
    expect(backoffMs(1, () => 0)).toBe(0)
    expect(backoffMs(50, () => 1)).toBe(20_000)
    expect(throttleMs(1, () => 0)).toBe(2000)
    expect(throttleMs(50, () => 1)).toBe(60_000)
  })
})

describe('places in a body', () => {
  const body = { a: { 'b.c': [{ d: null }] }, list: [1] }
  test.each([
    ['', body],
    ['a["b.c"][0].d', null],
    ['list[0]', 1],
    ['list[1]', undefined],
    ['a.x.y', undefined],
    ['__proto__', undefined],
    ['constructor.name', undefined],
    ['list.length', 1],
  ])('%s', (path, expected) => {
    expect(valueAt(body, path)).toEqual(expected)
  })
  test('wrap what is sent', () => {
    expect(wrapAt('data.record', 1)).toEqual({ data: { record: 1 } })
    expect(wrapAt('', 1)).toBe(1)
  })
})

describe('targets', () => {
  const base = parseBase('https://api.example.com/v1/')
  test('stay below the base', () => {
    expect(targetOf(base, { path: '/a', query: { b: 1 } })).toBe('/v1/a?b=1')
    expect(targetOf(base, { path: '/a?x=1', query: { b: 1 } })).toBe('/v1/a?x=1&b=1')
    expect(() => targetOf(base, { path: '/a/../../admin' })).toThrow(/not valid/)
    expect(() => targetOf(base, { path: '/a b' })).toThrow(/not valid/)
    expect(() => targetOf(base, { path: 'https://api.example.com.evil.example/a' })).toThrow(/only/)
    expect(() => targetOf(base, { path: 'https://api.example.com@evil.example/a' })).toThrow(/only/)
  })
  test('loopback is this computer and nothing else', () => {
    expect(['localhost', '127.0.0.1', '127.9.9.9', '[::1]'].every(isLoopback)).toBe(true)
    expect(['127.0.0.1.example.com', 'localhost.example', '10.0.0.1', '[::2]', '0.0.0.0'].some(isLoopback)).toBe(false)
  })
})

test('a confirmed write whose answer cannot be read is uncertain', () => {
  const reply = { status: 200, headers: {}, text: '<html>', json: () => null }
  const written = toWriteReply(
    { kind: 'answered', reply },
    {
      client: { errorOf: () => ({ kind: 'bug', code: 'unused', message: '' }) },
      readWritten: () => {
        throw new TypeError('no id')
      },
    },
  )
  expect(written).toMatchObject({ status: 'uncertain', error: { code: 'answer-unreadable' } })
})

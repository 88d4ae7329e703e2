/** The redactor: whatever shape a known secret takes in a text, nothing of it is left. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRedactor } from './redactor.ts'

const secret = fc.string({ minLength: 6, maxLength: 60, unit: 'grapheme' }).filter((text) => text.trim().length >= 6)
const around = fc.string({ maxLength: 20 })

/** How programs really write values into texts. */
const shapes: readonly (readonly [name: string, write: (value: string) => string])[] = [
  ['as it is', (value) => value],
  ['in JSON', (value) => JSON.stringify({ value })],
  ['in JSON in JSON', (value) => JSON.stringify({ body: JSON.stringify({ value }) })],
  ['in a query', (value) => `?key=${encodeURIComponent(value)}&x=1`],
  ['in a form', (value) => new URLSearchParams({ key: value }).toString()],
  ['in base64', (value) => Buffer.from(value).toString('base64')],
  ['in base64url', (value) => Buffer.from(value).toString('base64url')],
  ['in a Basic header', (value) => `Basic ${Buffer.from(`me:${value}`).toString('base64')}`],
  ['in a Basic header as user', (value) => `Basic ${Buffer.from(`${value}:`).toString('base64')}`],
  ['in hex', (value) => Buffer.from(value).toString('hex')],
]

describe('a known secret', () => {
  test.each(shapes)('is taken out %s', (_name, write) => {
    fc.assert(
      fc.property(secret, around, around, (value, before, after) => {
        const redactor = createRedactor()
        redactor.learn(value)
        const written = write(value)
        const cleaned = redactor.text(`${before}${written}${after}`)
        expect(cleaned).toContain('[secret]')
        expect(cleaned).not.toContain(written)
        expect(cleaned).not.toContain(value)
      }),
    )
  })

  test('twin: a secret that was not learned stays in the text', () => {
    expect(createRedactor().text('key sk_live_1')).toBe('key sk_live_1')
  })

  test('leaves the base64 around it no longer readable', () => {
    const redactor = createRedactor()
    redactor.learn('s3cr3t-token')
    for (const user of ['', 'a', 'ab', 'abc']) {
      const header = Buffer.from(`${user}s3cr3t-token:rest`).toString('base64')
      const left = redactor.text(header).replace('[secret]', '')
      expect(Buffer.from(left, 'base64').toString()).not.toMatch(/s3cr|cr3t|tok/)
    }
  })
})

describe('texts', () => {
  test('keep everything else, and overlapping secrets become one mark', () => {
    const redactor = createRedactor()
    redactor.learn('abcdef')
    redactor.learn('defghi')
    redactor.learn('abcdefgh-long')
    expect(redactor.text('x abcdefghi y abcdefgh-long z abcdef')).toBe('x [secret] y [secret] z [secret]')
    expect(redactor.text('nothing to hide')).toBe('nothing to hide')
  })

  test('lose the beginning of a secret that was cut off at the end', () => {
    const redactor = createRedactor()
    redactor.learn('sk_live_0123456789')
    expect(redactor.text('answer: sk_live_0123')).toBe('answer: [secret]')
    expect(redactor.text('answer: sk_live_ other')).toBe('answer: sk_live_ other')
  })

  test('lose the tokens of a JSON secret and the lines of a key file, but not addresses and dates', () => {
    const redactor = createRedactor()
    redactor.learn(
      JSON.stringify({ access_token: 'at-0123456789', base: 'https://shop.example.com', at: '2026-01-02T03:04:05Z' }),
    )
    redactor.learn('-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\n-----END PRIVATE KEY-----\n')
    expect(redactor.text('at-0123456789 https://shop.example.com 2026-01-02T03:04:05Z')).toBe(
      '[secret] https://shop.example.com 2026-01-02T03:04:05Z',
    )
    expect(redactor.text('line 2: MIIEvQIBADANBgkqhkiG9w0B')).toBe('line 2: [secret]')
  })

  test('are not shredded by a secret of three characters', () => {
    const redactor = createRedactor()
    redactor.learn('the')
    expect(redactor.text('the other')).toBe('the other')
  })
})

describe('JSON and errors', () => {
  test('are cleaned in values, names and numbers', () => {
    const redactor = createRedactor()
    redactor.learn('sk_live_1')
    redactor.learn('482913')
    expect(
      redactor.json({ a: ['x sk_live_1', { 'sk_live_1-name': null }], pin: 482913, count: 7, isOn: true }),
    ).toEqual({
      a: ['x [secret]', { '[secret]-name': null }],
      pin: '[secret]',
      count: 7,
      isOn: true,
    })
    const dirty = {
      message: 'no sk_live_1',
      kept: 'sk_live_1',
      next: 'sk_live_1',
      details: { key: 'sk_live_1', n: 482913, m: 2 },
    }
    expect(redactor.error({ kind: 'bug', code: 'x', ...dirty })).toEqual({
      kind: 'bug',
      code: 'x',
      message: 'no [secret]',
      kept: '[secret]',
      next: '[secret]',
      details: { key: '[secret]', n: '[secret]', m: 2 },
    })
  })
})

test('a hundred secrets cost less than a millisecond per log line', () => {
  const redactor = createRedactor()
  for (let n = 0; n < 100; n += 1) redactor.learn(`sk_live_${'x'.repeat(20)}_${n}_${'y'.repeat(10)}`)
  const line = JSON.stringify({ time: 1, message: 'order 4711 was written', details: 'z'.repeat(300) })
  const startedAt = performance.now()
  for (let n = 0; n < 200; n += 1) redactor.text(line)
  expect((performance.now() - startedAt) / 200).toBeLessThan(1)
})

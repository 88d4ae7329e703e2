/** The seal: only the same key and the same place open a blob, and only an unchanged one. */
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seal, unseal } from './sealed.ts'

const key = Buffer.alloc(32, 7)
const place = fc.array(fc.string(), { minLength: 1, maxLength: 3 })
const clear = fc.uint8Array({ minLength: 0, maxLength: 300 })

describe('a sealed blob', () => {
  test('opens at its place with its key', () => {
    fc.assert(
      fc.property(clear, place, (bytes, at) => {
        const blob = seal(bytes, { key, place: at }, randomBytes)
        expect(unseal(blob, { key, place: at })).toEqual(Buffer.from(bytes))
      }),
    )
  })

  test('does not open at any other place', () => {
    fc.assert(
      fc.property(clear, place, place, (bytes, at, other) => {
        fc.pre(JSON.stringify(at) !== JSON.stringify(other))
        expect(unseal(seal(bytes, { key, place: at }, randomBytes), { key, place: other })).toBeNull()
      }),
    )
  })

  test('twin: without the place, a blob opens anywhere', () => {
    const blob = seal(Buffer.from('for a'), { key, place: [] }, randomBytes)
    expect(unseal(blob, { key, place: [] })?.toString()).toBe('for a')
  })

  test('tells places apart whose parts run into each other', () => {
    const blob = seal(Buffer.from('x'), { key, place: ['a|b', 'c'] }, randomBytes)
    expect(unseal(blob, { key, place: ['a', 'b|c'] })).toBeNull()
  })

  test('does not open when any bit is flipped, or when it is cut or lengthened', () => {
    const blob = seal(Buffer.from('a secret'), { key, place: ['p'] }, randomBytes)
    for (let bit = 0; bit < blob.length * 8; bit += 1) {
      const changed = Buffer.from(blob)
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      expect(unseal(changed, { key, place: ['p'] })).toBeNull()
    }
    for (let length = 0; length < blob.length; length += 1)
      expect(unseal(blob.subarray(0, length), { key, place: ['p'] })).toBeNull()
    expect(unseal(Buffer.concat([blob, Buffer.alloc(1)]), { key, place: ['p'] })).toBeNull()
  })

  test('does not open with another key, and never looks the same twice', () => {
    const blob = seal(Buffer.from('a secret'), { key, place: ['p'] }, randomBytes)
    expect(unseal(blob, { key: Buffer.alloc(32, 8), place: ['p'] })).toBeNull()
    expect(seal(Buffer.from('a secret'), { key, place: ['p'] }, randomBytes).equals(blob)).toBe(false)
  })
})

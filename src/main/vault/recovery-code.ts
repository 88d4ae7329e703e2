/** The recovery code: 160 random bits that a person can write down, in Crockford's base32 (no I, L, O, U; https://www.crockford.com/base32.html). */
import { hkdfSync } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeBytes = 20

/** @param random as randomBytes of node:crypto. @returns eight groups of four characters, for example 'K3TM-...' */
export function makeRecoveryCode(random: (size: number) => Buffer): string {
  const bits = [...random(codeBytes)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => alphabet.charAt(Number.parseInt(five, 2))).join('')
  return (letters.match(/.{4}/g) ?? []).join('-')
}

/** The 32 characters of a code as a person typed it, or null when it cannot be one: any case, any spaces and dashes, O for 0, I and L for 1. */
export function readRecoveryCode(typed: string): string | null {
  const letters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  return letters.length === 32 && [...letters].every((letter) => alphabet.includes(letter)) ? letters : null
}

/** 32 bytes. The code is random enough to need no slow function. */
export function keyFromRecoveryCode(letters: string, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', letters, salt, 'patchbay recovery code', 32))
}

/** Makes a key of a passphrase. scrypt is slow on purpose: N=2^17, r=8, p=1 takes about 0.3 s and 128 MiB (OWASP password storage cheat sheet, read 2026-11). */
import { scrypt } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '#shared/errors.ts'

/** Upper bounds, so that a tampered row cannot ask for all memory: at most 1 GiB. */
export const scryptCostSchema = z.object({
  n: z
    .int()
    .min(2)
    .max(2 ** 20)
    .refine((n) => Number.isInteger(Math.log2(n)), 'a power of two'),
  r: z.int().min(1).max(8),
  p: z.int().min(1).max(4),
})
export type ScryptCost = z.infer<typeof scryptCostSchema>

export const defaultScryptCost: ScryptCost = { n: 2 ** 17, r: 8, p: 1 }
const shortestPassphrase = 10
const longestPassphrase = 1024

/** 32 bytes; runs off the event loop. Composed and decomposed accents give the same key, since keyboards differ. */
export function keyFromPassphrase(passphrase: string, salt: Buffer, cost: ScryptCost): Promise<Buffer> {
  const text = Buffer.from(passphrase.normalize('NFKC'))
  const options = { N: cost.n, r: cost.r, p: cost.p, maxmem: 128 * cost.r * (cost.n + cost.p) + 2 ** 20 }
  return new Promise((resolve, reject) => {
    scrypt(text, salt, 32, options, (error, key) => {
      text.fill(0)
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}

/** Throws AppError (config) for a passphrase that is too short or too long to be chosen. */
export function checkNewPassphrase(passphrase: string): void {
  const length = [...passphrase.normalize('NFKC').trim()].length
  if (length >= shortestPassphrase && length <= longestPassphrase) return
  throw new AppError({
    kind: 'config',
    code: length < shortestPassphrase ? 'vault-passphrase-too-short' : 'vault-passphrase-too-long',
    message: `The passphrase has to have ${shortestPassphrase} to ${longestPassphrase} characters.`,
    kept: 'Nothing was changed.',
    next: 'Choose a longer one, for example four or five words that do not belong together.',
    details: { length },
  })
}

/**
 * The access token of a practice service: made once per data folder, kept in a file only its owner can read,
 * compared without telling by the time taken how much of a guess was right.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Reads the token of a data folder, or makes one. A damaged file is replaced by a new token. */
export function accessTokenOf(dataFolder: string, prefix: string): string {
  const path = join(dataFolder, 'access-token')
  if (existsSync(path)) {
    const stored = readFileSync(path, 'utf8').trim()
    if (stored.startsWith(prefix) && stored.length >= prefix.length + 32) return stored
  }
  const token = prefix + randomBytes(32).toString('base64url')
  writeFileSync(path, `${token}\n`, { mode: 0o600, flush: true })
  return token
}

/** Makes the check of an Authorization header. Hashing first gives both sides the same length. */
export function bearerCheck(token: string): (header: string | undefined) => boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  const expected = digest(`Bearer ${token}`)
  return (header) => header !== undefined && timingSafeEqual(digest(header), expected)
}

/**
 * AES-256-GCM with a place: blob = version (1 byte) | iv (12) | tag (16) | ciphertext. The place is authenticated
 * with it, so a blob that is moved to another row, or changed by one bit, does not open.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto'

const formatVersion = 1
const ivBytes = 12
const tagBytes = 16
const headBytes = 1 + ivBytes + tagBytes
const algorithm = 'aes-256-gcm'

export interface SealContext {
  readonly key: Buffer
  /** Parts of the place, in order. Written unambiguously: ('a|b', 'c') is another place than ('a', 'b|c'). */
  readonly place: readonly string[]
}

/** @param random as randomBytes of node:crypto */
export function seal(clear: Uint8Array, { key, place }: SealContext, random: (size: number) => Buffer): Buffer {
  const iv = random(ivBytes)
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes })
  cipher.setAAD(placeBytes(place))
  const text = Buffer.concat([cipher.update(clear), cipher.final()])
  return Buffer.concat([Buffer.from([formatVersion]), iv, cipher.getAuthTag(), text])
}

/** The clear bytes, or null when the blob is damaged, from another place, or sealed with another key. */
export function unseal(blob: Uint8Array, { key, place }: SealContext): Buffer | null {
  const bytes = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength)
  if (bytes.length < headBytes || bytes[0] !== formatVersion) return null
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(1, 1 + ivBytes), { authTagLength: tagBytes })
  decipher.setAAD(placeBytes(place))
  decipher.setAuthTag(bytes.subarray(1 + ivBytes, headBytes))
  const clear = decipher.update(bytes.subarray(headBytes))
  try {
    decipher.final()
    return clear
  } catch {
    // Not authentic: what was decrypted so far must not leave this function.
    clear.fill(0)
    return null
  }
}

function placeBytes(place: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify([formatVersion, ...place]))
}

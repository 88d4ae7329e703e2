/**
 * Where the small key that opens the vault by itself is kept: the keychain of the operating system. The port can
 * not overwrite a key, so no mistake of a caller can make secrets unreadable.
 */
import { AppError } from '#shared/errors.ts'

export interface KeychainWait {
  /** How long an answer may take, in milliseconds. A keychain may be asking a person for its password meanwhile. */
  readonly timeoutMs?: number
}

/**
 * All functions throw AppError: `keychain-unreachable` (none on this computer), `keychain-refused` (locked, or the
 * person said no), `keychain-timeout`, `keychain-key-malformed` (something else stands where the key should be).
 * A failure is never reported as "no key".
 */
export interface KeyBackend {
  /** What people call it, for example 'the Windows Credential Manager'. */
  readonly name: string
  /** The key of this installation (32 bytes), or null when the keychain answers that it has none. */
  readonly read: (wait?: KeychainWait) => Promise<Buffer | null>
  /** Stores the key if none is there; the key that is there afterwards, read back. */
  readonly keep: (key: Buffer, wait?: KeychainWait) => Promise<Buffer>
  /** Writes, reads back and deletes a canary, so that it is known to work before anything depends on it. */
  readonly probe: (wait?: KeychainWait) => Promise<void>
  /** For uninstalling. The vault never calls it: a copy of the data folder may still depend on the key. */
  readonly remove: (wait?: KeychainWait) => Promise<boolean>
}

export const keychainTroubles = [
  'keychain-unreachable',
  'keychain-refused',
  'keychain-timeout',
  'keychain-key-malformed',
] as const
export type KeychainTrouble = (typeof keychainTroubles)[number]

const texts: Readonly<Record<KeychainTrouble, { readonly message: string; readonly next: string }>> = {
  'keychain-unreachable': {
    message: 'This computer offers no keychain that Patchbay can reach.',
    next: 'Use a passphrase instead, or start Patchbay inside the desktop session of the user.',
  },
  'keychain-refused': {
    message: 'The keychain of this computer did not give access. It is locked, or access was refused.',
    next: 'Unlock the keychain (log in to the desktop), then try again.',
  },
  'keychain-timeout': {
    message: 'The keychain of this computer did not answer in time. It may be waiting for its password.',
    next: 'Look for a window that asks for the password of the keychain, then try again.',
  },
  'keychain-key-malformed': {
    message: 'The entry of Patchbay in the keychain is not a key of Patchbay.',
    next: 'Remove the entry "patchbay" in the keychain of this computer, or use the passphrase or the recovery code.',
  },
}

/** @param technical what the keychain said; never a key */
export function keychainError(trouble: KeychainTrouble, technical: string): AppError {
  return new AppError({
    kind: trouble === 'keychain-timeout' ? 'transient' : 'config',
    code: trouble,
    ...texts[trouble],
    kept: 'Nothing was changed. Stored secrets stay as they are.',
    details: { technical: technical.slice(0, 300) },
  })
}

/** The trouble behind something thrown by a keychain; what is not known counts as refused. */
export function keychainTroubleOf(thrown: unknown): KeychainTrouble {
  const code = thrown instanceof AppError ? thrown.code : ''
  return keychainTroubles.find((trouble) => trouble === code) ?? 'keychain-refused'
}

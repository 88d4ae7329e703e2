/** What the vault offers, and the words of its states. */
import type { SecretRows } from '#main/engine/ports/secret-rows.ts'
import type { Clock } from '#main/engine/ports/surroundings.ts'
import type { KeyBackend } from './key-backend.ts'
import type { ScryptCost } from './passphrase.ts'
import type { Redactor } from './redactor.ts'

/** Where a secret belongs. Neither part is secret: names appear in lists and errors. */
export interface Place {
  /** For example 'connection:shop'. */
  readonly scope: string
  /** For example 'api-key'. */
  readonly name: string
}

/**
 * empty: no key and no secret, so a key may be made. open: secrets can be read. locked: a person can open it.
 * unavailable: nothing a person can type opens it; the keychain or a backup has to come back.
 */
export type VaultState = 'empty' | 'open' | 'locked' | 'unavailable'

export type WayIn = 'keychain' | 'passphrase' | 'recovery'

export type ShutReason =
  | 'locked-by-person'
  | 'passphrase-needed'
  | 'keychain-key-missing'
  | 'keychain-key-differs'
  | 'keychain-key-malformed'
  | 'keychain-refused'
  | 'keychain-timeout'
  | 'keychain-unreachable'
  | 'keys-lost'

export interface VaultStatus {
  readonly state: VaultState
  /** Why it is not open; null while it is open or empty. */
  readonly reason: ShutReason | null
  readonly message: string
  /** What to do next; null when there is nothing to do. */
  readonly next: string | null
  /** What has been set up to open it. */
  readonly waysIn: readonly WayIn[]
  readonly secretCount: number
}

export type UnlockWith =
  | { readonly passphrase: string }
  | { readonly recoveryCode: string }
  /** Asks the keychain again; a person may need a minute to type its password. */
  | { readonly keychain: true; readonly timeoutMs?: number }

export interface VaultOptions {
  readonly rows: SecretRows
  readonly keychain: KeyBackend
  readonly clock: Pick<Clock, 'now'>
  /** randomBytes of node:crypto: must be unpredictable. */
  readonly random: (sizeBytes: number) => Buffer
  readonly log?: (message: string, details?: Readonly<Record<string, string | number | boolean>>) => void
  /** Learns every secret that passes, so that logs and errors can be cleaned of it. */
  readonly redactor?: Pick<Redactor, 'learn'>
  /** Cost of a passphrase; tests lower it. */
  readonly scryptCost?: ScryptCost
}

/**
 * Keeps secrets. Functions that need the key throw AppError config `vault-locked` or `vault-unavailable` with the
 * next step while it is shut. Calls are taken in turn, so simultaneous ones cannot make two keys.
 */
export interface Vault {
  /** Tries the keychain once, the first time anything asks. Never throws for a state. */
  readonly status: () => Promise<VaultStatus>
  /** Whether the keychain of this computer works, tried with a canary; null when it does, otherwise the trouble. */
  readonly checkKeychain: () => Promise<{ readonly message: string; readonly next: string | null } | null>
  /**
   * Makes the key of an empty vault: in the keychain where it works, under the passphrase where one is given. Throws
   * config `vault-needs-passphrase` when there is neither, `vault-already-set-up` when there is any key or secret.
   */
  readonly setUp: (choice?: { readonly passphrase?: string }) => Promise<VaultStatus>
  /** Throws config `vault-wrong-passphrase`, `vault-wrong-recovery-code`, `vault-no-such-way-in`, `vault-empty`, or the trouble of the keychain. */
  readonly unlock: (how: UnlockWith) => Promise<VaultStatus>
  /** Forgets the key in memory and overwrites it. The keychain is not asked again until `unlock`. */
  readonly lock: () => void

  /** Sets an empty vault up by itself where the keychain works. Throws config `secret-not-storable` for empty or broken text. */
  readonly setSecret: (place: Place, value: string) => Promise<void>
  /** Null when there is none. Throws config `secret-unreadable` when the row was changed, moved or sealed with another key. */
  readonly readSecret: (place: Place) => Promise<string | null>
  readonly hasSecret: (place: Place) => boolean
  /** Works while locked: removing needs no key. False when there was none. */
  readonly removeSecret: (place: Place) => boolean
  readonly listNames: (scope: string) => readonly string[]

  /** Throws config `vault-passphrase-exists`. No secret is written anew. */
  readonly addPassphrase: (passphrase: string) => Promise<void>
  readonly changePassphrase: (change: { readonly current: string; readonly next: string }) => Promise<void>
  /** Throws config `vault-last-way-in` when nothing else that is known to work would open the vault. */
  readonly removePassphrase: () => Promise<void>
  /** A new code, shown once; the one before stops working. */
  readonly createRecoveryCode: () => Promise<string>
  /** Puts the way in through the keychain of this computer, for example after a backup was restored here. */
  readonly rememberOnThisComputer: () => Promise<void>
  /** Deletes every stored secret and every way in. The only way to start anew while ciphertext exists. */
  readonly forgetAllSecrets: (confirmation: 'delete-all-secrets') => Promise<{ readonly secretCount: number }>
}

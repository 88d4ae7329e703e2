/**
 * Where the vault keeps its rows: key slots (each holds the data key, wrapped) and secrets (each sealed). All of it
 * is ciphertext; nothing here can be read without a key from outside. Every call is synchronous and atomic: when it
 * returns, it is on disk (`synchronous=FULL`), because a lost refresh token cannot be had again.
 *
 * Tables: key_slot(id primary key, kind, body) and secret(scope, name, blob, primary key (scope, name)).
 */

/** One way to the data key. `body` is JSON text that only the vault reads. */
export interface KeySlotRow {
  readonly id: string
  readonly kind: string
  readonly body: string
}

export interface SecretRow {
  /** What the secret belongs to, for example 'connection:shop'. */
  readonly scope: string
  /** Which secret of it, for example 'api-key'. */
  readonly name: string
  readonly blob: Uint8Array
}

export interface SecretRows {
  readonly slots: () => readonly KeySlotRow[]
  /** Stores the slots of a new vault, all in one transaction, only if there is no slot and no secret at all. False: there was, and nothing changed. */
  readonly addFirstSlots: (slots: readonly KeySlotRow[]) => boolean
  /** Inserts the slot, or replaces the one with the same id. */
  readonly putSlot: (slot: KeySlotRow) => void
  /** False when there was none. */
  readonly removeSlot: (id: string) => boolean
  readonly countSecrets: () => number
  readonly secret: (scope: string, name: string) => Uint8Array | null
  /** Inserts the secret, or replaces the one at the same place. */
  readonly putSecret: (row: SecretRow) => void
  /** False when there was none. */
  readonly removeSecret: (scope: string, name: string) => boolean
  /** Names of the secrets of a scope, sorted. */
  readonly secretNames: (scope: string) => readonly string[]
  /** Deletes every slot and every secret in one transaction: the only way back to an empty vault. */
  readonly forgetAll: () => void
}

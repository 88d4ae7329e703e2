/**
 * Makes the data key of an empty vault: the only place that makes one, and only by the store's word that there is
 * neither a slot nor a secret. Order against a crash: first the key in the keychain, read back, then the slot rows.
 */
import { keychainTroubleOf } from './key-backend.ts'
import { type DataKey, keychainSlot, passphraseSlot, type Slot, slotRow } from './key-slots.ts'
import type { KeyState } from './key-state.ts'
import { checkNewPassphrase, defaultScryptCost } from './passphrase.ts'
import { refuse } from './vault-texts.ts'
import type { VaultOptions } from './vault-types.ts'

/** Throws what `Vault.setUp` describes. */
export async function setUpKeys(passphrase: string | undefined, keys: KeyState, options: VaultOptions): Promise<void> {
  if (!keys.isEmpty()) throw refuse('vault-already-set-up')
  if (passphrase !== undefined) checkNewPassphrase(passphrase)
  const { random, rows } = options
  const dataKey: DataKey = { id: random(8).toString('hex'), bytes: random(32) }
  const createdAt = new Date(options.clock.now()).toISOString()
  const kek = await keyInKeychain(passphrase === undefined, keys, options)
  const slots: Slot[] = kek === null ? [] : [keychainSlot(kek, { dataKey, createdAt, random })]
  if (passphrase !== undefined) {
    const cost = options.scryptCost ?? defaultScryptCost
    slots.push(await passphraseSlot(passphrase, cost, () => ({ dataKey, createdAt, random })))
  }
  // Another process may have been quicker: then its vault stands, and this key dies unused.
  if (!rows.addFirstSlots(slots.map(slotRow))) throw refuse('vault-already-set-up')
  if (kek !== null) await confirmKept(kek, slots, options)
  kek?.fill(0)
  keys.open(dataKey, kek === null ? 'passphrase' : 'keychain')
}

/**
 * The key that is in the keychain now; null where there is no working keychain and a passphrase was given. A key that
 * was left over is used again, never replaced: it may belong to a copy of this data folder, which must stay readable.
 */
async function keyInKeychain(isNeeded: boolean, keys: KeyState, options: VaultOptions): Promise<Buffer | null> {
  try {
    await options.keychain.probe()
    if (keys.isEmpty()) return await options.keychain.keep(options.random(32))
  } catch (thrown) {
    const trouble = keychainTroubleOf(thrown)
    options.log?.('the keychain does not work', { reason: trouble })
    if (isNeeded) throw refuse('vault-needs-passphrase', trouble)
    return null
  }
  throw refuse('vault-already-set-up')
}

/** Another process may have exchanged the key between ours and the slots: then the slots, which have sealed nothing yet, go again. */
async function confirmKept(kek: Buffer, slots: readonly Slot[], { keychain, rows }: VaultOptions): Promise<void> {
  const kept = await keychain.read().catch(() => null)
  if (kept?.equals(kek)) return
  for (const slot of slots) rows.removeSlot(slot.kind)
  throw refuse('vault-changed-meanwhile')
}

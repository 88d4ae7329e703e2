/** Opens the vault with what was set up: the keychain, the passphrase, the recovery code. Makes nothing new. */
import { keychainTroubleOf } from './key-backend.ts'
import { type DataKey, slotOfKind, unwrapSlot, unwrapWithPassphrase, unwrapWithRecoveryCode } from './key-slots.ts'
import type { KeyState } from './key-state.ts'
import { readRecoveryCode } from './recovery-code.ts'
import { refuse, shutError } from './vault-texts.ts'
import type { ShutReason, UnlockWith, VaultOptions } from './vault-types.ts'

/** Tries the keychain, if nothing was tried yet; afterwards the state says how it went. */
export async function openByItself(keys: KeyState, options: VaultOptions): Promise<void> {
  if (keys.isSettled()) return
  const slots = keys.slots()
  if (slots.length === 0) keys.shut('keys-lost')
  else if (slotOfKind(slots, 'keychain') === undefined) keys.shut('passphrase-needed')
  else await openWithKeychain(keys, options)
}

/** Throws what `Vault.unlock` describes. A wrong passphrase leaves an open vault open. */
export async function unlock(how: UnlockWith, keys: KeyState, options: VaultOptions): Promise<void> {
  if (keys.isEmpty()) throw refuse('vault-empty')
  if ('passphrase' in how) {
    keys.open(await keyOfPassphrase(how.passphrase, keys), 'passphrase')
    options.redactor?.learn(how.passphrase)
  } else if ('recoveryCode' in how) {
    keys.open(keyOfRecoveryCode(how.recoveryCode, keys), 'recovery')
    options.redactor?.learn(how.recoveryCode)
  } else if (keys.now().kind !== 'open') {
    if (slotOfKind(keys.slots(), 'keychain') === undefined) throw refuse('vault-no-such-way-in')
    const trouble = await openWithKeychain(keys, options, how.timeoutMs)
    if (trouble !== null) throw shutError(trouble, keys.waysIn())
  }
}

/** Null when it opened; otherwise why not. A failed read never counts as "no key". */
async function openWithKeychain(
  keys: KeyState,
  { keychain }: VaultOptions,
  timeoutMs?: number,
): Promise<ShutReason | null> {
  const found = await readKeychain()
  if (typeof found === 'string') {
    keys.shut(found)
    return found
  }
  keys.open(found, 'keychain')
  return null

  async function readKeychain(): Promise<DataKey | ShutReason> {
    try {
      const kek = await keychain.read(timeoutMs === undefined ? undefined : { timeoutMs })
      if (kek === null) return 'keychain-key-missing'
      // Looked up after the wait: the slot may have been exchanged meanwhile.
      const slot = slotOfKind(keys.slots(), 'keychain')
      const dataKey = slot === undefined ? null : unwrapSlot(slot, kek)
      kek.fill(0)
      return dataKey ?? 'keychain-key-differs'
    } catch (thrown) {
      return keychainTroubleOf(thrown)
    }
  }
}

async function keyOfPassphrase(passphrase: string, keys: KeyState): Promise<DataKey> {
  const slot = slotOfKind(keys.slots(), 'passphrase')
  if (slot === undefined) throw refuse('vault-no-such-way-in')
  const dataKey = await unwrapWithPassphrase(slot, passphrase)
  if (dataKey === null) throw refuse('vault-wrong-passphrase')
  return dataKey
}

function keyOfRecoveryCode(typed: string, keys: KeyState): DataKey {
  const slot = slotOfKind(keys.slots(), 'recovery')
  if (slot === undefined) throw refuse('vault-no-such-way-in')
  const letters = readRecoveryCode(typed)
  const dataKey = letters === null ? null : unwrapWithRecoveryCode(slot, letters)
  if (dataKey === null) throw refuse('vault-wrong-recovery-code')
  return dataKey
}

/** Adds, changes and removes the ways into an open vault. The data key stays the same, so no secret is written anew. */
import type { InTurn } from './in-turn.ts'
import {
  keychainSlot,
  passphraseSlot,
  recoverySlot,
  type Slot,
  slotOfKind,
  slotRow,
  unwrapSlot,
  unwrapWithPassphrase,
} from './key-slots.ts'
import type { KeyState } from './key-state.ts'
import { checkNewPassphrase, defaultScryptCost } from './passphrase.ts'
import { makeRecoveryCode, readRecoveryCode } from './recovery-code.ts'
import { refuse } from './vault-texts.ts'
import type { Vault, VaultOptions } from './vault-types.ts'

/** What the functions of the vault share. */
export interface Inside {
  readonly keys: KeyState
  readonly options: VaultOptions
  readonly inTurn: InTurn
  readonly ready: () => Promise<void>
}

type WaysIn = Pick<
  Vault,
  'addPassphrase' | 'changePassphrase' | 'removePassphrase' | 'createRecoveryCode' | 'rememberOnThisComputer'
>

export function makeWaysIn(inside: Inside): WaysIn {
  const whenOpen = async <Result>(step: () => Promise<Result>): Promise<Result> => {
    await inside.ready()
    return inside.inTurn(async () => {
      // Throws where the vault is shut.
      inside.keys.dataKey()
      return step()
    })
  }
  return {
    addPassphrase: (passphrase) => whenOpen(() => addPassphrase(passphrase, inside)),
    changePassphrase: (change) => whenOpen(() => changePassphrase(change, inside)),
    removePassphrase: () => whenOpen(() => removePassphrase(inside)),
    createRecoveryCode: () => whenOpen(async () => createRecoveryCode(inside)),
    rememberOnThisComputer: () => whenOpen(() => rememberOnThisComputer(inside)),
  }
}

async function addPassphrase(passphrase: string, inside: Inside): Promise<void> {
  const { keys, options } = inside
  if (slotOfKind(keys.slots(), 'passphrase') !== undefined) throw refuse('vault-passphrase-exists')
  checkNewPassphrase(passphrase)
  options.redactor?.learn(passphrase)
  options.rows.putSlot(slotRow(await makeSlot(passphrase, inside)))
  options.log?.('a passphrase was added to the vault')
}

async function changePassphrase(
  { current, next }: { readonly current: string; readonly next: string },
  inside: Inside,
): Promise<void> {
  const { keys, options } = inside
  const slot = slotOfKind(keys.slots(), 'passphrase')
  if (slot === undefined) throw refuse('vault-no-such-way-in')
  checkNewPassphrase(next)
  const proof = await unwrapWithPassphrase(slot, current)
  if (proof === null) throw refuse('vault-wrong-passphrase')
  proof.bytes.fill(0)
  options.redactor?.learn(next)
  options.rows.putSlot(slotRow(await makeSlot(next, inside)))
  options.log?.('the passphrase of the vault was changed')
}

function makeSlot(passphrase: string, { keys, options }: Inside): Promise<Slot> {
  return passphraseSlot(passphrase, options.scryptCost ?? defaultScryptCost, keys.making)
}

async function removePassphrase({ keys, options }: Inside): Promise<void> {
  const slots = keys.slots()
  if (slotOfKind(slots, 'passphrase') === undefined) throw refuse('vault-no-such-way-in')
  const hasCode = slotOfKind(slots, 'recovery') !== undefined
  if (!hasCode && !(await keychainOpens(slotOfKind(slots, 'keychain'), options))) throw refuse('vault-last-way-in')
  options.rows.removeSlot('passphrase')
  options.log?.('the passphrase of the vault was removed')
}

/** Tried, not believed: a slot whose key is gone opens nothing. */
async function keychainOpens(slot: Slot | undefined, options: VaultOptions): Promise<boolean> {
  if (slot === undefined) return false
  const kek = await options.keychain.read().catch(() => null)
  const dataKey = kek === null ? null : unwrapSlot(slot, kek)
  dataKey?.bytes.fill(0)
  return dataKey !== null
}

function createRecoveryCode({ keys, options }: Inside): string {
  const code = makeRecoveryCode(options.random)
  options.redactor?.learn(code)
  options.rows.putSlot(slotRow(recoverySlot(readRecoveryCode(code) ?? code, keys.making())))
  options.log?.('a recovery code of the vault was created')
  return code
}

async function rememberOnThisComputer({ keys, options }: Inside): Promise<void> {
  await options.keychain.probe()
  const kek = await options.keychain.keep(options.random(32))
  options.rows.putSlot(slotRow(keychainSlot(kek, keys.making())))
  kek.fill(0)
  options.log?.('the keychain of this computer opens the vault from now on')
}

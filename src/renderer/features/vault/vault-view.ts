/** What the vault screen offers in each state of the vault. */
import type { Output } from '#shared/contract/contract.ts'

export type Vault = Output<'system.status'>['vault']

/** `type`: something can be typed to open it. `wait`: only the keychain can. `setUp`: nothing is stored yet. */
export type VaultOffer = 'type' | 'wait' | 'setUp' | 'open'

export function vaultOffer(vault: Vault): VaultOffer {
  if (vault.state === 'open') return 'open'
  if (vault.state === 'empty') return 'setUp'
  return vault.keptBy.some((way) => way === 'passphrase' || way === 'recovery') ? 'type' : 'wait'
}

/** Whether runs that need a key have to wait. */
export function isShut(vault: Vault): boolean {
  return vault.state === 'locked' || vault.state === 'unavailable'
}

export type PassphraseFlaw = 'tooShort' | 'differs'

const shortest = 8

export function passphraseFlaw(first: string, second: string): PassphraseFlaw | null {
  if (first.length < shortest) return 'tooShort'
  return first === second ? null : 'differs'
}

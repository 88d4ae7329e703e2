/** What people read about the vault: its states and its refusals. */
import { AppError } from '#shared/errors.ts'
import type { Place, ShutReason, VaultState, WayIn } from './vault-types.ts'

interface ShutText {
  readonly message: string
  readonly next: string
}

const passphraseOrCode = 'Enter the passphrase or the recovery code of this vault.'
const lastResort = 'If none of this is possible, forget all stored secrets in Settings and enter them again.'

const shutTexts: Readonly<Record<ShutReason, ShutText>> = {
  'locked-by-person': { message: 'The vault was locked.', next: 'Unlock it to go on.' },
  'passphrase-needed': { message: 'The vault needs its passphrase.', next: passphraseOrCode },
  'keychain-key-missing': {
    message:
      'The keychain of this computer does not have the key of these secrets. That is normal after a backup was restored on another computer.',
    next: `Go back to the computer where the secrets were stored and create a recovery code there. ${lastResort}`,
  },
  'keychain-key-differs': {
    message: 'The key in the keychain of this computer belongs to other secrets.',
    next: `Go back to the computer where the secrets were stored and create a recovery code there. ${lastResort}`,
  },
  'keychain-key-malformed': {
    message: 'The entry of Patchbay in the keychain is not a key of Patchbay.',
    next: `Restore the keychain of this computer from its backup. ${lastResort}`,
  },
  'keychain-refused': {
    message: 'The keychain of this computer is locked, or access to it was refused.',
    next: 'Unlock the keychain (log in to the desktop), then try again.',
  },
  'keychain-timeout': {
    message: 'The keychain of this computer did not answer in time. It may be waiting for its password.',
    next: 'Look for a window that asks for the password of the keychain, then try again.',
  },
  'keychain-unreachable': {
    message: 'The keychain that holds the key of these secrets cannot be reached.',
    next: 'Start Patchbay inside the desktop session of the user it was set up with, then try again.',
  },
  'keys-lost': {
    message: 'There are stored secrets, but the keys to them are missing or damaged.',
    next: 'Restore the newest backup, or forget all stored secrets in Settings and enter them again.',
  },
}

/** Troubles that may pass without anything being typed. */
const worthTrying: ReadonlySet<ShutReason> = new Set(['keychain-refused', 'keychain-timeout', 'keychain-unreachable'])

/** The state a reason leads to: with something a person can type, or a keychain a person can unlock, it is only locked. */
export function stateOf(reason: ShutReason, waysIn: readonly WayIn[]): VaultState {
  if (reason === 'keys-lost') return 'unavailable'
  return reason === 'keychain-unreachable' && !canBeTyped(waysIn) ? 'unavailable' : 'locked'
}

function canBeTyped(waysIn: readonly WayIn[]): boolean {
  return waysIn.includes('passphrase') || waysIn.includes('recovery')
}

/** Message and next step of a shut vault. */
export function shutText(reason: ShutReason, waysIn: readonly WayIn[]): ShutText {
  const { message, next } = shutTexts[reason]
  if (!canBeTyped(waysIn) || reason === 'passphrase-needed' || reason === 'keys-lost') return { message, next }
  return { message, next: worthTrying.has(reason) ? `${next} Or: ${passphraseOrCode}` : passphraseOrCode }
}

/** Why nothing can be read or stored now. */
export function shutError(reason: ShutReason, waysIn: readonly WayIn[]): AppError {
  const state = stateOf(reason, waysIn)
  return new AppError({
    kind: 'config',
    code: state === 'locked' ? 'vault-locked' : 'vault-unavailable',
    ...shutText(reason, waysIn),
    kept: 'Stored secrets are unchanged. Runs that need them wait.',
    details: { reason },
  })
}

const refusals = {
  'vault-needs-passphrase': [
    'There is no keychain on this computer that could keep the key, so the vault needs a passphrase.',
    'Choose a passphrase in Settings, or put one into a file that only you can read and name it in PATCHBAY_PASSPHRASE_FILE.',
  ],
  'vault-already-set-up': [
    'The vault has already been set up.',
    'Unlock it. A new key would make stored secrets unreadable.',
  ],
  'vault-empty': [
    'The vault has not been set up: no secret has been stored yet.',
    'Store the first secret, or set the vault up in Settings.',
  ],
  'vault-wrong-passphrase': [
    'This passphrase does not open the vault.',
    'Check capital letters and the keyboard layout, then try again, or use the recovery code.',
  ],
  'vault-wrong-recovery-code': [
    'This recovery code does not open the vault.',
    'Compare it with the code that was printed: eight groups of four characters. Only the newest code works.',
  ],
  'vault-no-such-way-in': [
    'The vault cannot be opened in this way: it has not been set up, or its data is damaged.',
    'Use another way to open it.',
  ],
  'vault-passphrase-exists': ['The vault has a passphrase already.', 'Change it instead.'],
  'vault-last-way-in': [
    'Without the passphrase nothing would open the vault any more.',
    'Create a recovery code first, or let this computer remember the key.',
  ],
  'vault-changed-meanwhile': ['Another program changed the vault at the same moment.', 'Try again.'],
} as const satisfies Readonly<Record<string, readonly [message: string, next: string]>>

type Refusal = keyof typeof refusals

/** @param reason a technical word, never a secret */
export function refuse(code: Refusal, reason?: string): AppError {
  const [message, next] = refusals[code]
  return new AppError({
    kind: code === 'vault-changed-meanwhile' ? 'transient' : 'config',
    code,
    message,
    kept: 'Nothing was changed.',
    next,
    ...(reason === undefined ? {} : { details: { reason } }),
  })
}

/** A row that does not open: changed, moved from another place, or sealed with another key. */
export function secretUnreadable({ scope, name }: Place): AppError {
  return new AppError({
    kind: 'config',
    code: 'secret-unreadable',
    message: `The stored secret "${name}" cannot be read. Its data was damaged or comes from another place.`,
    kept: 'Other secrets are not affected. The damaged data was left as it is.',
    next: 'Enter this secret again, or restore the newest backup.',
    details: { scope, name },
  })
}

/** Text that would not come back as it was given. */
export function secretNotStorable({ scope, name }: Place, why: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'secret-not-storable',
    message: `The secret "${name}" cannot be stored: ${why}.`,
    kept: 'What was stored before is unchanged.',
    next: 'Copy it again from the service and paste it whole.',
    details: { scope, name },
  })
}

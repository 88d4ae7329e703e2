/** Every string of the vault screen. */
export const text = {
  title: 'Unlock the stored keys',
  lead: 'The keys to your services are stored encrypted on this PC.',
  kept: 'Nothing is lost: your connections, integrations and past runs are all here. Only runs that need a key wait.',
  unlock: { label: 'Passphrase or recovery code', button: 'Unlock', empty: 'Enter the passphrase.' },
  tryAgain: 'Try again',
  open: 'The stored keys are unlocked',
  openWords: 'Everything can run.',
  goHome: 'Go to Home',
  later: 'Look around without unlocking',
  setUp: {
    title: 'Choose a passphrase',
    label: 'New passphrase',
    help: 'At least 8 characters; four random words are good. Write it down and keep it safe: nobody can recover it for you.',
    again: 'The same once more',
    button: 'Protect my keys',
    tooShort: 'At least 8 characters, please.',
    differs: 'The two are not the same.',
  },
  banner: {
    title: 'The stored keys are locked',
    words: 'Runs that need them wait. Nothing is lost.',
    button: 'Unlock',
  },
} as const

/** An error as the window tells it: what happened, what is safe, what to do, and the technical part apart. */
import type { ErrorInfo } from '#shared/errors.ts'

export interface ErrorView {
  readonly happened: string
  readonly kept: string | null
  readonly next: string | null
  /** Where the next step is done in this window. */
  readonly link: { readonly href: string; readonly label: string } | null
  readonly details: readonly { readonly name: string; readonly value: string }[]
}

/** Next steps in the words of this window, where the core's own name the command line. */
const nextHere: Readonly<Record<string, string>> = {
  'plan-first': 'Make a plan, look at it and approve it; then it runs.',
  'plan-outdated': 'Make a new plan and look at it before approving.',
  'plan-not-ready': 'Make a new plan.',
  'unknown-plan': 'Go to Integrations and make a new plan.',
  'unknown-run': 'Go to Runs and choose it from the list.',
  'vault-needs-passphrase': 'Choose a passphrase; it protects the keys on this PC.',
  'unknown-secret-field': 'Go to Connections and choose the key from the list there.',
}

const linkOf: Readonly<Record<string, ErrorView['link']>> = {
  'vault-needs-passphrase': { href: '/unlock', label: 'Choose a passphrase' },
  'vault-locked': { href: '/unlock', label: 'Unlock' },
  'vault-unavailable': { href: '/unlock', label: 'Unlock' },
}

export function errorView(error: ErrorInfo): ErrorView {
  const details = Object.entries(error.details ?? {}).map(([name, value]) => ({ name, value: String(value) }))
  return {
    happened: error.message,
    kept: error.kept ?? null,
    next: nextHere[error.code] ?? error.next ?? null,
    link: linkOf[error.code] ?? null,
    details: [{ name: 'code', value: error.code }, ...details],
  }
}

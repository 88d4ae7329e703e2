/** What the vault screen asks and does. */
import { useAction, useAnswer } from '#renderer/app/session-queries.ts'

export function useStatus() {
  return useAnswer('system.status', {})
}

export function useUnlock() {
  return useAction('vault.unlock')
}

export function useSetPassphrase() {
  return useAction('vault.set-passphrase')
}

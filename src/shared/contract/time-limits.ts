/**
 * How long the core may take for an answer, without the schemas: the client waits a little longer than this, and must
 * not carry zod into the page for it. A test holds the table to the contract.
 */
import type { ProcedureName } from './contract.ts'

export const defaultTimeLimitMs = 30_000

export const timeLimitsMs = {
  'system.doctor': 120_000,
  'vault.unlock': 60_000,
  'vault.set-passphrase': 60_000,
  'backups.make': 600_000,
  'practice.start': 60_000,
  'connections.test': 60_000,
  'connections.objects': 60_000,
  'connections.samples': 60_000,
  'mapping.answers': 60_000,
  'integrations.count': 600_000,
  'history.get': 60_000,
  'history.set': 60_000,
  'history.prune': 600_000,
} as const satisfies Partial<Record<ProcedureName, number>>

export function timeLimitOf(name: string): number {
  const limits: Readonly<Record<string, number>> = timeLimitsMs
  return (Object.hasOwn(limits, name) ? limits[name] : undefined) ?? defaultTimeLimitMs
}

/** The app itself: status, vault, practice company, backups, health. */
import { z } from 'zod'
import { nothing, procedure } from './procedure.ts'

export const vaultStates = ['empty', 'open', 'locked', 'unavailable'] as const

const vaultSchema = z.object({
  state: z.enum(vaultStates),
  /** Where the key is: 'keychain', 'passphrase' or none yet. */
  keptBy: z.array(z.string()),
  reason: z.string(),
  next: z.string().nullable(),
})

const checkSchema = z.object({ name: z.string(), isOk: z.boolean(), message: z.string(), next: z.string().nullable() })

export const systemContract = {
  'system.status': procedure({
    effect: 'read',
    input: nothing,
    output: z.object({
      version: z.string(),
      dataFolder: z.string(),
      startedAt: z.string(),
      vault: vaultSchema,
      runningCount: z.int(),
      heldCount: z.int(),
      /** When it was noticed that the database had been put back to an earlier state; null: never. */
      restoredAt: z.string().nullable(),
    }),
  }),
  /** Everything that can be checked without changing anything. */
  'system.doctor': procedure({
    effect: 'read',
    input: nothing,
    output: z.object({ checks: z.array(checkSchema) }),
    timeoutMs: 120_000,
  }),
  'vault.unlock': procedure({
    effect: 'local',
    input: z.strictObject({ passphrase: z.string().min(1).max(1_000) }),
    output: vaultSchema,
    timeoutMs: 60_000,
  }),
  /** First set-up where there is no keychain. */
  'vault.set-passphrase': procedure({
    effect: 'local',
    input: z.strictObject({ passphrase: z.string().min(8).max(1_000) }),
    output: vaultSchema,
    timeoutMs: 60_000,
  }),
  'backups.make': procedure({
    effect: 'local',
    input: z.strictObject({ path: z.string().max(4_000).exactOptional() }),
    output: z.object({ path: z.string(), schemaVersion: z.int() }),
    timeoutMs: 600_000,
  }),
  /** Starts the practice company and sets up its connections and an integration to try. */
  'practice.start': procedure({
    effect: 'local',
    input: nothing,
    output: z.object({ services: z.array(z.object({ id: z.string(), address: z.string() })), folder: z.string() }),
    timeoutMs: 60_000,
  }),
  'practice.stop': procedure({ effect: 'local', input: nothing, output: nothing }),
} as const

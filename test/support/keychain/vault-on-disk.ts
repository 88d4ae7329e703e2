/** A vault on a real database file, as the app has it. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { SecretRows } from '#main/engine/ports/secret-rows.ts'
import { migrate } from '#main/store/migrate.ts'
import { migrations } from '#main/store/migrations/index.ts'
import { openDatabase } from '#main/store/open-database.ts'
import { createSecretRows } from '#main/store/secret-rows.ts'
import { openVault } from '#main/vault/open-vault.ts'
import { createRedactor, type Redactor } from '#main/vault/redactor.ts'
import type { Vault, VaultOptions } from '#main/vault/vault-types.ts'
import { type MemoryKeychain, memoryKeychain } from './memory-keychain.ts'

/** Cheap for tests of everything but the cost itself. */
export const cheapScrypt = { n: 2 ** 10, r: 8, p: 1 }

export interface OpenRows {
  readonly rows: SecretRows
  /** Runs SQL, for damage that no function of the store does. */
  readonly run: (sql: string) => void
  readonly close: () => void
}

export function openRows(folder: string): OpenRows {
  const db = openDatabase(join(folder, 'patchbay.sqlite'))
  migrate(db, migrations)
  return { rows: createSecretRows(db), run: (sql) => void db.exec(sql), close: () => void db.close() }
}

export interface VaultOnDisk extends OpenRows {
  readonly vault: Vault
  readonly keychain: MemoryKeychain
  readonly redactor: Redactor
  readonly logged: string[]
}

/** Opening the same folder again with the same keychain is a restart of the app. */
export function vaultOnDisk(
  folder: string,
  keychain = memoryKeychain(),
  more: Partial<VaultOptions> = {},
): VaultOnDisk {
  const opened = openRows(folder)
  const redactor = createRedactor()
  const logged: string[] = []
  const vault = openVault({
    rows: opened.rows,
    keychain,
    clock: { now: () => Date.UTC(2026, 0, 2) },
    random: randomBytes,
    scryptCost: cheapScrypt,
    redactor,
    log: (message, details) => logged.push(JSON.stringify({ message, ...details })),
    ...more,
  })
  return { ...opened, vault, keychain, redactor, logged }
}

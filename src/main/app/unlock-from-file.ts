/** Opens the vault with a passphrase from a file, where the host names one: for machines without a keychain or a person. */

import { passphraseSource, readPassphraseFile } from '#main/vault/passphrase-file.ts'
import type { Vault } from '#main/vault/vault-types.ts'
import { errorInfoOf } from '#shared/errors.ts'
import type { JsonObject } from '#shared/json.ts'

/** A file that cannot be used is logged, never fatal: the vault stays locked and says so. */
export async function unlockFromFile(
  vault: Vault,
  env: Readonly<Record<string, string | undefined>>,
  log: (message: string, details?: JsonObject) => void,
): Promise<void> {
  const source = passphraseSource(env)
  if (!source) return
  try {
    const passphrase = await readPassphraseFile(source)
    if (passphrase === null) return
    const { waysIn, secretCount } = await vault.status()
    if (waysIn.length === 0 && secretCount === 0) await vault.setUp({ passphrase })
    else await vault.unlock({ passphrase })
  } catch (thrown) {
    const { code, message } = errorInfoOf(thrown)
    log('the passphrase file could not open the vault', { code, message })
  }
}

/** Reads the keychain in its own process and tries to give up after 300 ms: the twin of the channel that kills. */
import { operateKeychain } from '#main/vault/keychain-operation.ts'

setTimeout(() => process.exit(0), 300)
await operateKeychain({ operation: 'read', service: 'patchbay', account: 'kek:in-process' })
process.exit(0)

/** A keychain in memory: for tests whose subject is not the keychain. */
import type { KeyBackend } from '#main/vault/key-backend.ts'

export function memoryKeychain(): KeyBackend {
  let kept: Buffer | null = null
  return {
    name: 'test keychain',
    read: async () => kept,
    keep: async (key) => {
      kept ??= key
      return kept
    },
    probe: async () => undefined,
    remove: async () => {
      const was = kept !== null
      kept = null
      return was
    },
  }
}

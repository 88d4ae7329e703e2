/** A keychain in memory with the troubles of real ones, and a count of what was asked of it. */
import { type KeyBackend, type KeychainTrouble, keychainError } from '#main/vault/key-backend.ts'

export interface MemoryKeychain extends KeyBackend {
  /** The key that is stored; shared keychains of two vaults share this object. */
  readonly content: { key: Buffer | null }
  /** From now on every call fails in this way; null ends it. */
  readonly failWith: (trouble: KeychainTrouble | null) => void
  /** Runs before each answer: a place to let something else happen first. */
  readonly before: { call: (operation: string) => Promise<void> }
  readonly calls: string[]
}

export function memoryKeychain(content: { key: Buffer | null } = { key: null }): MemoryKeychain {
  let trouble: KeychainTrouble | null = null
  const calls: string[] = []
  const before = { call: async (_operation: string): Promise<void> => undefined }
  async function answer<Result>(operation: string, result: () => Result): Promise<Result> {
    calls.push(operation)
    await before.call(operation)
    if (trouble !== null) throw keychainError(trouble, 'set by the test')
    return result()
  }
  return {
    name: 'a keychain in memory',
    content,
    calls,
    before,
    failWith: (next) => {
      trouble = next
    },
    read: () => answer('read', () => (content.key === null ? null : Buffer.from(content.key))),
    keep: (key) =>
      answer('keep', () => {
        content.key ??= Buffer.from(key)
        return Buffer.from(content.key)
      }),
    probe: () => answer('probe', () => undefined),
    remove: () =>
      answer('remove', () => {
        const wasThere = content.key !== null
        content.key = null
        return wasThere
      }),
  }
}

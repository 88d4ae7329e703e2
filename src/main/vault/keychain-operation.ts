/**
 * One operation on the keychain of the operating system, through the native library. Meant to run in a process of
 * its own (see keychain-child.ts): the library connects to D-Bus synchronously, and neither its AbortSignal nor
 * process.exit gets past an unlock prompt that nobody answers (measured with @napi-rs/keyring 2.1.2, November 2026).
 */
import { randomBytes } from 'node:crypto'

export interface KeychainRequest {
  readonly operation: 'read' | 'keep' | 'probe' | 'remove'
  readonly service: string
  readonly account: string
  /** For `keep`: base64url of the key. */
  readonly key?: string
}

export type KeychainReply =
  | { readonly ok: true; readonly key: string | null; readonly removed?: boolean }
  | { readonly ok: false; readonly phase: 'reach' | 'operate'; readonly technical: string }

/** The part of AsyncEntry that is used. */
interface Entry {
  readonly getSecret: () => Promise<ArrayLike<number> | null>
  readonly setSecret: (secret: Uint8Array) => Promise<void>
  readonly deleteCredential: () => Promise<boolean>
}

/** Never throws: what went wrong is part of the reply. A key is stored as base64url text, so that keychain programs can show it. */
export async function operateKeychain(request: KeychainRequest): Promise<KeychainReply> {
  let entry: Entry
  try {
    entry = await openEntry(request)
  } catch (thrown) {
    return { ok: false, phase: 'reach', technical: String(thrown) }
  }
  try {
    return await operations[request.operation](entry, request)
  } catch (thrown) {
    return { ok: false, phase: 'operate', technical: String(thrown) }
  }
}

/** Loading and constructing both throw where there is no keychain; so both count as "not reachable". */
async function openEntry({ service, account, operation }: KeychainRequest): Promise<Entry> {
  const { AsyncEntry } = await import('@napi-rs/keyring')
  // Of each process its own, so that two that probe at once do not read each other's canary.
  const name = operation === 'probe' ? `probe:${account}:${process.pid}` : account
  // Without the pin, Linux falls back to the kernel keyring, which forgets everything at the next start of the computer.
  return new AsyncEntry(service, name, { linux: { store: 'secret-service' } })
}

type Operation = (entry: Entry, request: KeychainRequest) => Promise<KeychainReply>

const operations: Readonly<Record<KeychainRequest['operation'], Operation>> = {
  read: async (entry) => ({ ok: true, key: textOf(await entry.getSecret()) }),
  keep: async (entry, { key }) => {
    const present = textOf(await entry.getSecret())
    if (present !== null) return { ok: true, key: present }
    if (key === undefined) return { ok: false, phase: 'operate', technical: 'no key to keep' }
    await entry.setSecret(Buffer.from(key))
    return { ok: true, key: textOf(await entry.getSecret()) }
  },
  probe: async (entry) => {
    const canary = randomBytes(16).toString('base64url')
    await entry.setSecret(Buffer.from(canary))
    const answer = textOf(await entry.getSecret())
    await entry.deleteCredential()
    if (answer === canary) return { ok: true, key: null }
    return { ok: false, phase: 'operate', technical: 'the keychain did not give back what was stored' }
  },
  remove: async (entry) => ({ ok: true, key: null, removed: await entry.deleteCredential() }),
}

function textOf(secret: ArrayLike<number> | null): string | null {
  return secret === null ? null : Buffer.from(secret).toString()
}

/**
 * The keychain of the operating system as a place for one small key: Windows Credential Manager, macOS keychain,
 * Secret Service on Linux. The account is per installation, so two installations on one computer never share a key.
 */

import { type KeyBackend, type KeychainTrouble, type KeychainWait, keychainError } from './key-backend.ts'
import { type ChannelReply, childChannel, type KeychainChannel } from './keychain-channel.ts'
import type { KeychainRequest } from './keychain-operation.ts'

const service = 'patchbay'
const defaultTimeoutMs = 10_000
const keyText = /^[A-Za-z0-9_-]{43}$/

export interface OsKeychainSettings {
  /** Never changes during the life of a data folder. */
  readonly installId: string
  /** A child of Node unless the host brings another. */
  readonly channel?: KeychainChannel
  /** How long an answer may take; 10 seconds unless told. */
  readonly timeoutMs?: number
}

export function openOsKeychain(settings: OsKeychainSettings): KeyBackend {
  const account = `kek:${settings.installId}`
  const channel = settings.channel ?? childChannel()
  const ask = async (request: Pick<KeychainRequest, 'operation' | 'key'>, wait?: KeychainWait): Promise<GoodReply> => {
    const timeoutMs = wait?.timeoutMs ?? settings.timeoutMs ?? defaultTimeoutMs
    const reply = await channel({ service, account, ...request }, timeoutMs)
    if (!reply.ok) throw keychainError(troubles[reply.phase], reply.technical)
    return reply
  }
  return {
    name: keychainName(process.platform),
    read: async (wait) => keyOf((await ask({ operation: 'read' }, wait)).key),
    keep: async (key, wait) => {
      const kept = keyOf((await ask({ operation: 'keep', key: key.toString('base64url') }, wait)).key)
      if (kept === null) throw keychainError('keychain-refused', 'the keychain did not keep the key')
      return kept
    },
    probe: async (wait) => void (await ask({ operation: 'probe' }, wait)),
    remove: async (wait) => (await ask({ operation: 'remove' }, wait)).removed ?? false,
  }
}

type GoodReply = Extract<ChannelReply, { ok: true }>

const troubles: Readonly<Record<Exclude<ChannelReply, { ok: true }>['phase'], KeychainTrouble>> = {
  reach: 'keychain-unreachable',
  operate: 'keychain-refused',
  timeout: 'keychain-timeout',
}

function keyOf(text: string | null): Buffer | null {
  if (text === null) return null
  if (!keyText.test(text)) throw keychainError('keychain-key-malformed', `${text.length} characters instead of 43`)
  return Buffer.from(text, 'base64url')
}

/** What people call the keychain of their system. */
export function keychainName(platform: NodeJS.Platform): string {
  if (platform === 'win32') return 'the Windows Credential Manager'
  if (platform === 'darwin') return 'the macOS keychain'
  return 'the keyring of the desktop (Secret Service)'
}

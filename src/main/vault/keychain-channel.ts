/**
 * Carries a keychain request to a process of its own and gives it up after a time limit. Killing that process is the
 * only limit that holds: see keychain-operation.ts.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { KeychainReply, KeychainRequest } from './keychain-operation.ts'

export type ChannelReply = KeychainReply | { readonly ok: false; readonly phase: 'timeout'; readonly technical: string }

/** Never throws. Under Electron the host starts the process: keychain-helper.ts. */
export type KeychainChannel = (request: KeychainRequest, timeoutMs: number) => Promise<ChannelReply>

export interface ChildChannelSettings {
  /** The script of the child: keychain-child.ts, or what the build made of it. */
  readonly entry?: string
  /** The Node to run it with; the one that runs now, unless told. */
  readonly execPath?: string
}

const replySchema = z.union([
  z.object({ ok: z.literal(true), key: z.string().nullable(), removed: z.boolean().optional() }),
  z.object({ ok: z.literal(false), phase: z.enum(['reach', 'operate']), technical: z.string() }),
])

/** A channel that starts a child of Node for each request (about 60 ms). */
export function childChannel(settings: ChildChannelSettings = {}): KeychainChannel {
  const entry = settings.entry ?? fileURLToPath(new URL('./keychain-child.ts', import.meta.url))
  // A packaged Electron would start the whole app a second time instead of a script.
  if (settings.execPath === undefined && process.versions.electron !== undefined)
    return async () => ({ ok: false, phase: 'reach', technical: 'the host offers no process for the keychain' })
  return (request, timeoutMs) => ask(request, { entry, execPath: settings.execPath ?? process.execPath, timeoutMs })
}

interface AskSettings {
  readonly entry: string
  readonly execPath: string
  readonly timeoutMs: number
}

function ask(request: KeychainRequest, { entry, execPath, timeoutMs }: AskSettings): Promise<ChannelReply> {
  return new Promise((resolve) => {
    const { NODE_OPTIONS: _options, ...env } = process.env
    const child = spawn(execPath, [entry], { env, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true })
    const output: Buffer[] = []
    const settle = (reply: ChannelReply): void => {
      clearTimeout(timer)
      for (const part of output) part.fill(0)
      resolve(reply)
    }
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      settle({ ok: false, phase: 'timeout', technical: `no answer within ${timeoutMs} ms` })
    }, timeoutMs)
    child.stdout.on('data', (part: Buffer) => output.push(part))
    child.stdin.on('error', () => undefined)
    child.once('error', (error) => settle({ ok: false, phase: 'reach', technical: String(error) }))
    child.once('close', (code) => settle(replyOf(output, code)))
    child.stdin.end(JSON.stringify(request))
  })
}

/** What the child wrote is checked, and never shown: it may hold the key. */
function replyOf(output: readonly Buffer[], code: number | null): ChannelReply {
  const all = Buffer.concat(output)
  const text = all.toString()
  all.fill(0)
  const broken = { ok: false, phase: 'operate', technical: `the keychain process ended with code ${code}` } as const
  if (text === '') return broken
  try {
    return readReply(JSON.parse(text)) ?? broken
  } catch {
    return broken
  }
}

/** A reply as it came from the process, or null for anything else. */
export function readReply(value: unknown): KeychainReply | null {
  const parsed = replySchema.safeParse(value)
  if (!parsed.success) return null
  const reply = parsed.data
  if (!reply.ok) return reply
  return { ok: true, key: reply.key, ...(reply.removed === undefined ? {} : { removed: reply.removed }) }
}

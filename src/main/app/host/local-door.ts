/**
 * The second door of a running host: a local socket (a pipe on Windows) for the command line and for a second start.
 * Who can read the token file of the data folder may enter; the first message must show the token.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import type { Dispatch } from '#main/rpc/dispatch.ts'
import { type CoreDoor, serveLink } from '#main/rpc/serve-link.ts'
import { createSocketLink, type SocketLink } from '#main/rpc/socket-link.ts'
import type { Envelope } from '#shared/contract/contract.ts'
import { readRawMessage } from '#shared/contract/link.ts'
import { errorInfoOf } from '#shared/errors.ts'
import { writePrivateFile } from './files/private-file.ts'

export interface LocalDoorOptions {
  readonly core: CoreDoor
  readonly dataFolder: string
  /** Where the socket may lie, and what its name begins with (runtime-folder.ts). */
  readonly runtimeFolder: string
  readonly tag: string
  readonly platform: NodeJS.Platform
  /** What only the host itself can answer: a new link for a browser. Throws AppError where the host has none. */
  readonly newLink: () => string
}

export interface LocalDoor {
  readonly close: () => Promise<void>
}

/** What the token file says; read by connect-to-host.ts. */
export interface DoorFile {
  readonly socket: string
  readonly token: string
}

/** Asked on the socket beside the procedures of the contract. */
export const newLinkCall = 'host.new-link'

const helloWithinMs = 2_000

export function doorFileOf(dataFolder: string): string {
  return join(dataFolder, 'host.json')
}

export async function openLocalDoor(options: LocalDoorOptions): Promise<LocalDoor> {
  const { dataFolder, runtimeFolder, tag, platform } = options
  const token = randomBytes(32).toString('base64url')
  const name = `${tag}-${randomBytes(6).toString('hex')}`
  const socketPath = platform === 'win32' ? `\\\\.\\pipe\\patchbay-${name}` : join(runtimeFolder, `${name}.sock`)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    admit(createSocketLink(socket), token, options)
  })
  await listenOn(server, socketPath)
  const file = doorFileOf(dataFolder)
  const content: DoorFile = { socket: socketPath, token }
  writePrivateFile(file, JSON.stringify(content))
  const close = async (): Promise<void> => {
    rmSync(file, { force: true })
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return { close }
}

/** Nothing is answered before the token was shown; a wrong one, or none in time, ends the connection. */
function admit(link: SocketLink, token: string, options: LocalDoorOptions): void {
  let isIn = false
  const timer = setTimeout(() => link.close(), helloWithinMs)
  link.onClose(() => clearTimeout(timer))
  link.onMessage((received) => {
    if (isIn) return
    const message = readRawMessage(received)
    if (message?.kind !== 'hello' || !isToken(message.parts.token, token)) {
      link.close()
      return
    }
    isIn = true
    clearTimeout(timer)
    const stop = serveLink(link, { dispatch: withHostCalls(options), subscribe: options.core.subscribe })
    link.onClose(stop)
    link.post({ kind: 'welcome' })
  })
}

function isToken(shown: unknown, token: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return typeof shown === 'string' && timingSafeEqual(hash(shown), hash(token))
}

function withHostCalls({ core, newLink }: LocalDoorOptions): Dispatch {
  return async (name, input, context) =>
    name === newLinkCall ? answerNewLink(newLink) : core.dispatch(name, input, context)
}

function answerNewLink(newLink: () => string): Envelope {
  try {
    return { ok: true, value: { link: newLink() } }
  } catch (thrown) {
    return { ok: false, error: errorInfoOf(thrown) }
  }
}

function listenOn(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

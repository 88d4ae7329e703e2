/** Finds the host that runs on a data folder and talks to it: for the command line and for a second start. */
import { connect, type Socket } from 'node:net'
import { startTimer } from '#main/rpc/clock.ts'
import { hostGone } from '#main/rpc/failures.ts'
import { createSocketLink, type SocketLink } from '#main/rpc/socket-link.ts'
import { createClient, type TimedClient } from '#shared/contract/client.ts'
import { readEnvelope } from '#shared/contract/envelope.ts'
import { readRawMessage } from '#shared/contract/link.ts'
import { createLinkTransport } from '#shared/contract/link-transport.ts'
import type { Subscribe } from '#shared/contract/transport.ts'
import { AppError } from '#shared/errors.ts'
import { readIfThere } from './files/private-file.ts'
import { type DoorFile, doorFileOf, newLinkCall } from './local-door.ts'

export interface HostConnection {
  readonly client: TimedClient
  readonly subscribe: Subscribe
  /** A fresh link to the window, good for one use within ten minutes. Throws AppError when the host is gone. */
  readonly newLink: () => Promise<string>
  readonly close: () => void
}

const answerWithinMs = 5_000

/** null: no host runs on this data folder. */
export async function connectToHost(dataFolder: string): Promise<HostConnection | null> {
  const door = readDoorFile(readIfThere(doorFileOf(dataFolder)))
  if (!door) return null
  const socket = connect(door.socket)
  const link = createSocketLink(socket)
  if (!(await isWelcome(socket, link, door.token))) {
    socket.destroy()
    return null
  }
  const transport = createLinkTransport(link)
  link.onClose(() => transport.end(hostGone))
  const newLink = async (): Promise<string> => {
    const envelope = readEnvelope(await transport.send(newLinkCall, {}).answer)
    if (!envelope.ok) throw new AppError(envelope.error)
    return linkOf(envelope.value)
  }
  const client = createClient({ send: transport.send, startTimer })
  return { client, subscribe: transport.subscribe, newLink, close: link.close }
}

/** False where nobody listens (a host that was killed leaves its file behind) or the token is refused. */
function isWelcome(socket: Socket, link: SocketLink, token: string): Promise<boolean> {
  return new Promise((resolve) => {
    const stopTimer = startTimer(answerWithinMs, () => resolve(false))
    const finish = (isIn: boolean): void => {
      stopTimer()
      resolve(isIn)
    }
    socket.once('connect', () => link.post({ kind: 'hello', token }))
    link.onMessage((message) => {
      if (readRawMessage(message)?.kind === 'welcome') finish(true)
    })
    link.onClose(() => finish(false))
  })
}

function readDoorFile(text: string | undefined): DoorFile | null {
  try {
    const value: unknown = JSON.parse(text ?? '')
    if (typeof value !== 'object' || value === null || !('socket' in value) || !('token' in value)) return null
    const { socket, token } = value
    return typeof socket === 'string' && typeof token === 'string' ? { socket, token } : null
  } catch {
    return null
  }
}

function linkOf(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'link' in value && typeof value.link === 'string')
    return value.link
  throw new AppError({ ...hostGone, code: 'host-too-old' })
}

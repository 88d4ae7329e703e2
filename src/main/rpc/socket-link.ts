/** A link over a local socket or pipe: one message of JSON per line. */
import type { Socket } from 'node:net'
import type { Link } from '#shared/contract/link.ts'

export interface SocketLink extends Link {
  readonly onClose: (listener: () => void) => void
  readonly close: () => void
}

/** The largest line either side takes: more than any input of the contract; longer ones end the connection. */
const maxLineBytes = 16_000_000

/** Lines that are not JSON are ignored. The socket may already be connected or still connecting. */
export function createSocketLink(socket: Socket): SocketLink {
  const listeners = new Set<(message: unknown) => void>()
  let rest: Buffer[] = []
  let restBytes = 0

  function take(chunk: Buffer): void {
    let from = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      hear(Buffer.concat([...rest, chunk.subarray(from, end)]))
      rest = []
      restBytes = 0
      from = end + 1
    }
    rest.push(chunk.subarray(from))
    restBytes += chunk.length - from
    if (restBytes > maxLineBytes) socket.destroy()
  }

  function hear(line: Buffer): void {
    const message = parsed(line.toString('utf8'))
    if (message !== undefined) for (const listener of [...listeners]) listener(message)
  }

  socket.on('data', take)
  // What a broken connection means is told by 'close', which always follows.
  socket.on('error', () => undefined)
  return {
    post: (message) => {
      if (socket.writable) socket.write(`${JSON.stringify(message)}\n`)
    },
    onMessage: (listener) => {
      listeners.add(listener)
    },
    onClose: (listener) => {
      socket.once('close', listener)
    },
    close: () => {
      socket.end()
      // A peer that does not close its side must not keep ours open.
      setTimeout(() => socket.destroy(), 1_000).unref()
    },
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

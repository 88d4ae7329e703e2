/** The core's side of helper processes that its host starts: asks over the core's own port, and carries messages both ways. */
import type { PortLike } from '#main/rpc/core-port.ts'
import { readRawMessage } from '#shared/contract/link.ts'
import type { StartHelper } from '#shared/helper-process.ts'

/** Said on the port beside the words of core-port.ts; the host's side is main/electron/helper-host.ts. */
export type HelperWish =
  | { readonly kind: 'helper-start'; readonly id: number; readonly name: string; readonly args: readonly string[] }
  | { readonly kind: 'helper-post'; readonly id: number; readonly message: unknown }
  | { readonly kind: 'helper-kill'; readonly id: number }

export type HelperReport =
  | { readonly kind: 'helper-message'; readonly id: number; readonly message: unknown }
  | { readonly kind: 'helper-ended'; readonly id: number }

interface Open {
  readonly listeners: ((message: unknown) => void)[]
  readonly end: () => void
}

/** Listens on the port from now on. */
export function createStartHelper(port: PortLike): StartHelper {
  const open = new Map<number, Open>()
  let lastId = 0
  const post = (wish: HelperWish): void => port.postMessage(wish)

  port.on('message', (received) => {
    const message = readRawMessage(received)
    const helper = message ? open.get(message.id) : undefined
    if (message?.kind === 'helper-message')
      for (const listener of helper?.listeners ?? []) listener(message.parts.message)
    if (message?.kind !== 'helper-ended') return
    open.delete(message.id)
    helper?.end()
  })

  return (name, args) => {
    lastId += 1
    const id = lastId
    const { promise: ended, resolve: end } = Promise.withResolvers<void>()
    const helper: Open = { listeners: [], end }
    open.set(id, helper)
    post({ kind: 'helper-start', id, name, args })
    return {
      post: (message) => post({ kind: 'helper-post', id, message }),
      onMessage: (listener) => void helper.listeners.push(listener),
      kill: () => post({ kind: 'helper-kill', id }),
      ended,
    }
  }
}

/** Passes messages between windows and the core. Each page has a line of its own, which ends with the page. */
import { type CoreDoor, serveLink } from '#main/rpc/serve-link.ts'
import { readRawMessage } from '#shared/contract/link.ts'
import { desktopChannels, pageLoaded } from '#shared/desktop-bridge.ts'

/** What of a window's contents is used. */
export interface RelayedContents {
  readonly send: (channel: string, message: object) => void
  readonly isDestroyed: () => boolean
  readonly once: (event: 'destroyed', listener: () => void) => unknown
}

interface PageLine {
  readonly take: (message: unknown) => void
  readonly stop: () => void
}

export type CoreRelay = (contents: RelayedContents, message: unknown) => void

/** Answers where to put what arrives. A message of a page that did not say that it was loaded goes nowhere. */
export function createCoreRelay(core: CoreDoor): CoreRelay {
  const lines = new WeakMap<RelayedContents, PageLine>()
  return (contents, message) => {
    if (readRawMessage(message)?.kind !== pageLoaded.kind) {
      lines.get(contents)?.take(message)
      return
    }
    const before = lines.get(contents)
    before?.stop()
    lines.set(contents, openLine(core, contents))
    if (!before) contents.once('destroyed', () => lines.get(contents)?.stop())
  }
}

function openLine(core: CoreDoor, contents: RelayedContents): PageLine {
  const listeners: ((message: unknown) => void)[] = []
  const post = (message: object): void => {
    if (!contents.isDestroyed()) contents.send(desktopChannels.core, message)
  }
  const stop = serveLink({ post, onMessage: (listener) => void listeners.push(listener) }, core)
  return {
    take: (message) => {
      for (const listener of listeners) listener(message)
    },
    stop,
  }
}

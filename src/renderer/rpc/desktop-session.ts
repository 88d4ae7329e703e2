/** The page's session with the Electron host: the line is there from the start, and nobody has to sign in. */
import { createClient } from '#shared/contract/client.ts'
import type { LinkTransport } from '#shared/contract/link-transport.ts'
import type { DesktopBridge } from '#shared/desktop-bridge.ts'
import type { Session, SessionPage } from './session.ts'

/** The bridge of the preload; undefined in a browser. */
export function findDesktop(page: object): DesktopBridge | undefined {
  // Put there by the preload before the first script of the page runs; nothing else has this name.
  return 'patchbay' in page ? (page.patchbay as DesktopBridge) : undefined
}

/** A core that is away answers calls itself with words, so the page always counts as connected. */
export function createDesktopSession(
  line: LinkTransport,
  startTimer: SessionPage['startTimer'],
): Pick<Session, 'open' | 'client' | 'listen'> {
  return {
    open: async () => 'ready',
    client: createClient({ send: line.send, startTimer }),
    listen: ({ onMessage, onConnected }) => {
      onConnected(true)
      return line.subscribe(onMessage)
    },
  }
}

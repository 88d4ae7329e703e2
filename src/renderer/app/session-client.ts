/** The window's one way to the core and to its host: the only file that touches renderer/rpc. */

import { browserPage } from '#renderer/rpc/browser-page.ts'
import { createDesktopSession, findDesktop } from '#renderer/rpc/desktop-session.ts'
import { browserCapabilities, desktopCapabilities, type HostCapabilities } from '#renderer/rpc/host-capabilities.ts'
import { createSession, type SessionListeners, type SessionState } from '#renderer/rpc/session.ts'
import type { Client } from '#shared/contract/contract.ts'
import { createLinkTransport } from '#shared/contract/link-transport.ts'

const desktop = findDesktop(window)
const page = browserPage()
const session = desktop ? createDesktopSession(createLinkTransport(desktop), page.startTimer) : createSession(page)

/** Once, before anything is drawn: exchanges the token of the address, or takes the session of this tab up again. */
export function openSession(): Promise<SessionState> {
  return session.open()
}

export const client: Client = session.client

/** Answers how to stop. */
export function listenToEvents(listeners: SessionListeners): () => void {
  return session.listen(listeners)
}

export const host: HostCapabilities = desktop ? desktopCapabilities(desktop) : browserCapabilities

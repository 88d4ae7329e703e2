/** The window's one way to the core: the only file that touches renderer/rpc. */

import { browserPage } from '#renderer/rpc/browser-page.ts'
import { createSession, type SessionListeners, type SessionState } from '#renderer/rpc/session.ts'
import type { Client } from '#shared/contract/contract.ts'

const session = createSession(browserPage())

/** Once, before anything is drawn: exchanges the token of the address, or takes the session of this tab up again. */
export function openSession(): Promise<SessionState> {
  return session.open()
}

export const client: Client = session.client

/** Answers how to stop. */
export function listenToEvents(listeners: SessionListeners): () => void {
  return session.listen(listeners)
}

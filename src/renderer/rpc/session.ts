/**
 * The page's session with the headless host: a link with a one-time token is exchanged for a bearer, which stays in
 * this tab and survives a reload. No cookie. What the page cannot get by itself is a new link; then it says so.
 */
import { createClient, type TimedClient } from '#shared/contract/client.ts'
import { readEnvelope } from '#shared/contract/envelope.ts'
import type { EventMessage } from '#shared/contract/events.ts'
import { type EventPosition, positionAfter } from '#shared/contract/transport.ts'
import { AppError } from '#shared/errors.ts'
import { readEvents } from './event-stream.ts'
import { authorization, createHttpTransport, type Fetch, type Line, post } from './http-transport.ts'

/** 'needs-link': the page must tell how to get a new link ("npm start" or "patchbay serve"). */
export type SessionState = 'ready' | 'needs-link'

export interface SessionListeners {
  readonly onMessage: (message: EventMessage) => void
  readonly onConnected: (isConnected: boolean) => void
  /** The host was started anew or has dropped this page: show how to get a new link. */
  readonly onSessionEnd: () => void
}

export interface Session {
  /** Uses the token of the address, if there is one, and takes it out of the address. Once per load of the page. */
  readonly open: () => Promise<SessionState>
  readonly client: TimedClient
  /** Answers how to stop. A hidden page stops reading after a while and goes on when it is shown. */
  readonly listen: (listeners: SessionListeners) => () => void
  /** A link for another tab, good for one use within ten minutes. Throws AppError. */
  readonly newLink: () => Promise<string>
}

/** What of the browser is used. */
export interface SessionPage {
  readonly fetch: Fetch
  /** '' in the page itself. */
  readonly base: string
  /** The token of the address, taken out of it. */
  readonly takeToken: () => string | null
  readonly storage: {
    readonly read: () => string | null
    readonly write: (bearer: string) => void
    readonly clear: () => void
  }
  readonly isHidden: () => boolean
  /** Answers how to stop. */
  readonly onVisibility: (listener: () => void) => () => void
  readonly startTimer: (durationMs: number, action: () => void) => () => void
}

/** Browsers open six connections to one host: hidden tabs must not hold them. */
const hiddenPatienceMs = 20_000

export function createSession(page: SessionPage): Session {
  const ends = new Set<() => void>()
  const line: Line = {
    fetch: page.fetch,
    base: page.base,
    bearer: page.storage.read,
    onNeedsLink: () => {
      page.storage.clear()
      for (const end of [...ends]) end()
    },
  }
  const send = createHttpTransport(line).send
  return {
    open: () => open(page, line),
    client: createClient({ send, startTimer: page.startTimer }),
    listen: (listeners) => {
      ends.add(listeners.onSessionEnd)
      const stop = listenWhileShown(page, line, listeners)
      return () => {
        ends.delete(listeners.onSessionEnd)
        stop()
      }
    },
    newLink: async () => {
      const token = textOf(await post(line, { path: '/session/link', body: {} }), 'token')
      return `${page.base || location.origin}/#t=${token}`
    },
  }
}

async function open(page: SessionPage, line: Line): Promise<SessionState> {
  const token = page.takeToken()
  if (token !== null && (await exchange(page, token))) return 'ready'
  if (page.storage.read() === null) return 'needs-link'
  return checkBearer(page, line)
}

/** A link of yesterday in a tab that is signed in must not sign it out: the old bearer is tried then. */
async function exchange(page: SessionPage, token: string): Promise<boolean> {
  const line: Line = { fetch: page.fetch, base: page.base, bearer: () => null, onNeedsLink: () => undefined }
  try {
    page.storage.write(textOf(await post(line, { path: '/session', body: { t: token } }), 'bearer'))
    return true
  } catch {
    return false
  }
}

/** A host that cannot be reached says nothing about the session: the page opens and shows that it is not connected. */
async function checkBearer(page: SessionPage, line: Line): Promise<SessionState> {
  try {
    const response = await page.fetch(`${page.base}/session/check`, { headers: authorization(line) })
    if (response.status !== 401) return 'ready'
    page.storage.clear()
    return 'needs-link'
  } catch {
    return 'ready'
  }
}

function textOf(answer: unknown, part: string): string {
  const envelope = readEnvelope(answer)
  if (!envelope.ok) throw new AppError(envelope.error)
  // Looked into as an object with unknown parts.
  const text = (envelope.value as Readonly<Record<string, unknown>> | null)?.[part]
  if (typeof text === 'string') return text
  throw new AppError({
    kind: 'bug',
    code: 'answer-not-understood',
    message: 'Patchbay got an answer it does not know.',
  })
}

function listenWhileShown(page: SessionPage, line: Line, listeners: SessionListeners): () => void {
  let position: EventPosition | undefined
  let stopReading: (() => void) | null = null
  let stopTimer = (): void => undefined
  const onMessage = (message: EventMessage): void => {
    position = positionAfter(message) ?? position
    listeners.onMessage(message)
  }
  const start = (): void => {
    const { onConnected } = listeners
    const from = position ? { after: position } : {}
    stopReading ??= readEvents({ line, onMessage, onConnected, startTimer: page.startTimer, ...from })
  }
  const stop = (): void => {
    stopReading?.()
    stopReading = null
  }
  const stopWatching = page.onVisibility(() => {
    stopTimer()
    if (page.isHidden()) stopTimer = page.startTimer(hiddenPatienceMs, stop)
    else start()
  })
  start()
  return () => {
    stopTimer()
    stopWatching()
    stop()
  }
}

/**
 * What every request must pass before anything looks at it, in this order. The list is a value, so that tests can
 * take one check out and show that the request then gets through.
 */
import type { IncomingMessage } from 'node:http'
import { type Refusal, refusals } from './refusals.ts'
import { routeOf } from './routes.ts'
import type { Sessions } from './sessions.ts'

export interface CheckSurroundings {
  readonly port: number
  readonly sessions: Sessions
}

export interface RequestCheck {
  readonly id: 'host' | 'path' | 'origin' | 'fetch-site' | 'bearer' | 'method' | 'content-type'
  /** null: passed. */
  readonly refuse: (request: IncomingMessage, surroundings: CheckSurroundings) => Refusal | null
}

export const standardChecks: readonly RequestCheck[] = [
  { id: 'host', refuse: refuseHost },
  { id: 'path', refuse: refusePath },
  { id: 'origin', refuse: refuseOrigin },
  { id: 'fetch-site', refuse: refuseFetchSite },
  { id: 'bearer', refuse: refuseBearer },
  { id: 'method', refuse: refuseMethod },
  { id: 'content-type', refuse: refuseContentType },
]

/** Exact names: a page of another name that was made to point to this computer (DNS rebinding) still sends its own. */
function refuseHost({ headers }: IncomingMessage, { port }: CheckSurroundings): Refusal | null {
  return hostsOf(port).includes(headers.host ?? '') ? null : refusals.wrongAddress
}

function hostsOf(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`]
}

/** No escapes: nothing the host serves has any, so nothing needs decoding and nothing can hide in it. */
function refusePath({ url }: IncomingMessage): Refusal | null {
  return /^\/[\w.~/-]*(\?[\w.~=&%-]*)?$/.test(url ?? '') ? null : refusals.badPath
}

/** Browsers send it with every POST; whoever sends none is no page of ours. */
function refuseOrigin({ headers, method }: IncomingMessage, { port }: CheckSurroundings): Refusal | null {
  if (headers.origin === undefined) return isReading(method) ? null : refusals.foreignPage
  return hostsOf(port).some((host) => headers.origin === `http://${host}`) ? null : refusals.foreignPage
}

function isReading(method: string | undefined): boolean {
  return method === 'GET' || method === 'HEAD'
}

/**
 * A page on another port of this computer is 'same-site' and refused like any other. Opening the start page itself
 * is let through from anywhere: a link must work, the page holds nothing, and it may not be framed.
 */
function refuseFetchSite(request: IncomingMessage): Refusal | null {
  const site = request.headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return null
  return isOpeningStartPage(request) ? null : refusals.foreignPage
}

function isOpeningStartPage({ headers, method, url }: IncomingMessage): boolean {
  const isDocument = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  return isDocument && method === 'GET' && url === '/'
}

function refuseBearer({ url, headers }: IncomingMessage, { sessions }: CheckSurroundings): Refusal | null {
  if (!routeOf(url).needsBearer) return null
  const bearer = /^Bearer ([\w-]{1,100})$/.exec(headers.authorization ?? '')?.[1]
  if (bearer !== undefined && sessions.isBearer(bearer)) return null
  if (sessions.isBarred('bearer')) return refusals.tooManyTries
  sessions.noteFailure('bearer')
  return refusals.needsLink
}

function refuseMethod({ url, method }: IncomingMessage): Refusal | null {
  return routeOf(url).methods.includes(method ?? '') ? null : refusals.wrongMethod
}

/** A form of a foreign page can send text, never this type without asking first. */
function refuseContentType({ headers, method }: IncomingMessage): Refusal | null {
  if (isReading(method)) return null
  return /^application\/json(\s*;\s*charset=utf-8)?$/i.test(headers['content-type'] ?? '') ? null : refusals.notJson
}

/**
 * The error table: what each HTTP status means for the person who must act. A connector overrides single rows.
 * Texts that come from the service are shortened and scrubbed of secrets.
 */

import type { ErrorInfo, ErrorKind } from '#shared/errors.ts'
import { isJsonObject, parseJson } from '#shared/json.ts'
import { type Asked, keptOf } from './error-words.ts'
import type { HttpReply } from './http.ts'
import type { Scrub } from './scrub.ts'

interface Row {
  readonly kind: ErrorKind
  readonly code: string
  readonly says: string
  readonly next: string
}

const fixValues = 'Look at the values in the details, correct the record or the mapping, and try again.'
const fixSettings = 'Check the settings of the connection against the description of the service.'
const waitForIt = 'Nothing to do: Patchbay tries again. If it stays, look at the status page of the service.'

const writeRows: Readonly<Record<number, Row>> = {
  400: { kind: 'data', code: 'request-refused', says: 'did not understand the values it was sent', next: fixValues },
  404: {
    kind: 'data',
    code: 'not-found',
    says: 'has no such record (or no such address)',
    next: 'The record may have been deleted there. Look it up at the service, then decide.',
  },
}

const rows: Readonly<Record<number, Row>> = {
  400: { kind: 'config', code: 'request-refused', says: 'did not understand the question', next: fixSettings },
  401: {
    kind: 'config',
    code: 'not-authorized',
    says: 'does not accept the key of this connection',
    next: 'Open the connection and enter the key again, or make a new one at the service.',
  },
  402: {
    kind: 'config',
    code: 'payment-required',
    says: 'asks for payment first',
    next: 'Check your plan at the service.',
  },
  403: {
    kind: 'config',
    code: 'not-allowed',
    says: 'does not allow this with the key of this connection',
    next: 'Give the key the missing permission at the service, then test the connection.',
  },
  404: { kind: 'data', code: 'not-found', says: 'does not have what was asked for', next: fixSettings },
  405: { kind: 'config', code: 'not-supported', says: 'does not support this kind of request', next: fixSettings },
  408: { kind: 'transient', code: 'request-timeout', says: 'did not receive the request in time', next: waitForIt },
  409: {
    kind: 'conflict',
    code: 'conflict',
    says: 'already has something that contradicts this',
    next: 'Compare both sides and choose which one counts.',
  },
  410: { kind: 'data', code: 'gone', says: 'no longer has what was asked for', next: 'Start the reading again.' },
  412: {
    kind: 'conflict',
    code: 'stale-version',
    says: 'has a newer version of this record',
    next: 'Nothing to do: the record is read again and compared anew.',
  },
  413: {
    kind: 'data',
    code: 'request-too-large',
    says: 'finds the request too large',
    next: 'Shorten long texts of the record, or lower the batch size.',
  },
  415: { kind: 'config', code: 'wrong-format', says: 'does not accept this format', next: fixSettings },
  422: { kind: 'data', code: 'values-refused', says: 'does not accept these values', next: fixValues },
  428: {
    kind: 'conflict',
    code: 'version-missing',
    says: 'demands the version a change was made from',
    next: 'Set the version field of the object in the connection.',
  },
  429: {
    kind: 'rate-limited',
    code: 'rate-limited',
    says: 'asks us to slow down',
    next: 'Nothing to do: Patchbay waits and goes on by itself.',
  },
  501: { kind: 'config', code: 'not-supported', says: 'does not offer this', next: fixSettings },
}

const unavailable: Row = {
  kind: 'transient',
  code: 'service-unavailable',
  says: 'has trouble at the moment',
  next: waitForIt,
}
const redirected: Row = {
  kind: 'config',
  code: 'redirected',
  says: 'sends us to another address',
  next: 'Enter the final address of the service in the connection.',
}

function rowOf(status: number, isWrite: boolean): Row {
  const row = (isWrite ? writeRows[status] : undefined) ?? rows[status]
  if (row) return row
  if (status >= 500) return unavailable
  if (status >= 300 && status < 400) return redirected
  return { kind: isWrite ? 'data' : 'config', code: 'refused', says: 'refused this', next: fixSettings }
}

/** Statuses after which a write may have been processed although it was not confirmed. */
export function isUncertainStatus(status: number): boolean {
  return status >= 500 || status === 408 || status === 302 || status === 303 || status < 200
}

/** Statuses given before anything is processed. */
export function isUnprocessedStatus(status: number): boolean {
  return status === 429 || status === 401
}

/** The table's error for an answer. */
export function statusError(reply: HttpReply, asked: Asked, scrub: Scrub): ErrorInfo {
  const { kind, code, says, next } = rowOf(reply.status, asked.isWrite)
  const said = scrub(wordsOfService(reply.text)).slice(0, 200)
  const wasProcessed = asked.isWrite && isUncertainStatus(reply.status)
  return {
    kind,
    code,
    message: `${asked.host} ${says} (${asked.what}, answer ${reply.status}).${said === '' ? '' : ` It says: “${said}”`}`,
    kept: keptOf(asked, wasProcessed),
    next,
    details: {
      host: asked.host,
      asked: asked.what,
      status: reply.status,
      answer: excerpt(reply.text, scrub),
    },
  }
}

/** At most 300 characters of a body, in one line, without secrets. */
export function excerpt(text: string, scrub: Scrub): string {
  // Scrubbed before it is cut: half a secret is no longer recognized.
  return scrub(text.slice(0, 20_000)).replace(/\s+/g, ' ').trim().slice(0, 300)
}

const wordKeys = ['message', 'detail', 'error_description', 'title', 'reason', 'error', 'errors']

/** The sentence a JSON error carries in one of its usual places; empty where there is none. */
function wordsOfService(text: string): string {
  if (!text.startsWith('{') || text.length > 100_000) return ''
  try {
    return findWords(parseJson(text), 0)
  } catch {
    // Not JSON after all: the excerpt in the details has it.
    return ''
  }
}

function findWords(value: unknown, depth: number): string {
  if (typeof value === 'string') return depth === 0 ? '' : value
  if (depth > 3) return ''
  if (Array.isArray(value)) return findWords(value[0], depth + 1)
  if (!isJsonObject(value)) return ''
  for (const key of wordKeys) {
    const found = value[key] === undefined ? '' : findWords(value[key], depth + 1)
    if (found !== '') return found
  }
  return ''
}

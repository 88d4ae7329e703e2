/** Calls of the page over HTTP, with its bearer. */
import type { Transport } from '#shared/contract/transport.ts'
import { AppError, type ErrorInfo } from '#shared/errors.ts'

/** What of `fetch` is used; also satisfied by Node's. */
export type Fetch = (address: string, init: RequestInit) => Promise<Response>

export interface Line {
  readonly fetch: Fetch
  /** '' in the page: the address it came from. */
  readonly base: string
  readonly bearer: () => string | null
  /** The host no longer knows this page. */
  readonly onNeedsLink: () => void
}

const notReached: ErrorInfo = {
  kind: 'transient',
  code: 'host-not-reached',
  message: 'Patchbay cannot be reached; it may have been stopped.',
  kept: 'What you saved before is kept; writes are in the journal and are not done twice.',
  next: 'Start Patchbay again, then look whether this took place.',
}

export function createHttpTransport(line: Line): Transport {
  return {
    send: (name, input) => {
      const caller = new AbortController()
      const request = { path: `/rpc/${encodeURIComponent(name)}`, body: input, signal: caller.signal }
      return { answer: post(line, request), abandon: () => caller.abort() }
    },
  }
}

interface PostRequest {
  readonly path: string
  readonly body: unknown
  readonly signal?: AbortSignal
}

/** The JSON that came back, whatever the status. Rejects with AppError when nothing came back. */
export async function post(line: Line, { path, body, signal }: PostRequest): Promise<unknown> {
  try {
    const response = await line.fetch(`${line.base}${path}`, {
      method: 'POST',
      headers: { ...authorization(line), 'content-type': 'application/json' },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    })
    const answer: unknown = await response.json()
    if (response.status === 401) line.onNeedsLink()
    return answer
  } catch (thrown) {
    throw new AppError(notReached, thrown)
  }
}

export function authorization(line: Line): Readonly<Record<string, string>> {
  const bearer = line.bearer()
  return bearer === null ? {} : { authorization: `Bearer ${bearer}` }
}

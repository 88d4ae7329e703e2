/**
 * The HTTP client of one connection. Reads are retried within limits; a write goes out exactly once and comes back
 * as answered, not-sent or uncertain. All requests pass one gate, so a 429 stops the whole connection.
 */
import { AppError, type ErrorInfo } from '#shared/errors.ts'
import type { Clock } from './clock.ts'
import { isUncertainStatus, isUnprocessedStatus, statusError } from './error-table.ts'
import { type Asked, cancelledError, networkError } from './error-words.ts'
import { createGate, type Gate, longestPauseMs } from './gate.ts'
import type { HttpClient, HttpOutcome, HttpReply, HttpRequest, HttpSettings } from './http.ts'
import { AnsweredReply, unpack } from './http-reply.ts'
import { type Base, parseBase, redirectTarget, targetOf } from './http-target.ts'
import { createTransport, type Transport, TransportError } from './http-transport.ts'
import { backoffMs, retryAfterMs, throttleMs, withJitter } from './retry-after.ts'
import { makeScrub, type Scrub, scrubError, secretsOfHeaders } from './scrub.ts'
import type { Wait } from './wait.ts'

export interface HttpClientOptions {
  readonly clock: Clock
  /** 0 to 1; for the jitter of waits. */
  readonly random: () => number
  readonly settings: HttpSettings
  /** The secrets of the connection in clear: replaced in every error. */
  readonly secrets?: readonly string[]
  /** Shared by several clients of one account; otherwise the client has its own. */
  readonly gate?: Gate
  /** Told whenever the connection begins to wait, and with undefined when it goes on. */
  readonly onWait?: (wait: Wait | undefined) => void
  readonly transport?: Transport
}

export interface GatedHttpClient extends HttpClient {
  /** What the connection waits for now, or undefined. */
  readonly waiting: () => Wait | undefined
}

const maxTries = 3
const maxRedirects = 5
const defaultMaxBytes = 64 * 1024 * 1024

/** A client for one origin. Throws AppError (config) for an address that must not be used. */
export function createHttpClient(options: HttpClientOptions): GatedHttpClient {
  return new ConnectionClient(options)
}

class ConnectionClient implements GatedHttpClient {
  readonly #clock: Clock
  readonly #random: () => number
  readonly #settings: HttpSettings
  readonly #base: Base
  readonly #gate: Gate
  readonly #transport: Transport
  readonly #scrub: Scrub
  readonly #maxBytes: number
  readonly #headers: Record<string, string>
  readonly #bodyHeaders: Record<string, string>
  #throttledInARow = 0

  constructor(options: HttpClientOptions) {
    const { settings, clock } = options
    this.#clock = clock
    this.#random = options.random
    this.#settings = settings
    this.#base = parseBase(settings.baseUrl)
    this.#maxBytes = settings.maxResponseBytes ?? defaultMaxBytes
    const maxConcurrent = settings.maxConnections ?? 10
    const { rate } = settings
    const { onWait } = options
    this.#gate = options.gate ?? createGate({ clock, maxConcurrent, ...(rate && { rate }), ...(onWait && { onWait }) })
    this.#transport = options.transport ?? transportFor(this.#base, settings, this.#maxBytes)
    this.#headers = { accept: 'application/json', 'user-agent': 'Patchbay', ...lowerCased(settings.headers ?? {}) }
    this.#bodyHeaders = { 'content-type': 'application/json', ...this.#headers }
    const inHeaders = secretsOfHeaders(settings.headers ?? {})
    this.#scrub = makeScrub([...inHeaders, ...(settings.secrets ?? []), ...(options.secrets ?? [])])
  }

  async read(request: HttpRequest): Promise<HttpReply> {
    const asked = this.#asked(request, false)
    let target = targetOf(this.#base, request)
    let redirects = 0
    for (let attempt = 1; ; ) {
      const reply = await this.#exchange(request, target, asked).catch((thrown: unknown) =>
        this.#brokenRead(thrown, asked),
      )
      if (reply instanceof AnsweredReply && (reply.status < 300 || reply.status === 304)) return reply
      const location = reply instanceof AnsweredReply ? redirectOf(reply, request) : undefined
      if (location !== undefined && redirects < maxRedirects) {
        redirects += 1
        target = redirectTarget(this.#base, target, location)
        continue
      }
      await this.#waitBeforeRetry(reply, { attempt, asked, signal: request.signal })
      attempt += 1
    }
  }

  async write(request: HttpRequest): Promise<HttpOutcome> {
    const asked = this.#asked(request, true)
    try {
      const reply = await this.#exchange(request, targetOf(this.#base, request), asked)
      return this.#writeOutcome(reply)
    } catch (thrown) {
      return this.#brokenWrite(thrown, asked)
    }
  }

  errorOf(reply: HttpReply): ErrorInfo {
    const override = this.#settings.errors?.find((row) => row.status === reply.status)
    const asked = reply instanceof AnsweredReply ? reply.context.asked : this.#asked(undefined, false)
    return scrubError(override ? override.error(reply) : statusError(reply, asked, this.#scrub), this.#scrub)
  }

  waiting(): Wait | undefined {
    return this.#gate.waiting()
  }

  close(): Promise<void> {
    return this.#transport.close()
  }

  /** One exchange inside the gate. Throws TransportError, or AppError where the gate does not open. */
  async #exchange(request: HttpRequest, target: string, asked: Asked): Promise<AnsweredReply> {
    const { signal, method } = request
    if (signal.aborted) throw new AppError(cancelledError())
    const opening = this.#gate.enter(signal)
    if (opening) await opening
    try {
      const body = request.body ?? null
      const headers = this.#headersOf(request)
      const raw = await this.#transport.exchange({ method, path: target, headers, body, signal })
      const isPacked = raw.headers['content-encoding'] !== undefined
      const reply = new AnsweredReply(isPacked ? await unpack(raw, this.#maxBytes) : raw, { asked, scrub: this.#scrub })
      // Inside the gate: whoever enters next must already see the pause.
      if (reply.status === 429) this.#throttle(reply)
      else this.#throttledInARow = 0
      return reply
    } finally {
      this.#gate.leave()
    }
  }

  #headersOf(request: HttpRequest): Record<string, string> {
    const base = request.body === undefined ? this.#headers : this.#bodyHeaders
    return request.headers === undefined ? base : { ...base, ...lowerCased(request.headers) }
  }

  /** A 429: the whole connection is silent until the time the service named, and a little longer. */
  #throttle(reply: AnsweredReply): void {
    this.#throttledInARow += 1
    const named = retryAfterMs(reply.headers, this.#clock.now())
    const durationMs =
      named === undefined ? throttleMs(this.#throttledInARow, this.#random) : withJitter(named, this.#random)
    const untilMs = this.#clock.now() + durationMs
    const until = new Date(untilMs).toISOString()
    const table = this.errorOf(reply)
    const error: ErrorInfo = {
      ...table,
      next: `Nothing to do: Patchbay goes on by itself at ${until}.`,
      details: { ...table.details, retryAt: until, retryAfterMs: durationMs },
    }
    const seconds = Math.ceil(durationMs / 1000)
    const message = `${this.#base.host} asked us to slow down; we go on in ${seconds} s.`
    this.#gate.pause({ untilMs, error, wait: { until, reason: 'rate-limited', message } })
  }

  #brokenRead(thrown: unknown, asked: Asked): AppError {
    if (thrown instanceof AppError) throw thrown
    return this.#appErrorOf(thrown, asked)
  }

  /** Returns when the read may be tried again; throws where it may not. */
  async #waitBeforeRetry(
    failure: AnsweredReply | AppError,
    { attempt, asked, signal }: { attempt: number; asked: Asked; signal: AbortSignal },
  ): Promise<void> {
    const error = failure instanceof AppError ? failure : this.#readError(failure)
    const isRetried = error.kind === 'transient' || error.kind === 'rate-limited'
    if (!isRetried || attempt >= maxTries) throw error
    // A 429 has closed the gate already: the next attempt waits there.
    if (failure instanceof AnsweredReply && failure.status === 429) return
    const named = failure instanceof AnsweredReply ? (retryAfterMs(failure.headers, this.#clock.now()) ?? 0) : 0
    if (named > longestPauseMs) throw error
    const durationMs = Math.max(named, backoffMs(attempt, this.#random))
    await this.#clock.sleep(durationMs, signal).catch(() => undefined)
    if (signal.aborted) throw this.#appErrorOf(new TransportError('aborted', false), asked)
  }

  #readError(reply: AnsweredReply): AppError {
    const info = this.errorOf(reply)
    if (reply.status !== 429) return new AppError(info)
    const waitMs = Math.max(0, this.#gate.pausedUntilMs() - this.#clock.now())
    const retryAt = new Date(this.#clock.now() + waitMs).toISOString()
    return new AppError({ ...info, details: { ...info.details, retryAt, retryAfterMs: waitMs } })
  }

  #writeOutcome(reply: AnsweredReply): HttpOutcome {
    const { status } = reply
    if (isUncertainStatus(status)) return { kind: 'uncertain', error: this.errorOf(reply) }
    if (!isUnprocessedStatus(status)) return { kind: 'answered', reply }
    return this.#notSent(this.errorOf(reply))
  }

  #brokenWrite(thrown: unknown, asked: Asked): HttpOutcome {
    if (thrown instanceof AppError) return this.#notSent(thrown.info)
    const error = this.#appErrorOf(thrown, asked).info
    const wasSent = !(thrown instanceof TransportError) || thrown.wasSent
    return wasSent ? { kind: 'uncertain', error } : this.#notSent(error)
  }

  #notSent(error: ErrorInfo): HttpOutcome {
    const retryAfter = this.#gate.pausedUntilMs() - this.#clock.now()
    return { kind: 'not-sent', error, ...(retryAfter > 0 && { retryAfterMs: retryAfter }) }
  }

  #appErrorOf(thrown: unknown, asked: Asked): AppError {
    const { fault, wasSent } = thrown instanceof TransportError ? thrown : { fault: 'reset' as const, wasSent: true }
    const technical = thrown instanceof Error ? thrown.message : String(thrown)
    return new AppError(scrubError(networkError(fault, asked, { wasSent, technical }), this.#scrub), thrown)
  }

  #asked(request: HttpRequest | undefined, isWrite: boolean): Asked {
    return new AskedRequest(this.#base.host, request, isWrite)
  }
}

/** What an error says of a request, put into words only when there is an error. */
class AskedRequest implements Asked {
  readonly host: string
  readonly isWrite: boolean
  readonly #request: HttpRequest | undefined

  constructor(host: string, request: HttpRequest | undefined, isWrite: boolean) {
    this.host = host
    this.isWrite = isWrite
    this.#request = request
  }

  get what(): string {
    if (!this.#request) return 'a request'
    // The query may carry keys and personal data: errors name the path only.
    const path = this.#request.path.replace(/^https?:\/\/[^/]*/, '').split('?')[0] ?? '/'
    return `${this.#request.method} ${path}`
  }
}

function redirectOf(reply: AnsweredReply, request: HttpRequest): string | undefined {
  const isRedirect = [301, 302, 303, 307, 308].includes(reply.status)
  return isRedirect && request.method === 'GET' ? reply.headers.location : undefined
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  const lower: Record<string, string> = {}
  // The name is a key of the headers.
  for (const name of Object.keys(headers)) lower[name.toLowerCase()] = headers[name] as string
  return lower
}

function transportFor(base: Base, settings: HttpSettings, maxResponseBytes: number): Transport {
  const timeoutMs = settings.timeoutMs ?? 30_000
  return createTransport({
    origin: base.origin,
    maxConnections: settings.maxConnections ?? 10,
    maxResponseBytes,
    connectTimeoutMs: settings.connectTimeoutMs ?? 10_000,
    timeoutMs,
    answerTimeoutMs: Math.max(timeoutMs, settings.answerTimeoutMs ?? timeoutMs * 4),
  })
}

/**
 * The HTTP side every practice service shares: loopback only, bearer token, rate limit, body limit, faults.
 * Plain node:http without a framework, because a practice service is also the far end of speed measurements.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#shared/errors.ts'
import type { Json } from '#shared/json.ts'
import type { Faults } from './faults.ts'
import type { RateLimiter } from './rate-limiter.ts'
import { problemReply, type Reply } from './reply.ts'
import { readBody } from './request-body.ts'

export interface ServiceRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly bodyText: string
  readonly body: Json | undefined
}

export interface ServiceHttpOptions {
  readonly port: number
  readonly isAuthorized: (authorization: string | undefined) => boolean
  readonly limiter: RateLimiter
  /** Absent: the service was started without faults. */
  readonly faults?: Faults
  readonly handle: (request: ServiceRequest) => Reply | Promise<Reply>
  /** Paths of the harness (`/v1/_stats`): no rate limit, no faults, not counted. */
  readonly isControlPath: (path: string) => boolean
  /** Told what a handler threw; the caller only sees a 500. */
  readonly onUnexpected: (thrown: unknown) => void
}

interface RequestCounts {
  readonly requests: number
  readonly byStatus: Readonly<Record<string, number>>
  readonly lostResponses: number
}

export interface ServiceHttp {
  readonly port: number
  readonly counts: () => RequestCounts
  /** Stops listening, lets running requests finish (at most `graceMs`), then cuts what is left. */
  readonly close: (graceMs: number) => Promise<void>
}

const badGateway = problemReply(502, { code: 'bad_gateway', message: 'Bad gateway.' })
const emptyQuery = new URLSearchParams()
const loopbackHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i

/** Starts listening on 127.0.0.1; rejects when the port is taken. */
export async function startServiceHttp(options: ServiceHttpOptions): Promise<ServiceHttp> {
  const byStatus = new Map<number, number>()
  let requests = 0
  let lostResponses = 0

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { path, query } = splitTarget(request.url ?? '/')
    const isControl = options.isControlPath(path)
    if (!isControl) requests += 1
    const refusal = gate(options, request, isControl)
    if (refusal) return finish(response, refusal)
    const settings = isControl ? undefined : options.faults?.settings()
    if (settings && settings.latencyMs > 0) await sleep(settings.latencyMs)
    const body = await readBody(request)
    if (body.kind === 'refused') return finish(response, body.reply)
    const reply = await handled({
      method: request.method ?? 'GET',
      path,
      query,
      headers: request.headers,
      bodyText: body.text,
      body: body.json,
    })
    const isWrite = request.method !== 'GET' && reply.status < 300
    if (isControl || !isWrite || !options.faults) return finish(response, reply)
    spoil(response, reply, options.faults)
  }

  async function handled(request: ServiceRequest): Promise<Reply> {
    try {
      return await options.handle(request)
    } catch (thrown) {
      options.onUnexpected(thrown)
      return problemReply(500, { code: 'internal_error', message: 'Something went wrong in the service.' })
    }
  }

  function finish(response: ServerResponse, reply: Reply): void {
    byStatus.set(reply.status, (byStatus.get(reply.status) ?? 0) + 1)
    const headers: Record<string, string | number> = { ...limitHeaders(options.limiter), ...reply.headers }
    if (reply.body !== undefined) {
      headers['content-type'] = 'application/json; charset=utf-8'
      headers['content-length'] = Buffer.byteLength(reply.body)
    }
    response.writeHead(reply.status, headers).end(reply.body)
  }

  function spoil(response: ServerResponse, reply: Reply, faults: Faults): void {
    const fault = faults.after()
    if (fault === 'crash') process.kill(process.pid, 'SIGKILL')
    if (fault === 'none') finish(response, reply)
    else if (fault === 'error-5xx') finish(response, badGateway)
    else lose(response, fault === 'cut-body' ? reply : { status: reply.status })
  }

  function lose(response: ServerResponse, { status, body }: Reply): void {
    lostResponses += 1
    if (body === undefined) {
      response.destroy()
      return
    }
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
    response.write(body.slice(0, body.length / 2), () => response.destroy())
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  // Longer than callers keep idle connections: a connection the server closes first looks like a lost write to them.
  server.keepAliveTimeout = 75_000
  const port = await listen(server, options.port)
  return {
    port,
    counts: () => ({
      requests,
      byStatus: Object.fromEntries([...byStatus].sort((a, b) => a[0] - b[0])),
      lostResponses,
    }),
    close: (graceMs) => close(server, graceMs),
  }
}

/** What stops a request before it is read: foreign host name, wrong token, rate limit, a fault. */
function gate(options: ServiceHttpOptions, request: IncomingMessage, isControl: boolean): Reply | null {
  if (!loopbackHost.test(request.headers.host ?? ''))
    return problemReply(421, { code: 'wrong_host', message: 'Only reachable on this computer.' })
  if (!options.isAuthorized(request.headers.authorization)) {
    return problemReply(
      401,
      { code: 'unauthorized', message: 'The access token is missing or wrong.' },
      { 'www-authenticate': 'Bearer' },
    )
  }
  if (isControl) return null
  const waitMs = options.limiter.take()
  if (waitMs > 0) return throttled(Math.ceil(waitMs / 1000))
  const fault = options.faults?.before() ?? 'none'
  if (fault === 'throttled') return throttled(1)
  if (fault === 'unavailable')
    return problemReply(503, { code: 'unavailable', message: 'The service is down for a moment.' })
  return null
}

function throttled(retryAfterSeconds: number): Reply {
  return problemReply(
    429,
    { code: 'rate_limited', message: `Too many requests; try again in ${retryAfterSeconds} s.` },
    { 'retry-after': String(retryAfterSeconds) },
  )
}

function limitHeaders(limiter: RateLimiter): Record<string, string> {
  if (limiter.limitPerSecond === 0) return {}
  return { 'x-ratelimit-limit': String(limiter.limitPerSecond), 'x-ratelimit-remaining': String(limiter.remaining()) }
}

function splitTarget(target: string): { path: string; query: URLSearchParams } {
  const mark = target.indexOf('?')
  if (mark === -1) return { path: target, query: emptyQuery }
  return { path: target.slice(0, mark), query: new URLSearchParams(target.slice(mark + 1)) }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(portTaken(port, cause)))
    server.listen(port, '127.0.0.1', () => {
      server.removeAllListeners('error')
      // A server that listens on a TCP port has an AddressInfo.
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function portTaken(port: number, cause: Error): AppError {
  return new AppError(
    {
      kind: 'transient',
      code: 'practice-port-taken',
      message: `The practice service could not listen on port ${port}.`,
      kept: 'Nothing was changed.',
      next: 'Choose another port, or let it choose one itself.',
      details: { technical: cause.message },
    },
    cause,
  )
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}

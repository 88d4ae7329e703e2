/** The HTTP side of the headless host: loopback only, every request checked before anything looks at it. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { systemCode } from '#main/app/host/files/private-file.ts'
import type { WindowFiles } from '#main/app/host/window-files.ts'
import { maxInputBytesOf } from '#main/rpc/dispatch.ts'
import type { CoreDoor } from '#main/rpc/serve-link.ts'
import type { Envelope } from '#shared/contract/contract.ts'
import { AppError, type ErrorInfo, errorInfoOf } from '#shared/errors.ts'
import type { JsonObject } from '#shared/json.ts'
import { answerEnvelope, answerRefusal } from './answers.ts'
import { type CheckSurroundings, type RequestCheck, standardChecks } from './checks.ts'
import { createEventStreams } from './event-stream.ts'
import { type Body, readBody } from './read-body.ts'
import { refusals } from './refusals.ts'
import { pathOf, routeOf, rpcPrefix } from './routes.ts'
import type { Sessions } from './sessions.ts'
import { serveFile } from './static-files.ts'

export interface HttpLimits {
  readonly headersTimeoutMs: number
  readonly bodyTimeoutMs: number
  readonly maxHeaderBytes: number
  readonly maxConnections: number
}

export interface HttpHostOptions {
  readonly core: CoreDoor
  readonly sessions: Sessions
  readonly files: WindowFiles
  readonly log: (message: string, details?: JsonObject) => void
  /** Asked for: it must be this one. Otherwise the usual one, or any that is free. */
  readonly port?: number
  readonly limits?: Partial<HttpLimits>
  /** Which checks requests must pass; only tests leave one out. */
  readonly checks?: readonly RequestCheck[]
}

export interface HttpHost {
  readonly port: number
  /** 'http://127.0.0.1:4717' */
  readonly origin: string
  /** From now on requests are answered with words, and event streams end. */
  readonly drain: () => void
  readonly close: () => Promise<void>
}

export const usualPort = 4717
const loopback = '127.0.0.1'
const usualLimits: HttpLimits = {
  headersTimeoutMs: 10_000,
  bodyTimeoutMs: 20_000,
  maxHeaderBytes: 16_384,
  maxConnections: 200,
}
/** Codes of a core that cannot answer now: the page may try again. */
const unavailable: ReadonlySet<string> = new Set(['core-restarting', 'core-stopped', 'core-failed', 'host-stopping'])
const smallBodyBytes = 1_000

/** Listens and answers. Throws AppError `port-in-use` when the port that was asked for is taken. */
export async function openHttpHost(options: HttpHostOptions): Promise<HttpHost> {
  const limits = { ...usualLimits, ...options.limits }
  const streams = createEventStreams(options.core.subscribe)
  let surroundings: CheckSurroundings = { port: 0, sessions: options.sessions }
  let isDraining = false

  const server = createServer(serverSettings(limits), (request, response) => {
    void answer(request, response).catch((thrown: unknown) => {
      options.log('a request failed', { technical: String(errorInfoOf(thrown).details?.technical ?? thrown) })
      answerRefusal(request, response, refusals.unexpected)
    })
  })
  server.maxConnections = limits.maxConnections

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const check of options.checks ?? standardChecks) {
      const refusal = check.refuse(request, surroundings)
      if (refusal) return answerRefusal(request, response, refusal)
    }
    if (isDraining) return answerRefusal(request, response, refusals.stopping)
    switch (routeOf(request.url).name) {
      case 'rpc':
        return answerCall({ request, response, core: options.core, timeoutMs: limits.bodyTimeoutMs })
      case 'events':
        return streams.open(request, response)
      case 'session':
        return answerSession({ request, response, sessions: options.sessions, timeoutMs: limits.bodyTimeoutMs })
      case 'session-check':
        return answerEnvelope(response, 200, { ok: true, value: {} })
      case 'link':
        return answerEnvelope(response, 200, { ok: true, value: { token: options.sessions.mintToken() } })
      case 'health':
        return answerEnvelope(response, 200, { ok: true, value: {} })
      default:
        return serveFile(options.files, request, response)
    }
  }

  const port = await listen(server, options.port)
  surroundings = { ...surroundings, port }
  return {
    port,
    origin: `http://${loopback}:${port}`,
    drain: () => {
      isDraining = true
      streams.closeAll()
    },
    close: () => closeServer(server),
  }
}

function serverSettings(limits: HttpLimits) {
  return {
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.headersTimeoutMs + limits.bodyTimeoutMs,
    maxHeaderSize: limits.maxHeaderBytes,
    connectionsCheckingInterval: 1_000,
    keepAliveTimeout: 5_000,
  }
}

interface Asked {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly timeoutMs: number
}

async function answerCall({ request, response, core, timeoutMs }: Asked & { readonly core: CoreDoor }): Promise<void> {
  const name = pathOf(request.url).slice(rpcPrefix.length)
  const body = await readBody(request, { maxBytes: maxInputBytesOf(name), timeoutMs })
  if (body.kind !== 'json') return answerBody(body, request, response)
  const caller = new AbortController()
  response.on('close', () => caller.abort())
  const envelope = await core.dispatch(name, body.value, { signal: caller.signal })
  answerEnvelope(response, statusOf(envelope), envelope)
}

function statusOf(envelope: Envelope): number {
  return !envelope.ok && unavailable.has(envelope.error.code) ? 503 : 200
}

function answerBody(body: Body, request: IncomingMessage, response: ServerResponse): void {
  if (body.kind === 'refused') answerRefusal(request, response, body.refusal)
}

async function answerSession(asked: Asked & { readonly sessions: Sessions }): Promise<void> {
  const { request, response, sessions, timeoutMs } = asked
  const body = await readBody(request, { maxBytes: smallBodyBytes, timeoutMs })
  if (body.kind !== 'json') return answerBody(body, request, response)
  if (sessions.isBarred('link')) return answerRefusal(request, response, refusals.tooManyTries)
  const bearer = sessions.exchange(tokenOf(body.value))
  if (bearer !== null) return answerEnvelope(response, 200, { ok: true, value: { bearer } })
  sessions.noteFailure('link')
  answerRefusal(request, response, refusals.needsLink)
}

function tokenOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 't' in body && typeof body.t === 'string' ? body.t : ''
}

async function listen(server: Server, asked: number | undefined): Promise<number> {
  try {
    return await listenOn(server, asked ?? usualPort)
  } catch (thrown) {
    const code = systemCode(thrown)
    const isTaken = code === 'EADDRINUSE' || code === 'EACCES'
    if (!isTaken) throw thrown
    if (asked !== undefined) throw new AppError(portInUse(asked, code), thrown)
    return listenOn(server, 0)
  }
}

function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: loopback, port, exclusive: true }, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

function portInUse(port: number, code: string): ErrorInfo {
  const isForbidden = code === 'EACCES'
  return {
    kind: 'config',
    code: 'port-in-use',
    message: isForbidden ? `You may not use port ${port}.` : `Port ${port} is already used by another program.`,
    kept: 'Nothing was opened and nothing has changed.',
    next: 'Name another port with --port <number>, or leave it out: Patchbay then finds a free one.',
    details: { port, system: code },
  }
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}

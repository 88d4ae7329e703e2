/**
 * Stands in for the core: serves the built window under the product's content policy and answers calls from prepared
 * answers. Every input and every answer goes through the contract, so a prepared answer cannot lie about its shape.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join, normalize } from 'node:path'
import { contentSecurityPolicy } from '#main/app/host/security-headers.ts'
import {
  contract,
  type Envelope,
  type Output,
  type ParsedInput,
  type ProcedureName,
} from '#shared/contract/contract.ts'
import type { AppEvent, EventMessage } from '#shared/contract/events.ts'
import { AppError, errorInfoOf } from '#shared/errors.ts'
import { rendererFolder } from './build-renderer.ts'

export type Answers = {
  [N in ProcedureName]?: (input: ParsedInput<N>) => Output<N> | Promise<Output<N>>
}

export interface StandIn {
  /** With the one-time token in the fragment. */
  readonly link: () => string
  readonly origin: string
  readonly answers: Answers
  readonly calls: { readonly name: string; readonly input: unknown }[]
  readonly publish: (event: AppEvent) => void
  /** Breaks every open event stream and refuses calls until `wake`, as a core that starts again does. */
  readonly sleep: () => void
  readonly wake: () => void
  readonly stop: () => Promise<void>
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
}

export async function startStandIn(answers: Answers): Promise<StandIn> {
  const state = {
    answers: { ...answers },
    calls: [] as { name: string; input: unknown }[],
    streams: new Set<ServerResponse>(),
    tokens: new Set<string>(),
    bearers: new Set<string>(),
    isAsleep: false,
    seq: 0,
  }
  const server = createServer((request, response) => void reply(request, response, state))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the stand-in has no port')
  const origin = `http://127.0.0.1:${address.port}`
  const send = (message: EventMessage): void => {
    for (const stream of state.streams) stream.write(`${JSON.stringify(message)}\n`)
  }
  return {
    origin,
    link: () => {
      const token = randomBytes(16).toString('hex')
      state.tokens.add(token)
      return `${origin}/#t=${token}`
    },
    answers: state.answers,
    calls: state.calls,
    publish: (event) => send({ kind: 'event', boot: 'one', seq: ++state.seq, event }),
    sleep: () => {
      state.isAsleep = true
      for (const stream of state.streams) stream.destroy()
      state.streams.clear()
    },
    wake: () => {
      state.isAsleep = false
    },
    stop: () => stopServer(server, state.streams),
  }
}

interface State {
  readonly answers: Answers
  readonly calls: { name: string; input: unknown }[]
  readonly streams: Set<ServerResponse>
  readonly tokens: Set<string>
  readonly bearers: Set<string>
  isAsleep: boolean
  seq: number
}

async function stopServer(server: Server, streams: ReadonlySet<ServerResponse>): Promise<void> {
  for (const stream of streams) stream.destroy()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
}

async function reply(request: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname
  if (request.method === 'GET' && !['/events', '/session/check'].includes(path)) return serveFile(path, response)
  if (path === '/session') return openSession(await bodyOf(request), response, state)
  const bearer = request.headers.authorization?.replace('Bearer ', '') ?? ''
  if (!state.bearers.has(bearer)) return void response.writeHead(401).end()
  if (path === '/session/check')
    return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true,"value":{}}')
  if (state.isAsleep) return void response.destroy()
  if (path === '/events') return openStream(response, state)
  const envelope = await answer(path.replace('/rpc/', ''), await bodyOf(request), state)
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(envelope))
}

function openStream(response: ServerResponse, state: State): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  state.streams.add(response)
  response.on('close', () => state.streams.delete(response))
  response.write(`${JSON.stringify({ kind: 'resync', boot: 'one', seq: state.seq } satisfies EventMessage)}\n`)
}

function openSession(body: string, response: ServerResponse, state: State): void {
  const token: unknown = JSON.parse(body).t
  if (typeof token !== 'string' || !state.tokens.delete(token)) return void response.writeHead(401).end()
  const bearer = randomBytes(16).toString('hex')
  state.bearers.add(bearer)
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true, value: { bearer } }))
}

async function answer(name: string, body: string, state: State): Promise<Envelope> {
  try {
    if (!isProcedure(name)) throw new Error(`no procedure ${name}`)
    const input = contract[name].input.parse(JSON.parse(body))
    state.calls.push({ name, input })
    // The handler belongs to this name; TypeScript cannot follow that through a union.
    const handler = state.answers[name] as ((input: unknown) => unknown) | undefined
    if (!handler)
      throw new AppError({ kind: 'bug', code: 'not-prepared', message: `No answer is prepared for ${name}.` })
    return { ok: true, value: contract[name].output.parse(await handler(input)) }
  } catch (thrown) {
    return { ok: false, error: errorInfoOf(thrown) }
  }
}

function isProcedure(name: string): name is ProcedureName {
  return Object.hasOwn(contract, name)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

function serveFile(path: string, response: ServerResponse): void {
  const file = join(rendererFolder, normalize(path === '/' ? '/index.html' : path))
  if (!file.startsWith(rendererFolder) || !existsSync(file)) return void response.writeHead(404).end()
  const nonce = randomBytes(16).toString('base64')
  const type = types[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
  const headers = {
    'content-type': type,
    'content-security-policy': contentSecurityPolicy(nonce),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  }
  const content = readFileSync(file)
  response
    .writeHead(200, headers)
    .end(type === 'text/html' ? content.toString('utf8').replace('__STYLE_NONCE__', nonce) : content)
}

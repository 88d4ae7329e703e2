/**
 * A source and a destination on loopback, for benches and kill tests. Started as a child process:
 *
 *   node loopback-service.ts '{"customers":10000,"delayMs":5,"mode":"keys"}'   prints {"port":40123}
 *
 * GET  /customers?limit=&cursor=&updated_since=   GET /customers/:id   POST /customers/:id (edit one)
 * POST /contacts (Idempotency-Key)                POST /contacts/batch {records:[...]} up to 100
 * GET  /contacts?external_id= | ?email= | list    GET, PUT, PATCH, DELETE /contacts/:id (If-Match)
 * PUT  /contacts/by-external-id/:externalId       GET /stats   POST /settings   POST /reset
 * POST /freeze (no write is answered any more; gives the open ones)   POST /thaw
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { endWithParent } from './child-lifetime.ts'
import { type Fields, type KeyMode, makeContactsDestination, type WriteAnswer } from './contacts-destination.ts'
import { makeCustomersSource } from './customers-source.ts'

export interface LoopbackSettings {
  readonly customers: number
  /** Waited before anything is done with a request. */
  readonly delayMs: number
  /** Between receiving a write and committing it; the write is committed even if its sender is gone. */
  readonly commitDelayMs: number
  /** Between committing a write and answering it. */
  readonly answerDelayMs: number
  readonly mode: KeyMode
  /** Demanded as `Authorization: Bearer <token>` where set. */
  readonly token?: string
  /** What goes wrong, until set to null. */
  readonly fault?: ServiceFault | null
  readonly maxLifeMs: number
}

/** `status`: nothing is processed. The others process the request, then spoil the answer. */
export type ServiceFault =
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'lose-answer' | 'html' | 'truncated' }

const defaults: LoopbackSettings = {
  customers: 1000,
  delayMs: 0,
  commitDelayMs: 0,
  answerDelayMs: 0,
  mode: 'keys',
  maxLifeMs: 600_000,
}

// The parent passes LoopbackSettings as JSON; this is test support, a wrong shape shows at once.
let settings = { ...defaults, ...(JSON.parse(process.argv[2] ?? '{}') as Partial<LoopbackSettings>) }
let source = makeCustomersSource(settings.customers)
let destination = makeContactsDestination(settings.mode, Date.now)
let requests = 0
/** Writes that are being worked on now, and writes whose sender was gone before the answer. */
let openWrites = 0
let abandonedWrites = 0
/** Answers of writes that wait for /thaw; undefined while nothing is frozen. */
let frozen: (() => void)[] | undefined

interface Call {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: Fields
}

const ok = (body: unknown): WriteAnswer => ({ status: 200, body: body as Fields })
const notFound: WriteAnswer = { status: 404, body: { error: { code: 'not_found', message: 'no such thing' } } }
const noQuery = new URLSearchParams()

function limitOf(query: URLSearchParams): number {
  return Math.min(Number(query.get('limit') ?? 100), 1000)
}

function answerCustomers({ method, path, query, body }: Call): WriteAnswer {
  if (path === '/customers') return ok(source.page(limitOf(query), query.get('cursor'), query.get('updated_since')))
  const id = path.slice('/customers/'.length)
  // Edits come as flat JSON fields.
  const customer =
    method === 'GET'
      ? source.one(id)
      : source.edit(id, body as Parameters<typeof source.edit>[1], new Date().toISOString())
  return customer ? ok(customer) : notFound
}

function listContacts(query: URLSearchParams): WriteAnswer {
  for (const field of ['external_id', 'email']) {
    const value = query.get(field)
    if (value !== null) return ok({ data: destination.byField(field, value) })
  }
  return ok(destination.page(limitOf(query), query.get('cursor'), query.get('updated_since')))
}

function createBatch({ body }: Call): WriteAnswer {
  const { records } = body as { records?: readonly Fields[] }
  if (!Array.isArray(records) || records.length > 100) {
    return { status: 413, body: { error: { code: 'too_many', message: 'at most 100 records' } } }
  }
  const results = (records as readonly Fields[]).map(({ idempotency_key: key, ...fields }) => {
    const answer = destination.create(fields, typeof key === 'string' ? key : undefined)
    return { status: answer.status, ...answer.body }
  })
  return ok({ results })
}

function answerContacts(call: Call): WriteAnswer {
  const { method, path, query, headers, body } = call
  if (path === '/contacts') {
    if (method === 'GET') return listContacts(query)
    const key = headers['idempotency-key']
    return destination.create(body, typeof key === 'string' ? key : undefined)
  }
  if (path === '/contacts/batch') return createBatch(call)
  if (path.startsWith('/contacts/by-external-id/')) {
    return destination.upsert(decodeURIComponent(path.slice('/contacts/by-external-id/'.length)), body)
  }
  const id = path.slice('/contacts/'.length)
  if (method === 'DELETE') return destination.remove(id)
  if (method === 'GET') {
    const contact = destination.one(id)
    return contact ? ok(contact) : notFound
  }
  const version = headers['if-match']?.replaceAll('"', '')
  return destination.update(id, body, { version, isFull: method === 'PUT' })
}

function answerControl({ path, body }: Call): WriteAnswer | undefined {
  if (path === '/stats') return ok({ requests, openWrites, abandonedWrites, ...destination.stats() })
  if (path === '/freeze') {
    frozen ??= []
    return ok({ openWrites })
  }
  if (path === '/thaw') {
    for (const answer of frozen ?? []) answer()
    frozen = undefined
    return ok({})
  }
  if (path !== '/settings' && path !== '/reset') return undefined
  settings = { ...settings, ...(body as Partial<LoopbackSettings>) }
  if (path === '/reset') {
    source = makeCustomersSource(settings.customers)
    destination = makeContactsDestination(settings.mode, Date.now)
    requests = 0
  }
  return ok({})
}

function answerData(call: Call): WriteAnswer {
  if (settings.token !== undefined && call.headers.authorization !== `Bearer ${settings.token}`) {
    return { status: 401, body: { error: { code: 'unauthorized', message: 'no valid token' } } }
  }
  if (call.path.startsWith('/customers')) return answerCustomers(call)
  if (call.path.startsWith('/contacts')) return answerContacts(call)
  return notFound
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs))
}

async function answerSlowly(call: Call, response: ServerResponse): Promise<void> {
  const isWrite = call.method !== 'GET'
  if (settings.delayMs > 0) await pause(settings.delayMs)
  if (isWrite && settings.commitDelayMs > 0) await pause(settings.commitDelayMs)
  const answer = answerData(call)
  if (isWrite && settings.answerDelayMs > 0) await pause(settings.answerDelayMs)
  if (isWrite && frozen) frozen.push(() => reply(response, answer))
  else reply(response, answer)
}

function reply(response: ServerResponse, { status, body }: WriteAnswer): void {
  const text = JSON.stringify(body)
  const headers: Record<string, string | number> = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  }
  if (typeof body.version === 'number') headers.etag = `"${body.version}"`
  response.writeHead(status, headers)
  response.end(text)
}

function replySpoiled(call: Call, response: ServerResponse, fault: ServiceFault): void {
  if (fault.kind === 'status') {
    response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers })
    response.end(JSON.stringify({ error: { code: 'fault', message: `asked to answer ${fault.status}` } }))
    return
  }
  const { body } = answerData(call)
  if (fault.kind === 'lose-answer') response.socket?.destroy()
  else if (fault.kind === 'html') response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Hello</html>')
  else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body).slice(0, -5))
}

function handle(request: IncomingMessage, response: ServerResponse, text: string): void {
  const url = request.url ?? '/'
  const mark = url.indexOf('?')
  const call: Call = {
    method: request.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? noQuery : new URLSearchParams(url.slice(mark + 1)),
    headers: request.headers,
    body: text === '' ? {} : (JSON.parse(text) as Fields),
  }
  const control = answerControl(call)
  if (control) {
    reply(response, control)
    return
  }
  requests += 1
  if (settings.fault) replySpoiled(call, response, settings.fault)
  else if (settings.delayMs + settings.commitDelayMs + settings.answerDelayMs > 0) void answerSlowly(call, response)
  else reply(response, answerData(call))
}

function watchWrite(response: ServerResponse): void {
  openWrites += 1
  response.once('close', () => {
    openWrites -= 1
    if (!response.writableFinished) abandonedWrites += 1
  })
}

const server = createServer((request, response) => {
  let text = ''
  if (request.method !== 'GET' && request.url?.startsWith('/contacts')) watchWrite(response)
  request.setEncoding('utf8')
  request.on('data', (chunk: string) => {
    text += chunk
  })
  request.on('end', () => {
    try {
      handle(request, response, text)
    } catch (thrown) {
      reply(response, { status: 400, body: { error: { code: 'bad_request', message: String(thrown) } } })
    }
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${JSON.stringify({ port: typeof address === 'object' ? address?.port : 0 })}\n`)
})
endWithParent(settings.maxLifeMs)

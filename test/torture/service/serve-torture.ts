/**
 * A source and a destination of one write class, in a process that outlives every kill:
 *   node serve-torture.ts '{"class":"F","path":"/tmp/x/service.db","seed":7,"lagMs":0}'   prints {"port":40123}
 *
 * GET /source, /records (also ?key=), /records/ID   POST /records   PUT /records/by-key/KEY   PATCH /records/ID (If-Match)
 * POST /control/mutate {add, change, isKnown} (what is under way changes too), /control/touch, /control/temper {...}, /control/refuse {after}
 * GET /control/stats
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { WriteClass } from '#shared/model/object.ts'
import { endWithParent } from '../../support/services/child-lifetime.ts'
import { createRandom } from '../random.ts'
import { fateOf, longestCommitMs, type Temper, usualTemper } from './fate.ts'
import { type Change, type Commit, type Fields, openRecords, type StoredRecord } from './records.ts'

export interface TortureSettings {
  readonly class: WriteClass
  readonly path: string
  readonly seed: number
  /** How long lists and look-ups do not show a new record (class S). */
  readonly lagMs: number
}

/** Writes that would be committed later than this after their arrival are given up: what is declared (2 s) holds. */
const deadlineMs = longestCommitMs + 300

// The parent passes TortureSettings as JSON; this is test support, a wrong shape shows at once.
const settings = JSON.parse(process.argv[2] ?? '{}') as TortureSettings
const records = openRecords(settings.path)
const fates = createRandom(settings.seed)
const mutations = createRandom(settings.seed + 1)
const stalls = monitorEventLoopDelay({ resolution: 10 })
stalls.enable()
let temper: Temper = usualTemper
/** Writes that are still taken before all are refused with 401. */
let taken = Number.POSITIVE_INFINITY
const givenUp = { count: 0 }
/** Keys of the records with a commit that is still to come. */
const late = new Set<string>()
/** Class K: a second request with a key that is being worked on is refused, or gets the answer of the first. */
const underWay = new Map<string, Promise<Answer>>()

interface Answer {
  readonly status: number
  readonly body: object
}

interface Call {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: Readonly<Record<string, unknown>>
  readonly response: ServerResponse
  readonly receivedAtMs: number
}

const problem = (status: number, code: string): Answer => ({ status, body: { error: { code, message: code } } })
const pause = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs))

function control({ path, body }: Call): Answer {
  if (path === '/control/mutate') records.mutate({ ...(body as unknown as Change), keys: [...late] }, mutations)
  else if (path === '/control/touch') records.touch()
  else if (path === '/control/temper') temper = { ...temper, ...(body as Partial<Temper>) }
  else if (path === '/control/refuse') taken = typeof body.after === 'number' ? body.after : Number.POSITIVE_INFINITY
  const stats = { commits: records.commitCount(), givenUp: givenUp.count, longestStallMs: Math.round(stalls.max / 1e6) }
  return { status: 200, body: stats }
}

function read({ path, query }: Call): Answer {
  const cursor = Number(query.get('cursor') ?? 0)
  const limit = Number(query.get('limit') ?? 50)
  const untilMs = Date.now() - settings.lagMs
  if (path === '/source') return { status: 200, body: records.page('source', cursor, limit, 0) }
  const key = query.get('key')
  if (path === '/records' && key !== null) return { status: 200, body: { data: records.byKey(key, untilMs) } }
  if (path === '/records') return { status: 200, body: records.page('record', cursor, limit, untilMs) }
  const record = records.one(Number(path.slice('/records/'.length)))
  return record ? { status: 200, body: record } : problem(404, 'not_found')
}

function commitOf(call: Call): Commit {
  const { method, path, headers, body, response } = call
  const key = headers['idempotency-key']
  return {
    operation: method === 'PATCH' ? 'update' : method === 'PUT' ? 'upsert' : 'create',
    recordId: method === 'PATCH' ? Number(path.slice('/records/'.length)) : null,
    fields: body as Fields,
    idempotencyKey: settings.class === 'K' && typeof key === 'string' ? key : null,
    isSenderGone: response.destroyed,
  }
}

/** What is decided at the moment of the commit, and not before. */
function commitNow(call: Call, outlivesSender: boolean): Answer | undefined {
  const commit = commitOf(call)
  if (Date.now() - call.receivedAtMs > deadlineMs) {
    givenUp.count += 1
    return undefined
  }
  if (commit.isSenderGone && !outlivesSender) return undefined
  const wanted = call.headers['if-match']?.replaceAll('"', '')
  const current = commit.recordId === null ? undefined : records.one(commit.recordId)
  if (commit.recordId !== null && !current) return problem(404, 'not_found')
  if (wanted !== undefined && wanted !== String(current?.version)) return problem(412, 'stale')
  return written(records.commit(commit))
}

function written(record: StoredRecord): Answer {
  return { status: 200, body: record }
}

async function write(call: Call): Promise<void> {
  const { response } = call
  if (taken <= 0) return reply(response, problem(401, 'unauthorized'))
  taken -= 1
  const fate = fateOf(temper, fates)
  if (fate.heard === 'early') reply(response, problem(504, 'gateway_timeout'))
  if (fate.heard === 'dropped') return reply(response, problem(503, 'unavailable'))
  const answer = await committed(call, fate.commitDelayMs, fate.outlivesSender)
  if (fate.answerDelayMs > 0) await pause(fate.answerDelayMs)
  if (fate.heard === 'early') return
  if (!answer || fate.heard === 'lost') response.socket?.destroy()
  else reply(response, fate.heard === 'failed' ? problem(503, 'unavailable') : answer)
}

async function lateness({ path, body }: Call, delayMs: number): Promise<void> {
  const id = Number(path.slice('/records/'.length))
  const key = typeof body.key === 'string' ? body.key : (records.one(id)?.key ?? '')
  late.add(key)
  await pause(delayMs)
  late.delete(key)
}

async function committed(call: Call, delayMs: number, outlivesSender: boolean): Promise<Answer | undefined> {
  const { idempotencyKey } = commitOf(call)
  const known = idempotencyKey === null ? undefined : records.answered(idempotencyKey)
  if (known) return written(known)
  const first = idempotencyKey === null ? undefined : underWay.get(idempotencyKey)
  if (first) return fates.isChosen(0.5) ? await first : problem(409, 'idempotency_key_in_use')
  const working = (async () => {
    if (delayMs > 0) await lateness(call, delayMs)
    return commitNow(call, outlivesSender)
  })()
  if (idempotencyKey === null) return await working
  underWay.set(
    idempotencyKey,
    working.then((answer) => answer ?? problem(503, 'unavailable')),
  )
  return await working.finally(() => underWay.delete(idempotencyKey))
}

function reply(response: ServerResponse, { status, body }: Answer): void {
  if (response.destroyed) return
  const text = JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  // In two parts: between them its receiver can be killed in the middle of the answer.
  response.write(text.slice(0, 10))
  setImmediate(() => response.end(text.slice(10)))
}

async function handle(call: Call): Promise<void> {
  if (call.path.startsWith('/control/')) reply(call.response, control(call))
  else if (call.method === 'GET') reply(call.response, read(call))
  else await write(call)
}

const server = createServer((request, response) => {
  const receivedAtMs = Date.now()
  let text = ''
  request.setEncoding('utf8')
  request.on('data', (chunk: string) => {
    text += chunk
  })
  request.on('end', () => {
    const url = new URL(request.url ?? '/', 'http://service')
    const { method = 'GET', headers } = request
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
    void handle({ method, path: url.pathname, query: url.searchParams, headers, body, response, receivedAtMs })
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${JSON.stringify({ port: typeof address === 'object' ? address?.port : 0 })}\n`)
})
endWithParent(4 * 3_600_000)

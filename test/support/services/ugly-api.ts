/**
 * An API with everything that goes wrong, one scenario per path; methods do not matter. Prints {"port":N}.
 * Settings: {"elsewhere":"http://127.0.0.1:N"} is where /elsewhere redirects to.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { endWithParent } from './child-lifetime.ts'

interface Call {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly query: URLSearchParams
  /** What stands behind the scenario's name in the path. */
  readonly rest: string
}

// The parent passes the settings as JSON; this is test support.
const settings = JSON.parse(process.argv[2] ?? '{}') as { elsewhere?: string; maxLifeMs?: number }
const counts: Record<string, number> = {}
const record = { id: '1', name: 'Ana', email: 'ana@example.com', amount: 5 }

function json(response: ServerResponse, body: unknown, status = 200): void {
  raw(response, { status, type: 'application/json', text: JSON.stringify(body) })
}

function raw(
  response: ServerResponse,
  { status = 200, type, text }: { status?: number; type: string; text: string | Buffer },
) {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

/** Sends more than `limit` bytes as long as anybody reads. */
function pour(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  const chunk = Buffer.alloc(64 * 1024, '[')
  const more = (): void => {
    while (!response.destroyed && response.write(chunk)) counts.poured = (counts.poured ?? 0) + chunk.length
  }
  response.on('drain', more)
  more()
}

const scenarios: Readonly<Record<string, (call: Call) => void>> = {
  ok: ({ response }) => json(response, { data: [record], total: 1 }),
  headers: ({ request, response }) => json(response, { headers: request.headers, url: request.url }),
  html: ({ response }) => raw(response, { type: 'text/html', text: '<!doctype html><title>Please log in</title>' }),
  truncated: ({ response }) => raw(response, { type: 'application/json', text: '{"data":[{"id":"1","na' }),
  empty: ({ response }) => raw(response, { type: 'application/json', text: '' }),
  'broken-utf8': ({ response }) =>
    raw(response, { type: 'application/json', text: Buffer.from('{"data":[{"id":"1","name":"Jos\xe9"}]}', 'latin1') }),
  latin1: ({ response }) =>
    raw(response, {
      type: 'application/json; charset=ISO-8859-1',
      text: Buffer.from('{"data":[{"id":"1","name":"Jos\xe9"}]}', 'latin1'),
    }),
  endless: ({ response, query }) => {
    const page = Number(query.get('cursor') ?? 0)
    json(response, { data: [{ ...record, id: String(page) }], next: String(page + 1) })
  },
  'same-token': ({ response, query }) =>
    json(response, { data: [{ ...record, id: query.get('cursor') ?? '0' }], next: 'again' }),
  'same-page': ({ response, query }) =>
    json(response, { data: [record], next: String(Number(query.get('cursor') ?? 0) + 1) }),
  'more-without-token': ({ response }) => json(response, { data: [record], has_more: true, next: null }),
  'wrong-types': ({ response }) =>
    raw(response, {
      type: 'application/json',
      text: '{"data":[{"id":90071992547409931234,"name":17,"email":["a"],"amount":"much"},{"id":"2","name":"Bo","email":null,"amount":5}]}',
    }),
  'missing-field': ({ response }) =>
    json(response, {
      data: [
        { id: '1', name: 'Ana' },
        { id: '2', name: 'Bo' },
      ],
    }),
  'without-id': ({ response }) => json(response, { data: [{ name: 'Ana', email: '', amount: 1 }] }),
  'not-a-list': ({ response }) => json(response, { data: { id: '1' } }),
  'ignores-filter': ({ response }) =>
    json(response, { data: [record, { ...record, id: '2', email: 'bo@example.com' }] }),
  huge: ({ response }) => pour(response),
  bomb: ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
    response.end(gzipSync(Buffer.alloc(200 * 1024 * 1024, ' ')))
  },
  gzip: ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
    response.end(gzipSync(JSON.stringify({ data: [record] })))
  },
  elsewhere: ({ response }) => response.writeHead(302, { location: `${settings.elsewhere}/ok` }).end(),
  redirect: ({ response, rest }) => {
    const left = Number(rest)
    response.writeHead(302, { location: left > 0 ? `/redirect/${left - 1}` : '/ok?after=redirect' }).end()
  },
  moved: ({ response }) => response.writeHead(308, { location: '/ok' }).end(),
  slow: ({ response }) => {
    setTimeout(() => json(response, { data: [record] }), 5000).unref()
  },
  dribble: ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const timer = setInterval(() => response.write(' '), 50)
    response.on('close', () => clearInterval(timer))
  },
  reset: ({ response }) => response.socket?.resetAndDestroy(),
  'reset-mid-body': ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 })
    response.write('{"data":[')
    setTimeout(() => response.socket?.resetAndDestroy(), 20)
  },
  /** Fails as often as the path says, then works: /flaky/2?name=a&status=503&retry-after=1 */
  flaky: ({ response, rest, query }) => {
    const name = `flaky-${query.get('name')}`
    counts[name] = (counts[name] ?? 0) + 1
    if (counts[name] > Number(rest)) return json(response, { data: [record] })
    const retryAfter = query.get('retry-after')
    if (retryAfter !== null) response.setHeader('retry-after', retryAfter)
    json(response, { error: { message: 'not now' } }, Number(query.get('status') ?? 503))
  },
  'key-in-use': ({ response }) => json(response, { error: { code: 'idempotency_key_in_use', message: 'wait' } }, 409),
  status: ({ request, response, rest, query }) => {
    const retryAfter = query.get('retry-after')
    if (retryAfter !== null) response.setHeader('retry-after', retryAfter)
    const message = `no, not with ${request.headers.authorization ?? 'nothing'} at ${request.url}`
    json(response, { error: { field: 'email', message } }, Number.parseInt(rest, 10))
  },
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const [, name = '', ...rest] = url.pathname.split('/')
  request.resume()
  if (name === 'counts') return json(response, counts)
  counts[name] = (counts[name] ?? 0) + 1
  counts.withAuthorization = (counts.withAuthorization ?? 0) + (request.headers.authorization === undefined ? 0 : 1)
  const scenario = scenarios[name]
  if (scenario) scenario({ request, response, query: url.searchParams, rest: rest.join('/') })
  else json(response, { error: { message: 'no such scenario' } }, 404)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${JSON.stringify({ port: typeof address === 'object' ? address?.port : 0 })}\n`)
})
endWithParent(settings.maxLifeMs)

/**
 * A shop with orders and an invoicing service, each started as a process of its own, both with an OpenAPI document:
 *
 *   node orders-and-invoices.ts '{"role":"shop"}'        GET /openapi.json   GET /orders?limit=&cursor=   GET /orders/:number
 *   node orders-and-invoices.ts '{"role":"invoices"}'    GET /openapi.json   GET /invoices?limit=&cursor=|?order_number=
 *                                                        GET, PATCH /invoices/:id   POST /invoices (Idempotency-Key)
 *
 * Both print {"port":40123}. `{"down":true}` posted to /settings makes every answer 503 until it is false again,
 * `{"down":"writes"}` every answer to a write.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { endWithParent } from './child-lifetime.ts'
import { invoiceDocument, shopDocument } from './orders-documents.ts'

type Fields = Readonly<Record<string, unknown>>

interface Answer {
  readonly status: number
  readonly body: unknown
}

interface Call {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly idempotencyKey: string | undefined
  readonly body: Fields
}

// The parent passes the role as JSON; this is test support, a wrong shape shows at once.
const { role } = JSON.parse(process.argv[2] ?? '{}') as { role: 'shop' | 'invoices' }
let down: unknown = false

const notFound: Answer = { status: 404, body: { error: { code: 'not_found', message: 'no such thing' } } }

/** Orders as shops have them: several lines, one without, a discount below zero, other scripts, markup in a name. */
const orders: readonly Fields[] = Array.from({ length: 40 }, (_, n) => ({
  number: `W-${1001 + n}`,
  ordered_at: new Date(Date.UTC(2026, 9, 1) + n * 7_200_000).toISOString(),
  customer: {
    name: ['Ana Ruiz', 'Éva Kovács', '<b>Bo</b> Berg', '株式会社 田中'][n % 4],
    email: n === 7 ? '' : ` Customer${n}@Example.com`,
  },
  currency: 'EUR',
  shipping: n % 3 === 0 ? '4.90' : '0.00',
  remark: n % 5 === 0 ? 'Leave it\r\nat the door' : null,
  lines: n === 11 ? [] : lines(n),
}))

function lines(n: number): readonly Fields[] {
  const goods = ['Desk lamp', 'Chair "Oslo"', 'Paper, A4', 'Voucher −10 %']
  return Array.from({ length: 1 + (n % 3) }, (_, at) => ({
    sku: `S-${(n * 3 + at) % 17}`,
    title: goods[(n + at) % 4],
    quantity: 1 + ((n + at) % 4),
    unit_price: (n + at) % 4 === 3 ? '-10.00' : `${5 + ((n * 7 + at) % 90)}.${String((n * 13) % 100).padStart(2, '0')}`,
  }))
}

const invoices = new Map<string, Fields>()
const answers = new Map<string, Answer>()

function pageOf(all: readonly Fields[], query: URLSearchParams): Answer {
  const limit = Math.min(Number(query.get('limit') ?? 50), 200)
  const start = Number(query.get('cursor') ?? 0)
  const next = start + limit < all.length ? String(start + limit) : null
  return { status: 200, body: { data: all.slice(start, start + limit), next } }
}

function answerShop({ path, query }: Call): Answer {
  if (path === '/openapi.json') return { status: 200, body: shopDocument }
  if (path === '/orders') return pageOf(orders, query)
  const order = orders.find(({ number }) => path === `/orders/${String(number)}`)
  return order ? { status: 200, body: order } : notFound
}

function answerInvoices(call: Call): Answer {
  const { method, path, query } = call
  if (path === '/openapi.json') return { status: 200, body: invoiceDocument }
  if (path === '/invoices' && method === 'POST') return createInvoice(call)
  if (path === '/invoices') {
    const wanted = query.get('order_number')
    return pageOf(wanted === null ? [...invoices.values()] : ofOrder(wanted), query)
  }
  const id = path.slice('/invoices/'.length)
  const invoice = invoices.get(id)
  if (!invoice) return notFound
  if (method !== 'PATCH') return { status: 200, body: invoice }
  invoices.set(id, { ...invoice, ...call.body, id })
  return { status: 200, body: invoices.get(id) }
}

function ofOrder(wanted: string): readonly Fields[] {
  return [...invoices.values()].filter((one) => one.order_number === wanted)
}

function createInvoice({ body, idempotencyKey }: Call): Answer {
  const known = idempotencyKey === undefined ? undefined : answers.get(idempotencyKey)
  if (known) return known
  const problem = problemOf(body)
  if (problem !== undefined) return { status: 422, body: { error: { code: 'invalid', message: problem } } }
  const id = `inv_${invoices.size + 1}`
  invoices.set(id, { ...body, id })
  const answer = { status: 201, body: invoices.get(id) }
  if (idempotencyKey !== undefined) answers.set(idempotencyKey, answer)
  return answer
}

function problemOf({ lines: given, customer_email: email }: Fields): string | undefined {
  if (typeof email !== 'string' || !email.includes('@')) return 'customer_email is not an e-mail address'
  if (!Array.isArray(given) || given.length === 0) return 'an invoice needs at least one line'
  const isWhole = given.every(
    (line: Fields) => typeof line.description === 'string' && typeof line.quantity === 'number',
  )
  return isWhole ? undefined : 'every line needs description and quantity'
}

async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const key = request.headers['idempotency-key']
  // Sent by our own tests and our own connector.
  const body = (text === '' ? {} : JSON.parse(text)) as Fields
  const call: Call = {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    idempotencyKey: typeof key === 'string' ? key : undefined,
    body,
  }
  const { status, body: answer } = answerCall(call)
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
}

function answerCall(call: Call): Answer {
  if (call.path === '/settings') {
    down = call.body.down
    return { status: 200, body: {} }
  }
  if (down === true || (down === 'writes' && call.method !== 'GET'))
    return { status: 503, body: { error: { code: 'down', message: 'maintenance' } } }
  return role === 'shop' ? answerShop(call) : answerInvoices(call)
}

endWithParent()
const server = createServer((request, response) => void reply(request, response))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address !== null) console.log(JSON.stringify({ port: address.port }))
})

/**
 * The floor: a bare loop that makes the same requests and the same mapping library calls, and stores nothing.
 *   node floor.ts URL single|batch
 * node:http with a keep-alive agent of 10 sockets; the next page is read while the present one is sent.
 */
import http from 'node:http'
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

const [url = '', mode = 'single'] = process.argv.slice(2)
const agent = new http.Agent({ keepAlive: true, maxSockets: 10 })
const address = new URL(url)

interface Customer {
  readonly [field: string]: unknown
}

function call(method: string, path: string, body?: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers =
      body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const request = http.request(
      { host: address.hostname, port: address.port, method, path, agent, headers },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())))
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

const statuses = new Map([
  ['Active', 1],
  ['Inactive', 0],
])

function map(customer: Customer): object {
  const created = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(String(customer.created))
  const balance = String(customer.balance).padStart(3, '0')
  return {
    external_id: customer.id,
    full_name: String(customer.name).trim().replace(/\s+/g, ' '),
    email: String(customer.email).trim().toLowerCase(),
    phone: parsePhoneNumberFromString(String(customer.phone), 'US')?.number,
    created: `${created?.[3]}-${created?.[1]}-${created?.[2]}`,
    balance: `${balance.slice(0, -2)}.${balance.slice(-2)}`,
    active: statuses.get(String(customer.status)),
  }
}

interface Page {
  readonly data: readonly Customer[]
  readonly next: string | null
}

const readPage = (cursor: string | null): Promise<Page> =>
  call('GET', `/customers?limit=100${cursor === null ? '' : `&cursor=${cursor}`}`) as Promise<Page>

async function sendSingly(records: readonly object[]): Promise<void> {
  let index = 0
  const lane = async (): Promise<void> => {
    for (let record = records[index++]; record; record = records[index++])
      await call('POST', '/contacts', JSON.stringify(record))
  }
  await Promise.all(Array.from({ length: 10 }, lane))
}

const startMs = performance.now()
let count = 0
let next: Promise<Page> | undefined = readPage(null)
while (next) {
  const page: Page = await next
  next = page.next === null ? undefined : readPage(page.next)
  const records = page.data.map(map)
  if (mode === 'batch') await call('POST', '/contacts/batch', JSON.stringify({ records }))
  else await sendSingly(records)
  count += records.length
}
const durationMs = performance.now() - startMs
agent.destroy()
process.stdout.write(`${JSON.stringify({ count, durationMs, peakMb: process.resourceUsage().maxRSS / 1024 })}\n`)

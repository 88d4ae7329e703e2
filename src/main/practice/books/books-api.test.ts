import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ServiceAnswer, TestService } from '../kit/testing/service-client.ts'
import { startTestBooks } from './testing/start-books.ts'

let books: TestService
beforeAll(async () => {
  books = await startTestBooks()
})
afterAll(() => books.dispose())

let made = 0
const post = (path: string, json: object): Promise<ServiceAnswer> => books.call('POST', path, { json })
const patch = (path: string, json: object): Promise<ServiceAnswer> => books.call('PATCH', path, { json })
const euros = (amount: string) => ({ amount, currency: 'EUR' })

async function newCustomer(fields: object = {}): Promise<ServiceAnswer['body']> {
  made += 1
  return (await post('/customers', { name: `Customer ${made}`, ...fields })).body
}

async function newInvoice(lines: readonly object[]): Promise<ServiceAnswer['body']> {
  const customer = await newCustomer()
  const answer = await post('/invoices', {
    number: `R-${made}`,
    customer_id: customer.id,
    issued_on: '2026-02-28',
    lines,
  })
  expect(answer.status).toBe(201)
  return answer.body
}

const pay = (invoice_id: string, amount: object, reference = `ref-${made++}`): Promise<ServiceAnswer> =>
  post('/payments', { invoice_id, amount, reference, received_on: '2026-03-01', method: 'bank' })

const problems = ({ body }: ServiceAnswer): string[] =>
  body.error.fields.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`)

describe('a unique name', () => {
  test('is refused a second time, in any case of letters, and the message says which id has it', async () => {
    const first = await newCustomer({ name: 'Kontor Café' })
    const second = await post('/customers', { name: '  KONTOR café ' })
    expect([second.status, second.body.error.code]).toEqual([409, 'already_exists'])
    expect(second.body.error).toMatchObject({
      conflicting_id: first.id,
      message: `The customer ${first.id} already has this name.`,
    })
    const other = await newCustomer()
    expect((await patch(`/customers/${other.id}`, { version: 1, name: 'kontor café' })).status).toBe(409)
    expect((await patch(`/customers/${first.id}`, { version: 1, name: 'KONTOR CAFÉ' })).status).toBe(200)
  })

  test('stays taken when its customer is inactive, until that one is active again', async () => {
    const { id, name } = await newCustomer()
    expect((await books.call('DELETE', `/customers/${id}?version=1`)).status).toBe(204)
    expect((await books.call('DELETE', `/customers/${id}?version=1`)).status).toBe(204)
    const taken = await post('/customers', { name })
    expect(taken.body.error.message).toBe(`The inactive customer ${id} already has this name.`)
    expect((await books.call('GET', `/customers/${id}`)).body).toMatchObject({ active: false, version: 2 })
    expect((await books.call('GET', `/customers?name=${encodeURIComponent(name)}`)).body.data).toEqual([])
    expect((await patch(`/customers/${id}`, { version: 2, city: 'Ulm' })).body.error.code).toBe('inactive')
    const again = await patch(`/customers/${id}`, { version: 2, active: true, city: 'Ulm' })
    expect(again.body).toMatchObject({ active: true, version: 3, city: 'Ulm' })
  })

  test('of an invoice is its number, of an item its sku, of a payment its reference', async () => {
    const invoice = await newInvoice([{ description: 'Beans', unit_price: euros('10.00') }])
    const { number, customer_id, lines } = invoice
    const twin = await post('/invoices', { number, customer_id, lines, issued_on: '2026-01-01' })
    expect(twin.body.error.conflicting_id).toBe(invoice.id)
    const item = { sku: 'ESP-1', name: 'Espresso', unit: 'kg', unit_price: euros('24.00') }
    expect([(await post('/items', item)).status, (await post('/items', item)).status]).toEqual([201, 409])
    expect((await pay(invoice.id, euros('1.00'), 'SEPA-1')).status).toBe(201)
    expect((await pay(invoice.id, euros('1.00'), 'sepa-1')).status).toBe(409)
  })

  test('is no matter of headers: an idempotency key is ignored', async () => {
    const headers = { 'idempotency-key': 'same' }
    const send = () => books.call('POST', '/customers', { json: { name: 'Keyed' }, headers })
    expect([(await send()).status, (await send()).status]).toEqual([201, 409])
    const other = await books.call('POST', '/customers', { json: { name: 'Keyed 2' }, headers })
    expect(other.status).toBe(201)
  })
})

describe('a version', () => {
  test('that has passed is refused with 409 and the current one; nothing is overwritten', async () => {
    const { id } = await newCustomer()
    expect((await patch(`/customers/${id}`, { version: 1, city: 'Bonn' })).body).toMatchObject({ version: 2 })
    const stale = await patch(`/customers/${id}`, { version: 1, city: 'Ulm' })
    expect([stale.status, stale.body.error.code, stale.body.error.current_version]).toEqual([409, 'stale_version', 2])
    expect((await books.call('DELETE', `/customers/${id}?version=1`)).body.error.code).toBe('stale_version')
    expect((await books.call('GET', `/customers/${id}`)).body).toMatchObject({ city: 'Bonn', active: true })
  })

  test('that is not sent is asked for', async () => {
    const { id } = await newCustomer()
    for (const answer of [
      await patch(`/customers/${id}`, { city: 'Bonn' }),
      await patch(`/customers/${id}`, { version: '1', city: 'Bonn' }),
      await books.call('DELETE', `/customers/${id}`),
      await books.call('DELETE', `/customers/${id}?version=one`),
    ])
      expect([answer.status, answer.body.error.code]).toEqual([422, 'version_required'])
  })

  test('stays the same when a change changes nothing', async () => {
    const { id } = await newCustomer({ city: 'Köln' })
    expect((await patch(`/customers/${id}`, { version: 1, city: 'Köln' })).body.version).toBe(1)
  })
})

describe('an invoice', () => {
  test('adds up its lines to the cent, each rounded by itself', async () => {
    const invoice = await newInvoice([
      { description: 'Beans', quantity: '2.5', unit_price: euros('19.99'), tax_rate: '7' },
      { description: 'Rebate', quantity: '-1', unit_price: euros('0.05'), tax_rate: '19' },
      { description: 'Service', unit_price: euros('0.1') },
    ])
    expect(invoice).toMatchObject({
      net_total: euros('50.03'),
      tax_total: euros('3.49'),
      total: euros('53.52'),
      paid: euros('0.00'),
      balance: euros('53.52'),
      status: 'open',
    })
    expect(invoice.lines[2]).toEqual({
      item_id: null,
      description: 'Service',
      quantity: '1',
      unit_price: euros('0.10'),
      tax_rate: '0',
    })
  })

  test('knows currencies without a smaller unit and with three digits', async () => {
    const yen = await newInvoice([{ description: 'A', quantity: '3', unit_price: { amount: '333', currency: 'JPY' } }])
    expect(yen.total).toEqual({ amount: '999', currency: 'JPY' })
    const dinar = await newInvoice([{ description: 'A', unit_price: { amount: '1.5', currency: 'KWD' } }])
    expect(dinar.total).toEqual({ amount: '1.500', currency: 'KWD' })
  })

  test.each([
    ['no lines', []],
    ['an amount that is a number', [{ description: 'A', unit_price: { amount: 12.5, currency: 'EUR' } }]],
    ['more digits than the currency has', [{ description: 'A', unit_price: euros('1.005') }]],
    ['yen with cents', [{ description: 'A', unit_price: { amount: '1.5', currency: 'JPY' } }]],
    ['a quantity in words', [{ description: 'A', quantity: 'two', unit_price: euros('1.00') }]],
    ['more than all in taxes', [{ description: 'A', tax_rate: '101', unit_price: euros('1.00') }]],
    ['neither item nor text', [{ unit_price: euros('1.00') }]],
    ['an item that is not there', [{ item_id: 'itm_999', unit_price: euros('1.00') }]],
    [
      'two currencies',
      [
        { description: 'A', unit_price: euros('1.00') },
        { description: 'B', unit_price: { amount: '1.00', currency: 'GBP' } },
      ],
    ],
  ])('with %s is refused', async (_what, lines) => {
    const customer = await newCustomer()
    const answer = await post('/invoices', {
      number: `X-${made}`,
      customer_id: customer.id,
      issued_on: '2026-01-01',
      lines,
    })
    expect([answer.status, answer.body.error.fields[0].field]).toEqual([422, 'lines'])
  })

  test('of a customer who is inactive is refused, one that was there is still changed', async () => {
    const invoice = await newInvoice([{ description: 'A', unit_price: euros('5.00') }])
    await books.call('DELETE', `/customers/${invoice.customer_id}?version=1`)
    const later = await post('/invoices', { ...inputOf(invoice), number: 'late' })
    expect(problems(later)).toEqual(['customer_id unknown_reference'])
    expect((await patch(`/invoices/${invoice.id}`, { version: 1, memo: 'x' })).status).toBe(200)
  })
})

function inputOf({ customer_id, issued_on, lines }: ServiceAnswer['body']): object {
  return { customer_id, issued_on, lines }
}

describe('a payment', () => {
  test('shows in its invoice, under its next version', async () => {
    const invoice = await newInvoice([{ description: 'A', unit_price: euros('30.00') }])
    const first = await pay(invoice.id, euros('10.00'))
    const { body } = await books.call('GET', `/invoices/${invoice.id}`)
    expect(body).toMatchObject({ version: 2, paid: euros('10.00'), balance: euros('20.00'), status: 'open' })
    expect(body.updated_at).toBe(first.body.updated_at)
    await pay(invoice.id, euros('20.00'))
    const paid = await books.call('GET', `/invoices/${invoice.id}`)
    expect(paid.body).toMatchObject({ version: 3, balance: euros('0.00'), status: 'paid' })
    expect((await books.call('DELETE', `/payments/${first.body.id}?version=1`)).status).toBe(204)
    const open = await books.call('GET', `/invoices/${invoice.id}`)
    expect(open.body).toMatchObject({ version: 4, balance: euros('10.00'), status: 'open' })
    expect((await books.call('GET', `/payments/${first.body.id}`)).status).toBe(404)
  })

  test('is refused above what is open, in another currency, and of nothing', async () => {
    const { id } = await newInvoice([{ description: 'A', unit_price: euros('30.00') }])
    expect(problems(await pay(id, euros('30.01')))).toEqual(['amount exceeds_balance'])
    expect(problems(await pay(id, { amount: '1.00', currency: 'GBP' }))).toEqual(['amount other_currency'])
    expect(problems(await pay(id, euros('0.00')))).toEqual(['amount too_small'])
    expect(problems(await pay('inv_999', euros('1.00')))).toEqual(['invoice_id unknown_reference'])
  })

  test('keeps its invoice from being deleted or made smaller than what is paid', async () => {
    const invoice = await newInvoice([{ description: 'A', unit_price: euros('30.00') }])
    const payment = await pay(invoice.id, euros('20.00'))
    const refused = await books.call('DELETE', `/invoices/${invoice.id}?version=2`)
    expect([refused.status, refused.body.error.code]).toEqual([409, 'has_payments'])
    const lines = [{ description: 'A', unit_price: euros('19.99') }]
    expect(problems(await patch(`/invoices/${invoice.id}`, { version: 2, lines }))).toEqual(['lines below_paid'])
    const moved = await patch(`/payments/${payment.body.id}`, { version: 1, invoice_id: 'inv_1' })
    expect(problems(moved)).toEqual(['invoice_id not_changeable'])
    expect((await patch(`/payments/${payment.body.id}`, { version: 1, amount: euros('30.00') })).status).toBe(200)
    await books.call('DELETE', `/payments/${payment.body.id}?version=2`)
    expect((await books.call('DELETE', `/invoices/${invoice.id}?version=4`)).status).toBe(204)
    expect((await books.call('GET', `/invoices/${invoice.id}`)).status).toBe(404)
    expect((await post('/invoices', { ...inputOf(invoice), number: invoice.number })).status).toBe(409)
  })
})

describe('a list', () => {
  test('pages through everything once, and since an instant gives what changed then or later', async () => {
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body }: ServiceAnswer = await books.call('GET', `/customers?limit=4${cursor && `&cursor=${cursor}`}`)
      seen.push(...body.data.map((one: { id: string }) => one.id))
      cursor = body.next_cursor
    }
    const { active } = (await books.call('GET', '/_stats')).body.objects.customer
    expect([seen.length, new Set(seen).size]).toEqual([active, active])
    const latest = await newCustomer()
    const since = await books.call('GET', `/customers?updated_since=${latest.updated_at}`)
    expect(since.body.data.map((one: { id: string }) => one.id)).toEqual([latest.id])
  })

  test('shows inactive ones when asked', async () => {
    const { id } = await newCustomer()
    const { body } = await books
      .call('DELETE', `/customers/${id}?version=1`)
      .then(() => books.call('GET', `/customers/${id}`))
    const since = `updated_since=${body.updated_at}`
    expect((await books.call('GET', `/customers?${since}`)).body.data).toEqual([])
    expect((await books.call('GET', `/customers?${since}&include_inactive=true`)).body.data).toMatchObject([{ id }])
  })

  test('is searched by name, e-mail and number; names with commas by repeating the parameter', async () => {
    await newCustomer({ name: 'Green, MD', email: 'Green@Example.org' })
    await newCustomer({ name: 'Smith, Jr.', email: 'green@example.org' })
    const names = (answer: ServiceAnswer) => answer.body.data.map((one: { name: string }) => one.name)
    const byName = await books.call('GET', '/customers?name=green%2C%20md&name=SMITH%2C%20JR.&name=nobody')
    expect(names(byName)).toEqual(['Green, MD', 'Smith, Jr.'])
    expect(names(await books.call('GET', '/customers?email=GREEN@example.org'))).toHaveLength(2)
    const invoice = await newInvoice([{ description: 'A', unit_price: euros('1.00') }])
    const byNumber = await books.call('GET', `/invoices?number=${invoice.number.toLowerCase()}`)
    expect(byNumber.body.data).toMatchObject([{ id: invoice.id }])
    const byCustomer = await books.call('GET', `/invoices?customer_id=${invoice.customer_id}`)
    expect(byCustomer.body.data).toMatchObject([{ id: invoice.id }])
    expect((await books.call('GET', '/customers?name=')).body.data).toEqual([])
  })

  test.each(['limit=0', 'limit=101', 'cursor=%00', 'updated_since=yesterday', 'nmae=x', 'name=a&email=b'])(
    'refuses the query %s instead of guessing',
    async (query) => {
      expect((await books.call('GET', `/customers?${query}`)).status).toBe(400)
    },
  )
})

test('the description of the API names every path and every schema it uses', async () => {
  const { body } = await books.call('GET', '/openapi.json')
  expect(Object.keys(body.paths)).toHaveLength(9)
  const references = JSON.stringify(body).matchAll(/"#\/components\/schemas\/(\w+)"/g)
  for (const [, name] of references) expect(Object.keys(body.components.schemas)).toContain(name)
})

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '#shared/errors.ts'
import type {
  ConnectedObject,
  OpenConnection,
  PreparedWrite,
  WriteCommand,
  WriteReply,
} from '#shared/model/connected.ts'
import type { WriteClass } from '#shared/model/object.ts'
import type { Values } from '#shared/model/value.ts'
import { contractChecks } from '../../connector-kit/testing/contract-suite.ts'
import { startFaultProxy } from '../../connector-kit/testing/fault-proxy.ts'
import type { PracticeProcess } from '../../connector-kit/testing/practice-process.ts'
import { openBooks, startBooks } from './testing/books-process.ts'

const signal = new AbortController().signal
let books: PracticeProcess
let connection: OpenConnection
let customer: ConnectedObject
let invoice: ConnectedObject
let payment: ConnectedObject
let number = 0

beforeAll(async () => {
  books = await startBooks()
  connection = await openBooks(books)
  customer = await connection.object('customer', signal)
  invoice = await connection.object('invoice', signal)
  payment = await connection.object('payment', signal)
})
afterEach(() => books.setFaults({}))
afterAll(async () => {
  await connection.close()
  await books.stop()
})

const next = (): number => ++number

async function send(object: ConnectedObject, command: WriteCommand): Promise<WriteReply> {
  const [reply] = (await object.send?.([prepared(object, command)], signal)) ?? []
  if (!reply) throw new Error('no reply')
  return reply
}

function prepared(object: ConnectedObject, command: WriteCommand): PreparedWrite {
  return {
    operation: command.operation,
    request: object.prepare?.(command) ?? '',
    idempotencyKey: `test-${next()}`,
  }
}

async function made(object: ConnectedObject, values: Values): Promise<{ externalId: string; version: string }> {
  const reply = await send(object, { operation: 'create', values })
  if (reply.status !== 'written') throw new Error(`not written: ${JSON.stringify(reply)}`)
  return { externalId: reply.externalId, version: reply.version ?? '' }
}

async function madeInvoice(amountMinor = 3_000): Promise<{ externalId: string; version: string }> {
  const { externalId } = await made(customer, { name: `Of an invoice ${next()}` })
  const lines = [{ description: 'Beans', quantity: '1', unit_price: { amountMinor, currency: 'EUR' } }]
  return made(invoice, { number: `R-${next()}`, customer_id: externalId, issued_on: '2026-02-01', lines })
}

const paymentOf = (invoice_id: string, amountMinor: number): Values => ({
  reference: `P-${next()}`,
  invoice_id,
  amount: { amountMinor, currency: 'EUR' },
  received_on: '2026-02-02',
  method: 'bank',
})

describe('the write class of a create', () => {
  /** The suite's own check of the class, on the real service, with another class claimed than F. */
  async function claimed(writeClass: WriteClass): Promise<void> {
    const proxy = await startFaultProxy(books.port)
    const claim = async (): Promise<OpenConnection> => {
      const honest = await openBooks({ port: proxy.port, token: books.token })
      return { ...honest, object: async (name, by) => withClass(await honest.object(name, by), writeClass) }
    }
    const draft = (n: number): Values => ({ name: `Claimed ${writeClass} ${n}` })
    const objects = [{ name: 'customer', draft }]
    const checks = contractChecks({ name: 'claim', open: claim, faults: proxy, objects })
    const check = checks.find(({ name }) => name === 'customer keeps the write class it declares for new records')
    await check?.run().finally(proxy.stop)
  }

  function withClass(object: ConnectedObject, writeClass: WriteClass): ConnectedObject {
    const { description } = object
    const writes = { ...description.writes, create: { class: writeClass, findBy: 'name' } }
    return { ...object, description: { ...description, writes } }
  }

  test('is F: what became of it is found by its name at once, and the unique name keeps a second one out', async () => {
    await claimed('F')
    await claimed('U')
  })

  test('is not K: the check of the suite refuses a claim the service does not keep', async () => {
    await expect(claimed('K')).rejects.toThrow(/sent again under the same key is rejected/)
  })

  test('lets a second sending of the same create fail as a conflict that names the first', async () => {
    const write = prepared(customer, { operation: 'create', values: { name: 'Twice, Ltd.' } })
    const replies = [await customer.send?.([write], signal), await customer.send?.([write], signal)].flat()
    const [first, second] = replies
    expect(first?.status).toBe('written')
    expect(second).toMatchObject({
      status: 'rejected',
      field: 'name',
      error: {
        kind: 'conflict',
        code: 'already-exists',
        details: { conflictingId: first?.status === 'written' ? first.externalId : '' },
      },
    })
  })
})

describe('an answer that never came', () => {
  test.each([
    ['is cut off', { loseResponseRate: 1 }],
    ['is a 502 after the commit', { error5xxAfterCommitRate: 1 }],
    ['is half a body', { cutBodyRate: 1 }],
  ])('because it %s is uncertain, and the record is found', async (_what, faults) => {
    const name = `Lost, ${next()}`
    await books.setFaults(faults)
    expect((await send(customer, { operation: 'create', values: { name } })).status).toBe('uncertain')
    await books.setFaults({})
    expect(await customer.find?.('name', [name.toUpperCase()], signal)).toMatchObject([{ values: { name } }])
  })

  test('from a service that was killed after the commit is uncertain, and the record is found', async () => {
    const { externalId } = await madeInvoice()
    const values = paymentOf(externalId, 500)
    await books.setFaults({ crashAfterWrites: 1 })
    expect((await send(payment, { operation: 'create', values })).status).toBe('uncertain')
    await books.killAndRestart()
    const found = await payment.find?.('reference', [String(values.reference)], signal)
    expect(found?.map((record) => record.values.amount)).toEqual([values.amount])
    expect((await invoice.get?.(externalId, signal))?.values.paid).toEqual(values.amount)
  })
})

describe('what the service refuses', () => {
  test('an old version is a conflict that names the current one, for a change and for a deletion', async () => {
    const { externalId, version } = await made(customer, { name: `Stale ${next()}` })
    const change = (city: string) => send(customer, { operation: 'update', externalId, version, values: { city } })
    expect((await change('Köln')).status).toBe('written')
    const stale = { status: 'rejected', error: { code: 'stale-version', details: { currentVersion: 2 } } }
    expect(await change('Bonn')).toMatchObject(stale)
    expect(await send(customer, { operation: 'delete', externalId, version, values: {} })).toMatchObject(stale)
    expect((await customer.get?.(externalId, signal))?.values.city).toBe('Köln')
  })

  test('a bad value is a data error that names the field', async () => {
    const reply = await send(customer, { operation: 'create', values: { name: 'Bad', email: 'kein@mail' } })
    expect(reply).toMatchObject({ status: 'rejected', field: 'email', error: { kind: 'data', code: 'not-accepted' } })
  })

  test('more than an invoice has open is a data error; deleting it with payments is a conflict', async () => {
    const { externalId } = await madeInvoice(3_000)
    const tooMuch = await send(payment, { operation: 'create', values: paymentOf(externalId, 3_001) })
    expect(tooMuch).toMatchObject({ status: 'rejected', field: 'amount', error: { kind: 'data' } })
    await made(payment, paymentOf(externalId, 1_000))
    const record = await invoice.get?.(externalId, signal)
    expect(record).toMatchObject({
      version: '2',
      values: { total: { amountMinor: 3_000 }, balance: { amountMinor: 2_000, currency: 'EUR' }, status: 'open' },
    })
    const erase = await send(invoice, { operation: 'delete', externalId, version: '2', values: {} })
    expect(erase).toMatchObject({ status: 'rejected', error: { kind: 'conflict', code: 'has-payments' } })
  })

  test('the name of somebody inactive is taken; changing them is a conflict, deleting them again is done', async () => {
    const name = `Inactive ${next()}`
    const { externalId, version } = await made(customer, { name })
    const erase: WriteCommand = { operation: 'delete', externalId, version, values: {} }
    expect(await send(customer, erase)).toEqual({ status: 'written', externalId })
    expect(await send(customer, erase)).toEqual({ status: 'written', externalId })
    expect(await customer.get?.(externalId, signal)).toBeNull()
    expect(await customer.find?.('name', [name], signal)).toEqual([])
    expect(await send(customer, { operation: 'create', values: { name } })).toMatchObject({
      error: {
        code: 'already-exists',
        message: expect.stringContaining('inactive'),
        details: { conflictingId: externalId },
      },
    })
    const change = await send(customer, { operation: 'update', externalId, version: '2', values: { city: 'Ulm' } })
    expect(change).toMatchObject({ status: 'rejected', error: { kind: 'conflict', code: 'record-inactive' } })
  })

  test('too many requests are not sent, with the time to wait', async () => {
    await books.setFaults({ throttleEvery: 1 })
    const limited = await openBooks(books)
    const object = await limited.object('customer', signal)
    const reply = await send(object, { operation: 'create', values: { name: `Limited ${next()}` } })
    expect(reply).toMatchObject({ status: 'not-sent', retryAfterMs: expect.any(Number) })
    await limited.close()
  })
})

describe('finding', () => {
  test('takes many names at once, with commas, in any case, and long ones too', async () => {
    const names = Array.from({ length: 60 }, (_, n) => `Findable, "${n}" ${'ü'.repeat(n % 2 === 0 ? 80 : 1)}`)
    for (const name of names) await made(customer, { name })
    const found = await customer.find?.(
      'name',
      [...names.map((name) => ` ${name.toUpperCase()}`), '', 'nobody'],
      signal,
    )
    expect(found?.map((record) => record.values.name).sort()).toEqual([...names].sort())
    await expect(customer.find?.('city', ['Köln'], signal)).rejects.toMatchObject({ info: { code: 'not-a-key' } })
  }, 30_000)

  test('gives everybody with the same e-mail address', async () => {
    const email = 'shared@example.com'
    for (const name of ['Shared 1', 'Shared 2']) await made(customer, { name, email: email.toUpperCase() })
    expect(await customer.find?.('email', [email], signal)).toHaveLength(2)
    expect((await connection.test(signal)).account).toBe('Practice books')
  })
})

describe('a write that cannot be', () => {
  test.each([
    ['an unknown field', { surname: 'x' }],
    ['a total, which the books work out', { total: { amountMinor: 1, currency: 'EUR' } }],
    ['lines that are none', { lines: 'Beans' }],
    ['a line that is a text', { lines: ['Beans'] }],
    ['a line with an unknown field', { lines: [{ price: '1' }] }],
    ['a line whose price is a text', { lines: [{ description: 'A', unit_price: '1.00' }] }],
    ['money of no currency', { lines: [{ description: 'A', unit_price: { amountMinor: 1, currency: 'euro' } }] }],
  ])('%s is refused before it is sent', (_what, values) => {
    expect(() => invoice.prepare?.({ operation: 'create', values })).toThrow(AppError)
  })

  test('a change without the version it was made from is a data error; an operation not offered is a bug', () => {
    const change: WriteCommand = { operation: 'update', externalId: 'cus_1', values: { city: 'Ulm' } }
    expect(() => customer.prepare?.(change)).toThrow(/version it was read in is not known/)
    expect(() => customer.prepare?.({ operation: 'upsert', values: {} })).toThrow(/cannot be written this way/)
    expect(() => customer.prepare?.({ operation: 'update', values: {} })).toThrow(/cannot be written this way/)
  })
})

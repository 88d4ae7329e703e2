import { afterEach, describe, expect, test } from 'vitest'
import type { TestService } from '../kit/testing/service-client.ts'
import { startTestBooks } from './testing/start-books.ts'

let books: TestService
afterEach(() => books.dispose())

const create = (n: number) => books.call('POST', '/customers', { json: { name: `N${n}`, memo: `of ${n}` } })

describe('what was answered', () => {
  test('is there after a SIGKILL in the middle of writing, and a second sending of everything doubles nothing', async () => {
    books = await startTestBooks()
    const total = 300
    const answered = new Map<number, string>()
    let next = 0
    const writer = async (): Promise<void> => {
      while (next < total) {
        const n = next++
        const answer = await create(n).catch(() => null)
        if (answer?.status === 201) answered.set(n, answer.body.id)
        if (answered.size === 100) void books.service().kill()
      }
    }
    await Promise.all(Array.from({ length: 12 }, writer))
    await books.service().exited
    expect(answered.size).toBeGreaterThanOrEqual(100)
    expect(answered.size).toBeLessThan(total)
    await books.restart()
    for (const [n, id] of answered) expect((await books.call('GET', `/customers/${id}`)).body?.memo).toBe(`of ${n}`)
    for (let n = 0; n < total; n += 1) {
      const { status, body } = await create(n)
      expect(answered.has(n) ? [409] : [201, 409]).toContain(status)
      if (answered.has(n)) expect(body.error.conflicting_id).toBe(answered.get(n))
    }
    const { customer } = (await books.call('GET', '/_stats')).body.objects
    expect([customer.active, customer.shared_keys, customer.writes.create]).toEqual([total, 0, total])
  })

  test('includes the balance of an invoice whose payment was committed as the process died', async () => {
    books = await startTestBooks({ faults: {} })
    const { body: customer } = await create(1)
    const lines = [{ description: 'A', unit_price: { amount: '30.00', currency: 'EUR' } }]
    const { body: invoice } = await books.call('POST', '/invoices', {
      json: { number: 'R-1', customer_id: customer.id, issued_on: '2026-01-01', lines },
    })
    await books.call('PUT', '/_faults', { json: { crashAfterWrites: 1 } })
    const amount = { amount: '10.00', currency: 'EUR' }
    const json = { reference: 'P-1', invoice_id: invoice.id, amount, received_on: '2026-01-02', method: 'card' }
    await expect(books.call('POST', '/payments', { json })).rejects.toThrow()
    await books.service().exited
    await books.restart()
    const { body } = await books.call('GET', `/invoices/${invoice.id}`)
    expect(body).toMatchObject({ paid: amount, balance: { amount: '20.00' } })
    expect((await books.call('GET', '/payments?reference=p-1')).body.data).toHaveLength(1)
  })
})

describe('the limit of requests', () => {
  test('answers 429 with Retry-After, and goes on after the wait', async () => {
    books = await startTestBooks({ requestsPerSecond: 5 })
    const answers = await Promise.all(Array.from({ length: 12 }, () => books.call('GET', '/account')))
    const refused = answers.filter((answer) => answer.status === 429)
    expect(refused.length).toBeGreaterThanOrEqual(5)
    expect(refused[0]?.headers.get('retry-after')).toBe('1')
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect((await books.call('GET', '/account')).body.name).toBe('Practice books')
  })

  test('and its faults refuse before anything is written', async () => {
    books = await startTestBooks({ faults: { rejectEvery: 2 } })
    expect([(await create(1)).status, (await create(2)).status]).toEqual([201, 422])
    expect((await books.call('GET', '/_stats')).body.objects.customer.active).toBe(1)
  })
})

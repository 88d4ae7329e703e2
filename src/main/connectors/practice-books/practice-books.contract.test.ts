/** The kit's contract suite against the real service in its own process, with a proxy between that can fail. */
import { afterAll } from 'vitest'
import type { Values } from '#shared/model/value.ts'
import { connectorContract } from '../../connector-kit/testing/contract-suite.ts'
import { startFaultProxy } from '../../connector-kit/testing/fault-proxy.ts'
import { openBooks, startBooks } from './testing/books-process.ts'

const books = await startBooks()
const proxy = await startFaultProxy(books.port)
afterAll(async () => {
  proxy.stop()
  await books.stop()
})

const customerDraft = (n: number): Values => ({
  name: `Müller, "Söhne" & Co. ${n}`,
  email: `Accounts${n}@Example.com`,
  phone: '030/23125-100',
  street: 'Am Hof 1\nHinterhaus',
  postal_code: '01067',
  city: 'Köln',
  country: 'DE',
  vat_number: 'DE123456789',
  currency: 'EUR',
  payment_terms_days: 14,
  memo: '☕ zahlt bar',
})

const itemDraft = (n: number): Values => ({
  sku: `ESP-${n}`,
  name: 'Espresso, dunkel',
  description: '1 kg, ganze Bohne',
  unit_price: { amountMinor: 2_490 + n, currency: 'EUR' },
  unit: 'kg',
})

/** The first customer, item and invoice of the seed are what the others refer to. */
const invoiceDraft = (n: number): Values => ({
  number: `2026-${n}`,
  customer_id: 'cus_1',
  issued_on: '2026-02-28',
  due_on: '2026-03-14',
  lines: [
    { item_id: 'itm_1', quantity: '2.50', unit_price: { amountMinor: 1_999, currency: 'EUR' }, tax_rate: '7' },
    { description: 'Rebate', quantity: '1', unit_price: { amountMinor: -n, currency: 'EUR' }, tax_rate: '19.0' },
    { description: 'Grinder', quantity: '1000', unit_price: { amountMinor: 99_900, currency: 'EUR' }, tax_rate: '0' },
  ],
  memo: 'paid by transfer',
})

const paymentDraft = (n: number): Values => ({
  reference: `SEPA ${n}`,
  invoice_id: 'inv_1',
  amount: { amountMinor: 100 + n, currency: 'EUR' },
  received_on: '2026-03-01',
  method: 'bank',
  memo: 'first part',
})

async function seed(): Promise<void> {
  const connection = await openBooks(books)
  const drafts = { customer: customerDraft, item: itemDraft, invoice: invoiceDraft, payment: paymentDraft }
  const signal = new AbortController().signal
  for (const [name, draft] of Object.entries(drafts)) {
    const object = await connection.object(name, signal)
    const writes = Array.from({ length: 7 }, (_, index) => {
      const request = object.prepare?.({ operation: 'create', values: draft(9_000 + index) }) ?? ''
      return { operation: 'create' as const, request, idempotencyKey: `seed-${name}-${index}` }
    })
    await object.send?.(writes, signal)
  }
  await connection.close()
}

connectorContract({
  name: 'practice-books',
  open: () => openBooks({ port: proxy.port, token: books.token }),
  seed,
  secrets: [books.token],
  logged: () => [],
  faults: proxy,
  objects: [
    {
      name: 'customer',
      minRecords: 7,
      pageSize: 2,
      refusesStaleVersion: true,
      unknownId: 'cus_999999',
      draft: customerDraft,
      change: (n) => ({ name: `Renamed, Ltd. ${n}`, payment_terms_days: n, memo: null }),
    },
    {
      name: 'item',
      minRecords: 7,
      pageSize: 3,
      refusesStaleVersion: true,
      unknownId: 'itm_999999',
      draft: itemDraft,
      change: (n) => ({ name: `Renamed ${n}`, unit_price: { amountMinor: n, currency: 'JPY' } }),
    },
    {
      name: 'invoice',
      minRecords: 7,
      pageSize: 3,
      refusesStaleVersion: true,
      unknownId: 'inv_999999',
      draft: invoiceDraft,
      change: (n) => ({
        memo: `changed ${n}`,
        lines: [
          { description: 'Beans', quantity: '3', unit_price: { amountMinor: n, currency: 'GBP' }, tax_rate: '20' },
        ],
      }),
    },
    {
      name: 'payment',
      minRecords: 7,
      pageSize: 3,
      refusesStaleVersion: true,
      unknownId: 'pay_999999',
      draft: paymentDraft,
      change: (n) => ({ amount: { amountMinor: 5_000 + n, currency: 'EUR' }, method: 'card' }),
    },
  ],
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { type LaunchedService, launchService } from '../kit/launch-service.ts'
import { plannedCustomers } from './books-customers.ts'
import { practiceBooksPopulation } from './books-population.ts'
import { practiceCrmPopulation } from './crm-population.ts'
import { plannedSubscribers, practiceListPopulation } from './list-population.ts'
import { sampleCompanies } from './sample-companies.ts'
import { sampleTruth } from './sample-truth.ts'
import { writeSampleBusiness } from './write-sample.ts'

const truth = sampleTruth()
const folder = mkdtempSync(join(tmpdir(), 'sample-services-'))
const files = writeSampleBusiness(folder)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function start(service: 'books' | 'list', seed: string): Promise<LaunchedService> {
  const entry = fileURLToPath(new URL(`../${service}/serve.ts`, import.meta.url))
  return launchService({ entry, args: ['--data', join(folder, service), '--seed', seed, '--rate', '0'] })
}

async function all(service: LaunchedService, path: string): Promise<Record<string, unknown>[]> {
  const headers = { authorization: `Bearer ${service.token}` }
  const records: Record<string, unknown>[] = []
  for (let cursor = ''; ; ) {
    const answer = await fetch(`${service.baseUrl}${path}?limit=100${cursor && `&cursor=${cursor}`}`, { headers })
    // A list of the services: {data, next_cursor}.
    const page = (await answer.json()) as { data: Record<string, unknown>[]; next_cursor: string | null }
    records.push(...page.data)
    if (page.next_cursor === null) return records
    cursor = page.next_cursor
  }
}

const key = (name: unknown): string => String(name).normalize('NFC').trim().toLowerCase()

describe('the population of the books', () => {
  test('is the same every time, and accepted whole by the real service, once', async () => {
    expect(practiceBooksPopulation()).toEqual(practiceBooksPopulation())
    const { customers, items, invoices, payments, paidInvoices } = truth.books
    expect([customers, items, invoices, payments, paidInvoices]).toEqual([60, 12, 40, 25, 17])
    for (const attempt of ['first start', 'second start']) {
      const service = await start('books', files.booksSeed)
      const counts = await Promise.all(['/customers', '/items', '/payments'].map((path) => all(service, path)))
      expect(
        counts.map((records) => records.length),
        attempt,
      ).toEqual([customers, items, payments])
      const written = await all(service, '/invoices')
      expect(written).toHaveLength(invoices)
      // The books add up by themselves: the sample and they agree to the cent on what is paid whole.
      expect(written.filter((invoice) => invoice.status === 'paid')).toHaveLength(paidInvoices)
      expect(written.filter((invoice) => invoice.version === 2)).toHaveLength(payments)
      await service.stop()
    }
  })

  test('knows most of the CRM, a part of it under another spelling', () => {
    const { contacts } = practiceCrmPopulation()
    const inCrm = new Set([
      ...contacts.map(({ fields }) => key(`${fields.first_name} ${fields.last_name}`)),
      ...sampleCompanies().flatMap((company) => (company.isInCrm ? [key(company.name)] : [])),
    ])
    const { byOverlap } = truth.books
    expect(byOverlap).toEqual({ 'same-name': 24, 'other-spelling': 28, 'books-only': 8 })
    for (const { overlap, name } of plannedCustomers()) {
      if (overlap !== 'books-only') expect([name, inCrm.has(key(name))]).toEqual([name, overlap === 'same-name'])
    }
    expect(new Set(plannedCustomers().map(({ name }) => key(name))).size).toBe(truth.books.customers)
  })
})

describe('the population of the list', () => {
  test('is the same every time, and accepted whole by the real service', async () => {
    expect(practiceListPopulation()).toEqual(practiceListPopulation())
    const service = await start('list', files.listSeed)
    const subscribers = await all(service, '/subscribers')
    expect(subscribers).toHaveLength(truth.list.subscribers)
    const count = (status: string): number => subscribers.filter((one) => one.status === status).length
    expect(count('subscribed')).toBe(truth.list.subscribed)
    expect(count('unsubscribed')).toBe(truth.list.unsubscribed)
    expect(count('bounced')).toBe(truth.list.bounced)
    await service.stop()
  })

  test('overlaps with the contacts, and some have unsubscribed whom the CRM still counts as readers', () => {
    const inCrm = new Map(practiceCrmPopulation().contacts.map(({ fields }) => [key(fields.email), fields.newsletter]))
    for (const { overlap, email, isWantedInCrm } of plannedSubscribers()) {
      expect([email, inCrm.has(email)]).toEqual([email, overlap === 'contact'])
      expect(inCrm.get(email) ?? null).toBe(isWantedInCrm)
    }
    expect(truth.list.byOverlap).toEqual({ contact: 105, 'customer-only': 25, reader: 20 })
    expect([truth.list.subscribers, truth.list.unsubscribed, truth.list.bounced]).toEqual([150, 19, 5])
    expect(truth.list.unsubscribedButWantedInCrm).toBeGreaterThan(3)
  })
})

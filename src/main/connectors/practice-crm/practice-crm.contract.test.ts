/** The kit's contract suite against the real service in its own process, with a proxy between that can fail. */
import { afterAll } from 'vitest'
import type { WriteCommand } from '#shared/model/connected.ts'
import type { Values } from '#shared/model/value.ts'
import { connectorContract } from '../../connector-kit/testing/contract-suite.ts'
import { startFaultProxy } from '../../connector-kit/testing/fault-proxy.ts'
import { openCrm, startCrm } from './testing/crm-process.ts'

const crm = await startCrm()
const proxy = await startFaultProxy(crm.port)
afterAll(async () => {
  proxy.stop()
  await crm.stop()
})

const contactDraft = (n: number): Values => ({
  email: `Person${n}@Example.com`,
  first_name: `Ана ${n}`,
  last_name: 'O’Brien, "Jr."',
  phone: '+44 7700 900123',
  street: '1 Market Strand\nFlat 2',
  postal_code: '01067',
  city: 'Dresden',
  country: 'DE',
  birthday: '1980-02-29',
  customer_since: '2025-04-03',
  newsletter: false,
  lifecycle: 'customer',
  total_spent: { amountMinor: -1250, currency: 'EUR' },
  tags: ['wholesale', 'a,b'],
  notes: '☕ zahlt bar',
  external_ref: `HF-${n}`,
})

const companyDraft = (n: number): Values => ({
  name: `Müller & Söhne ${n}`,
  domain: `mueller-${n}.example`,
  phone: '030/23125-100',
  street: 'Am Hof 1',
  postal_code: '50667',
  city: 'Köln',
  country: 'DE',
  vat_number: 'DE123456789',
  industry: 'Retail',
  employees: n,
  notes: 'pays late',
  external_ref: `W-${n}`,
})

const dealDraft = (n: number): Values => ({
  title: `Grinder "Mk II" ${n}`,
  stage: 'new',
  amount: { amountMinor: 900_000 + n, currency: 'JPY' },
  close_date: '2026-12-31',
  notes: 'call first',
  external_ref: `D-${n}`,
})

async function seed(): Promise<void> {
  const connection = await openCrm(crm)
  const drafts = { contact: contactDraft, company: companyDraft, deal: dealDraft }
  const signal = new AbortController().signal
  for (const [name, draft] of Object.entries(drafts)) {
    const object = await connection.object(name, signal)
    const writes = Array.from({ length: 7 }, (_, index) => {
      const command: WriteCommand = { operation: 'create', values: draft(9_000 + index) }
      return {
        operation: command.operation,
        request: object.prepare?.(command) ?? '',
        idempotencyKey: `seed-${name}-${index}`,
      }
    })
    await object.send?.(writes, signal)
  }
  await connection.close()
}

connectorContract({
  name: 'practice-crm',
  open: () => openCrm({ port: proxy.port, token: crm.token }),
  seed,
  secrets: [crm.token],
  logged: () => [],
  faults: proxy,
  objects: [
    {
      name: 'contact',
      minRecords: 7,
      pageSize: 2,
      refusesStaleVersion: true,
      unknownId: 'con_999999',
      rareFields: ['company_id'],
      draft: contactDraft,
      change: (n) => ({ first_name: `Renamed ${n}`, total_spent: { amountMinor: n, currency: 'GBP' }, notes: null }),
    },
    {
      name: 'company',
      minRecords: 7,
      pageSize: 3,
      refusesStaleVersion: true,
      unknownId: 'com_999999',
      draft: companyDraft,
      change: (n) => ({ name: `Renamed ${n}`, employees: n }),
    },
    {
      name: 'deal',
      minRecords: 7,
      pageSize: 3,
      refusesStaleVersion: true,
      unknownId: 'dea_999999',
      draft: dealDraft,
      change: (n) => ({ stage: 'won', amount: { amountMinor: n, currency: 'EUR' } }),
    },
  ],
})

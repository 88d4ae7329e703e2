/** The contract suite on the REST connector, against the loopback service in every way it can be configured. */
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ContractOptions, connectorContract, contractChecks } from '#main/connector-kit/testing/contract-suite.ts'
import type { Values } from '#shared/model/value.ts'
import { type RunningService, startService } from '#test/support/services/start-service.ts'
import { restConnector } from './index.ts'
import { contactObject, customerObject, restConfig } from './testing/loopback-config.ts'
import { openForTest, postJson } from './testing/open-for-test.ts'

const token = 'tok_contract_5up3rs3cr3t'
const services: RunningService[] = []
afterAll(async () => {
  await Promise.all(services.map((service) => service.stop()))
})

interface Way {
  readonly name: string
  readonly mode: 'keys' | 'lookup' | 'unique'
  /** What differs from the usual contact object. */
  readonly contact: object
}

function optionsOf(way: Way): ContractOptions {
  let service: Promise<RunningService> | undefined
  const running = async (): Promise<RunningService> => {
    service ??= startService('loopback', { customers: 23, mode: way.mode, token })
    const started = await service
    if (!services.includes(started)) services.push(started)
    return started
  }
  const lines: string[] = []
  const settings = async (fault: unknown): Promise<void> => {
    await postJson(`${(await running()).url}/settings`, { fault })
  }
  return {
    name: `rest (${way.name})`,
    open: async () =>
      openForTest(restConfig((await running()).url, [customerObject, { ...contactObject, ...way.contact }]), {
        secrets: { token },
        lines,
      }),
    seed: async () => {
      const { url } = await running()
      for (let n = 1; n <= 7; n += 1) await postJson(`${url}/contacts`, seedContact(n), token)
    },
    secrets: [token],
    logged: () => lines,
    faults: { set: (fault) => settings(fault), clear: () => settings(null) },
    objects: [
      { name: 'customer', minRecords: 23, pageSize: 5, unknownId: 'cus_99999999' },
      {
        name: 'contact',
        minRecords: 7,
        pageSize: 3,
        volatileFields: ['updated_at', 'version'],
        draft: (n): Values => ({
          external_id: `draft-${n}`,
          full_name: `Person ${n}`,
          email: `p${n}@example.com`,
          joined: '2026-03-01',
          balance: { amountMinor: 1990 + n, currency: 'EUR' },
          active: true,
        }),
        change: (n): Values => ({ full_name: `Renamed ${n}` }),
        refusesStaleVersion: true,
      },
    ],
  }
}

function seedContact(n: number): object {
  const balance = (n / 4).toFixed(2)
  return {
    external_id: `seed-${n}`,
    full_name: `Seed ${n}`,
    email: `s${n}@example.com`,
    joined: '01/02/2026',
    balance,
    active: n % 2 === 0,
  }
}

const ways: readonly Way[] = [
  {
    name: 'idempotency keys, changes only, batches with keys',
    mode: 'keys',
    contact: {
      create: {
        path: '/contacts',
        idempotency: { header: 'Idempotency-Key', ttlMs: 86_400_000 },
        findBy: 'external_id',
      },
      batch: {
        path: '/contacts/batch',
        wrapAt: 'records',
        resultsAt: 'results',
        max: 100,
        statusAt: 'status',
        keyField: 'idempotency_key',
      },
    },
  },
  {
    name: 'looked up by external id, whole records',
    mode: 'lookup',
    contact: {
      create: { path: '/contacts', findBy: 'external_id' },
      update: { path: '/contacts/{id}', method: 'PUT' },
    },
  },
  {
    name: 'unique external id, upsert',
    mode: 'unique',
    contact: {
      create: { path: '/contacts', isUnique: true },
      upsert: { path: '/contacts/by-external-id/{external_id}' },
    },
  },
]

for (const way of ways) connectorContract(optionsOf(way))

describe('a class the service does not keep', () => {
  test('K fails where the service ignores keys', async () => {
    const [keys] = ways
    const checks = keys ? contractChecks(optionsOf({ ...keys, mode: 'lookup' })) : []
    const check = checks.find((one) => one.name.includes('contact keeps the write class'))
    await expect(check?.run()).rejects.toThrow(/same key sent twice gives two ids/)
  })

  test('U fails where the service takes a second record', async () => {
    const unique = ways[2]
    const checks = unique ? contractChecks(optionsOf({ ...unique, mode: 'lookup' })) : []
    const check = checks.find((one) => one.name.includes('contact keeps the write class'))
    await expect(check?.run()).rejects.toThrow(/made another one/)
  })
})

test('the settings of a connection are a JSON schema with a description of each of them', () => {
  const schema = z.toJSONSchema(restConnector.config, { io: 'input' })
  expect(JSON.stringify(schema)).toContain('Address of the service')
  const object = restConnector.config.safeParse(
    restConfig('https://api.example.com', [{ ...customerObject, surprise: 1 }]),
  )
  expect(object.success).toBe(false)
})

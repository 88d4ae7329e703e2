import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestService } from '../kit/testing/service-client.ts'
import { startTestCrm } from './testing/start-crm.ts'

let crm: TestService
beforeAll(async () => {
  crm = await startTestCrm()
})
afterAll(() => crm.dispose())

const create = (fields: object, headers: Record<string, string> = {}) =>
  crm.call('POST', '/contacts', { json: fields, headers })

describe('a request at the door', () => {
  test('without the right token is refused, with it says who we are', async () => {
    const refused = await crm.call('GET', '/account', { headers: { authorization: 'Bearer pcrm_guess' } })
    expect(refused.status).toBe(401)
    const { status, body, headers } = await crm.call('GET', '/account')
    expect([status, body.environment, body.name]).toEqual([200, 'practice', 'Practice CRM'])
    expect(Date.parse(headers.get('date') ?? '')).toBeGreaterThan(0)
  })

  test('under a foreign host name is refused, whatever its token', async () => {
    const { port, token } = crm.service()
    const status = await new Promise((resolve, reject) => {
      const headers = { host: 'attacker.example', authorization: `Bearer ${token}` }
      request({ host: '127.0.0.1', port, path: '/v1/account', headers }, (answer) => resolve(answer.statusCode))
        .on('error', reject)
        .end()
    })
    expect(status).toBe(421)
  })

  test.each([
    ['more than 1 MiB', { text: JSON.stringify({ notes: 'x'.repeat(1_100_000) }) }, 413, 'body_too_large'],
    ['broken JSON', { text: '{"email":' }, 400, 'invalid_json'],
    ['another format', { text: 'email=a', headers: { 'content-type': 'text/plain' } }, 415, 'unsupported_media_type'],
    ['a list instead of an object', { json: [] }, 422, 'validation_failed'],
  ])('with %s is refused', async (_what, options, status, code) => {
    const answer = await crm.call('POST', '/contacts', options)
    expect([answer.status, answer.body.error.code]).toEqual([status, code])
  })

  test('to an unknown path or by a wrong method is refused', async () => {
    expect((await crm.call('GET', '/orders')).status).toBe(404)
    expect((await crm.call('GET', '/contacts/con_1/notes')).status).toBe(404)
    const wrong = await crm.call('PUT', '/contacts/con_1', { json: {} })
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, PATCH, DELETE'])
  })
})

describe('a contact', () => {
  test('carries version, instants and every field, the given ones byte for byte', async () => {
    const fields = {
      email: 'Ana@Example.com',
      first_name: 'Άννα ☕',
      last_name: 'O’Brien, "Jr."',
      notes: 'a\r\nb\u00a0c',
      tags: ['x,y'],
    }
    const { status, body, headers } = await create(fields)
    expect([status, headers.get('etag')]).toEqual([201, '"1"'])
    expect(body).toMatchObject({ ...fields, version: 1, archived: false, phone: null })
    expect(body.created_at).toBe(body.updated_at)
    expect((await crm.call('GET', `/contacts/${body.id}`)).body).toEqual(body)
  })

  test('that breaks rules gets every problem at once', async () => {
    const fields = {
      email: 'kein@mail',
      phone: 'n/a',
      birthday: '2025-02-30',
      newsletter: 'yes',
      country: 'Germany',
      lifecycle: 'vip',
      total_spent_minor: 12.5,
      tags: 'a',
      first_name: 'x'.repeat(101),
      company_id: 'com_999',
      version: 3,
      surname: 'x',
      last_name: 'a\u0000b',
    }
    const { status, body } = await create(fields)
    expect(status).toBe(422)
    expect(
      Object.fromEntries(body.error.fields.map((one: { field: string; code: string }) => [one.field, one.code])),
    ).toEqual({
      email: 'not_an_email',
      phone: 'not_a_phone',
      birthday: 'not_a_date',
      newsletter: 'not_a_boolean',
      country: 'not_a_country',
      lifecycle: 'not_an_option',
      total_spent_minor: 'not_an_integer',
      tags: 'not_tags',
      first_name: 'too_long',
      company_id: 'unknown_reference',
      version: 'read_only',
      surname: 'unknown_field',
      last_name: 'invalid_characters',
    })
  })

  test('needs a name or an address, and an amount needs its currency', async () => {
    expect((await create({ notes: 'nobody' })).body.error.fields[0].code).toBe('required')
    const amount = await create({ last_name: 'Khan', total_spent_minor: 100 })
    expect(amount.body.error.fields[0].field).toBe('total_spent_currency')
  })

  test('with an address that is taken is refused with the id that has it, in any case of letters', async () => {
    const first = await create({ email: 'taken@example.com' })
    const second = await create({ email: ' TAKEN@example.com ' })
    expect([second.status, second.body.error.code, second.body.error.conflicting_id]).toEqual([
      409,
      'already_exists',
      first.body.id,
    ])
    const other = await create({ email: 'free@example.com' })
    const moved = await crm.call('PATCH', `/contacts/${other.body.id}`, { json: { email: 'taken@example.com' } })
    expect(moved.status).toBe(409)
    const own = await crm.call('PATCH', `/contacts/${first.body.id}`, { json: { email: 'Taken@Example.com' } })
    expect([own.status, own.body.email]).toEqual([200, 'Taken@Example.com'])
  })

  test('changes only from the version the caller saw, and only in the given fields', async () => {
    const { body } = await create({ email: 'v@example.com', first_name: 'Vera', city: 'Köln' })
    const path = `/contacts/${body.id}`
    const changed = await crm.call('PATCH', path, { json: { city: 'Bonn' }, headers: { 'if-match': '"1"' } })
    expect(changed.body).toMatchObject({ version: 2, city: 'Bonn', first_name: 'Vera' })
    const stale = await crm.call('PATCH', path, { json: { city: 'Ulm' }, headers: { 'if-match': '"1"' } })
    expect([stale.status, stale.body.error.current_version]).toEqual([412, 2])
    const wrong = await crm.call('PATCH', path, { json: { city: 'Ulm' }, headers: { 'if-match': 'yesterday' } })
    expect(wrong.status).toBe(400)
    const same = await crm.call('PATCH', path, { json: { city: 'Bonn' }, headers: { 'if-match': '"2"' } })
    expect(same.body).toEqual(changed.body)
    expect((await crm.call('GET', path)).body.city).toBe('Bonn')
  })

  test('that is archived is gone from reads, lists and searches, and its address is free', async () => {
    const { body } = await create({ email: 'gone@example.com' })
    const stale = await crm.call('DELETE', `/contacts/${body.id}`, { headers: { 'if-match': '"9"' } })
    expect(stale.status).toBe(412)
    expect((await crm.call('DELETE', `/contacts/${body.id}`)).status).toBe(204)
    expect((await crm.call('DELETE', `/contacts/${body.id}`)).status).toBe(404)
    expect((await crm.call('GET', `/contacts/${body.id}`)).status).toBe(404)
    expect((await crm.call('GET', `/contacts/${body.id}?archived=true`)).body.archived).toBe(true)
    expect((await crm.call('GET', '/contacts?email=gone@example.com')).body.data).toEqual([])
    expect((await create({ email: 'gone@example.com' })).status).toBe(201)
  })
})

describe('a company and a deal', () => {
  test('hold unique domains, checked references and whole amounts', async () => {
    const company = await crm.call('POST', '/companies', {
      json: { name: 'Müller & Söhne', domain: 'Mueller.example' },
    })
    expect(company.status).toBe(201)
    const twin = await crm.call('POST', '/companies', { json: { name: 'Other', domain: 'mueller.example' } })
    expect(twin.body.error.conflicting_id).toBe(company.body.id)
    const fields = { title: 'Beans', stage: 'new', amount_minor: 19_990, currency: 'EUR', company_id: company.body.id }
    expect((await crm.call('POST', '/deals', { json: fields })).status).toBe(201)
    const dangling = await crm.call('POST', '/deals', { json: { ...fields, contact_id: 'con_424242' } })
    expect(dangling.body.error.fields).toMatchObject([{ field: 'contact_id', code: 'unknown_reference' }])
    const huge = await crm.call('POST', '/deals', {
      text: '{"title":"x","stage":"new","amount_minor":9007199254740993,"currency":"EUR"}',
    })
    expect(huge.status).toBe(422)
  })

  test('keep a reference whose record was archived later', async () => {
    const company = await crm.call('POST', '/companies', { json: { name: 'Closing Ltd' } })
    const deal = await crm.call('POST', '/deals', {
      json: { title: 'Last order', stage: 'new', company_id: company.body.id },
    })
    await crm.call('DELETE', `/companies/${company.body.id}`)
    const won = await crm.call('PATCH', `/deals/${deal.body.id}`, { json: { stage: 'won' } })
    expect(won.body).toMatchObject({ stage: 'won', company_id: company.body.id })
  })
})

describe('a batch', () => {
  test('answers item by item and keeps the good ones', async () => {
    const items = [
      { idempotency_key: 'b1', record: { email: 'batch1@example.com' } },
      { idempotency_key: 'b2', record: { email: 'not an address' } },
      { idempotency_key: 'b3', record: { email: 'BATCH1@example.com' } },
      { idempotency_key: 'b1', record: { email: 'batch1@example.com' } },
      { idempotency_key: 'b5', record: { email: 'batch5@example.com' } },
    ]
    const { body } = await crm.call('POST', '/contacts/batch', { json: { items } })
    expect(body.results.map((one: { status: number }) => one.status)).toEqual([201, 422, 409, 201, 201])
    expect(body.results[3]).toMatchObject({ index: 3, replayed: true, record: { id: body.results[0].record.id } })
    expect(body.results[2].error.conflicting_id).toBe(body.results[0].record.id)
  })

  test('of none or more than 100 is refused', async () => {
    const items = Array.from({ length: 101 }, (_, n) => ({ record: { last_name: `N${n}` } }))
    expect((await crm.call('POST', '/contacts/batch', { json: { items } })).status).toBe(422)
    expect((await crm.call('POST', '/contacts/batch', { json: { items: [] } })).status).toBe(422)
  })

  test('shares its keys with single creates', async () => {
    const record = { last_name: 'Both', first_name: 'Ways' }
    const batch = await crm.call('POST', '/contacts/batch', { json: { items: [{ idempotency_key: 'both', record }] } })
    const single = await create({ first_name: 'Ways', last_name: 'Both' }, { 'idempotency-key': 'both' })
    expect(single.body).toEqual(batch.body.results[0].record)
    expect(single.headers.get('idempotent-replayed')).toBe('true')
  })
})

test('the description of the API is OpenAPI 3 and names every path', async () => {
  const { body } = await crm.call('GET', '/openapi.json')
  expect(body.openapi).toMatch(/^3\.0\./)
  expect(Object.keys(body.paths)).toHaveLength(10)
  const references = JSON.stringify(body).matchAll(/"#\/components\/schemas\/(\w+)"/g)
  for (const [, name] of references) expect(Object.keys(body.components.schemas)).toContain(name)
})

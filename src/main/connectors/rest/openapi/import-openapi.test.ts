/** The OpenAPI import on tidy, ugly and hostile documents; what it proposes is accepted by the settings' schema. */
import { describe, expect, test } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { restSettings } from '../rest-settings.ts'
import { importOpenApi } from './import-openapi.ts'

const shop = `
openapi: 3.0.3
info: { title: Shop, version: "1" }
paths:
  /customers:
    parameters:
      - $ref: '#/components/parameters/Limit'
    get:
      parameters:
        - { name: cursor, in: query, schema: { type: string } }
        - { name: updated_since, in: query, schema: { type: string, format: date-time } }
      responses:
        "200":
          content:
            application/json; charset=utf-8:
              schema:
                type: object
                properties:
                  data: { type: array, items: { $ref: '#/components/schemas/Customer' } }
                  meta: { type: object, properties: { next_cursor: { type: string, nullable: true }, has_more: { type: boolean } } }
    post:
      parameters: [{ name: Idempotency-Key, in: header, schema: { type: string } }]
      requestBody: { content: { application/json: { schema: { type: object, properties: { customer: { $ref: '#/components/schemas/Customer' } } } } } }
      responses: { "201": { content: { application/json: { schema: { type: object, properties: { customer: { $ref: '#/components/schemas/Customer' } } } } } } }
  /customers/{customer_id}:
    get: { responses: { "200": { content: { application/json: { schema: { $ref: '#/components/schemas/Customer' } } } } } }
    patch: { responses: { "200": { description: fine } } }
    delete: { responses: { "204": { description: gone } } }
  /customers/{customer_id}/notes:
    get: { responses: {} }
  /plain-list:
    get: { responses: { "200": { content: { application/json: { schema: { type: array, items: { type: object, properties: { uuid: { type: string } } } } } } } } }
components:
  parameters:
    Limit: { name: limit, in: query, schema: { type: integer, maximum: 50 } }
  schemas:
    Base:
      type: object
      required: [id, name]
      properties:
        id: { type: string, readOnly: true }
        updated_at: { type: string, format: date-time, readOnly: true }
    Customer:
      allOf:
        - $ref: '#/components/schemas/Base'
        - type: object
          properties:
            name: { type: string, maxLength: 80, title: Full name }
            email: { type: string, format: email }
            balance: { type: number }
            status: { type: string, enum: [active, inactive] }
            parent: { $ref: '#/components/schemas/Customer' }
            tags: { type: array, items: { type: string } }
            visits: { type: array, items: { type: object, required: [day], properties: { day: { type: string, format: date, title: Day }, note: { type: string, maxLength: 40 } } } }
            born: { oneOf: [{ type: string, format: date }, { type: 'null' }] }
`

describe('a tidy document', () => {
  const { objects, notes } = importOpenApi(shop)
  const customer = objects.find((object) => object.name === 'customers')

  test('gives the lists with paging and changes', () => {
    expect(objects.map((object) => object.name)).toEqual(['customers', 'plain-list'])
    expect(customer?.list).toEqual({
      path: '/customers',
      recordsAt: 'data',
      paging: { kind: 'cursor', parameter: 'cursor', tokenAt: 'meta.next_cursor', moreAt: 'meta.has_more' },
      sizeParameter: 'limit',
      pageSize: 50,
      incremental: {
        parameter: 'updated_since',
        format: 'iso',
        updatedAtField: 'updated_at',
        granularityMs: 1000,
        lookbackMs: 60_000,
      },
    })
  })

  test('gives the ways of writing', () => {
    expect(customer?.get).toEqual({ path: '/customers/{id}', recordAt: '' })
    expect(customer?.create).toMatchObject({ path: '/customers', wrapAt: 'customer', recordAt: 'customer' })
    expect(customer?.update).toMatchObject({ path: '/customers/{id}', method: 'PATCH' })
    expect(customer?.delete).toEqual({ path: '/customers/{id}' })
  })

  test('gives the fields of merged schemas, circles included', () => {
    const fields = Object.fromEntries((customer?.fields ?? []).map((field) => [field.name, field]))
    expect(fields.name).toEqual({
      name: 'name',
      type: 'text',
      label: 'Full name',
      maxLength: 80,
      isNeededToCreate: true,
    })
    expect(fields.email).toEqual({ name: 'email', type: 'email', isOptional: true })
    expect(fields.born?.type).toBe('date')
    expect(fields.parent?.type).toBe('object')
    expect(fields.status?.options).toEqual(['active', 'inactive'])
    expect(fields.visits?.fields).toEqual([
      { name: 'day', type: 'date', label: 'Day', required: true },
      { name: 'note', type: 'text', maxLength: 40 },
    ])
    expect(fields.tags?.fields).toBeUndefined()
    expect(fields.updated_at).toMatchObject({ type: 'instant', readOnly: true })
  })

  test('promises no protection against double writes, but names what looks like one', () => {
    expect(customer?.create?.idempotency).toBeUndefined()
    expect(notes.join('\n')).toMatch(/takes the header Idempotency-Key/)
    expect(notes.join('\n')).toMatch(/balance looks like money/)
    expect(notes.join('\n')).toMatch(/notes stands below another record/)
    expect(objects[1]?.idField).toBe('uuid')
  })

  test('is accepted by the settings of a connection', () => {
    expect(restSettings.safeParse({ baseUrl: 'https://api.example.com', objects }).error).toBeUndefined()
  })
})

function withSchema(schema: unknown, more: object = {}): string {
  const content = { 'application/json': { schema } }
  return JSON.stringify({
    openapi: '3.1.0',
    paths: { '/things': { get: { responses: { 200: { content } } } } },
    ...more,
  })
}

describe('an ugly document', () => {
  test('remote references are refused with a note', () => {
    const { objects, notes } = importOpenApi(withSchema({ $ref: 'https://evil.example/schema.json' }))
    expect(objects).toEqual([])
    expect(notes.join()).toMatch(/leads out of the document/)
  })

  test('references in a circle end', () => {
    const schemas = { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } }
    const { notes } = importOpenApi(withSchema({ $ref: '#/components/schemas/A' }, { components: { schemas } }))
    expect(notes.join()).toMatch(/circle/)
  })

  test('allOf in a circle ends', () => {
    const schemas = { A: { allOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/A' }] } }
    expect(importOpenApi(withSchema({ $ref: '#/components/schemas/A' }, { components: { schemas } })).objects).toEqual(
      [],
    )
  })

  test('allOf that unfolds into millions is read in no time', () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 18 }, (_, n) => [
        `S${n}`,
        { allOf: Array(10).fill({ $ref: `#/components/schemas/S${n + 1}` }) },
      ]),
    )
    const text = withSchema({ $ref: '#/components/schemas/S0' }, { components: { schemas } })
    const startMs = performance.now()
    importOpenApi(text)
    expect(performance.now() - startMs).toBeLessThan(1000)
  })

  test('pointers with slashes, tildes and percent signs are followed', () => {
    const schemas = {
      'a/b~c d': { type: 'array', items: { type: 'object', properties: { id: { type: ['integer', 'null'] } } } },
    }
    const text = withSchema({ $ref: '#/components/schemas/a~1b~0c%20d' }, { components: { schemas } })
    expect(importOpenApi(text).objects[0]?.fields).toEqual([{ name: 'id', type: 'number', readOnly: true }])
  })

  test.each([
    ['no paths', JSON.stringify({ openapi: '3.0.0' })],
    [
      'paths of the wrong shape',
      JSON.stringify({
        openapi: '3.0.0',
        paths: { '/a': 5, b: {}, '/c': { get: [] }, '/d': { get: { responses: 'x' } } },
      }),
    ],
    ['schemas of the wrong shape', withSchema({ type: 7, properties: [1], required: 'id', allOf: {}, items: 'x' })],
    [
      'hostile names',
      withSchema({ type: 'array', items: { properties: { __proto__: {}, constructor: { type: 'string' } } } }),
    ],
  ])('%s: no crash', (_name, text) => {
    expect(() => importOpenApi(text)).not.toThrow()
  })

  test.each([
    ['Swagger 2', '{"swagger":"2.0"}', /Swagger 2/],
    ['something else', '{"a":1}', /OpenAPI 3/],
    ['no document', 'hello', /neither JSON nor YAML/],
    ['broken JSON', '{"openapi":', /not valid/],
    ['YAML that unfolds without end', yamlBomb(), /not valid/],
  ])('%s is refused in words', (_name, text, reason) => {
    try {
      importOpenApi(text)
      expect.unreachable()
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(AppError)
      expect(String(thrown)).toMatch(reason)
    }
  })
})

function yamlBomb(): string {
  const lines = ['openapi: 3.0.0', 'a0: &a0 [x, x, x, x, x, x, x, x, x]']
  for (let n = 1; n < 10; n += 1)
    lines.push(
      `a${n}: &a${n} [${Array(9)
        .fill(`*a${n - 1}`)
        .join(', ')}]`,
    )
  return lines.join('\n')
}

test('what the body of a new record requires is needed to create, unless only the service sets it', () => {
  const schema = {
    type: 'object',
    required: ['id', 'number', 'lines'],
    properties: {
      id: { type: 'string', readOnly: true },
      number: { type: 'string' },
      lines: { type: 'array' },
      note: {},
    },
  }
  const content = { content: { 'application/json': { schema } } }
  const { objects } = importOpenApi(
    JSON.stringify({
      openapi: '3.1.0',
      paths: { '/bills': { post: { requestBody: content, responses: { 201: content } } }, '/bills/{id}': {} },
    }),
  )
  const needed = objects[0]?.fields?.filter((field) => field.isNeededToCreate).map(({ name }) => name)
  expect(needed).toEqual(['number', 'lines'])
})

describe('the way of sign-in', () => {
  const documentWith = (securitySchemes: object): string =>
    JSON.stringify({ openapi: '3.1.0', info: { title: ' Books ' }, paths: {}, components: { securitySchemes } })

  test.each([
    [{ a: { type: 'http', scheme: 'Bearer' } }, { kind: 'bearer' }],
    [{ a: { type: 'oauth2', flows: {} } }, { kind: 'bearer' }],
    [{ a: { type: 'http', scheme: 'basic' } }, { kind: 'basic', username: '' }],
    [{ a: { type: 'apiKey', in: 'header', name: 'X-Key' } }, { kind: 'header', header: 'X-Key' }],
    [{ a: { type: 'apiKey', in: 'query', name: 'key' } }, { kind: 'query', parameter: 'key' }],
    [{ a: { type: 'mutualTLS' }, b: { type: 'http', scheme: 'bearer' } }, { kind: 'bearer' }],
    [{ a: { type: 'apiKey', in: 'header', name: 'bad name\n' } }, { kind: 'none' }],
    [{ a: 'odd', b: { type: 'apiKey', in: 'cookie', name: 'sid' } }, { kind: 'none' }],
  ])('%j is %j', (schemes, auth) => {
    expect(importOpenApi(documentWith(schemes)).auth).toEqual(auth)
  })

  test('is none, with a note, where the document does not speak of it', () => {
    const { auth, title, notes } = importOpenApi(JSON.stringify({ openapi: '3.0.0', paths: {} }))
    expect([auth, title]).toEqual([{ kind: 'none' }, null])
    expect(notes.join('\n')).toMatch(/choose the way of sign-in/)
  })

  test('comes with the name of the service', () => {
    expect(importOpenApi(documentWith({})).title).toBe('Books')
  })
})

/** The API's own description (OpenAPI 3.0.3), made from the rules that also check requests. */
import type { JsonObject } from '#shared/json.ts'
import { fieldSchema, instant, openApiDocument, operation, query, reference, text } from '../kit/openapi-parts.ts'
import { type FieldRule, type ObjectRule, searchableFields } from './object-rules.ts'

const moneyText: JsonObject = { type: 'string', description: 'Decimal text with the digits of the currency.' }
const ownSchemas: JsonObject = {
  Money: { type: 'object', required: ['amount', 'currency'], properties: { amount: moneyText, currency: text } },
  Line: {
    type: 'object',
    required: ['unit_price'],
    properties: {
      item_id: { type: 'string', nullable: true },
      description: { type: 'string', nullable: true },
      quantity: text,
      unit_price: reference('Money'),
      tax_rate: text,
    },
  },
}
const workedOut = ['net_total', 'tax_total', 'total', 'paid', 'balance']

export function openApiOf(rules: readonly ObjectRule[]): JsonObject {
  return openApiDocument({
    title: 'Practice books',
    description: 'Small accounts on this computer, for practice.',
    paths: rules.map(pathsOf),
    schemas: [ownSchemas, ...rules.map(schemasOf)],
  })
}

function pathsOf(rule: ObjectRule): JsonObject {
  const title = titleOf(rule)
  return {
    [`/${rule.path}`]: {
      get: operation(`list${title}`, `List or search ${rule.path}`, {
        parameters: listParameters(rule),
        ok: ['200', `${title}List`],
      }),
      post: operation(`create${title}`, `Create a new ${rule.name}`, { body: `${title}Input`, ok: ['201', title] }),
    },
    [`/${rule.path}/{id}`]: {
      parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
      get: operation(`get${title}`, `Read one ${rule.name}`, { ok: ['200', title] }),
      patch: operation(`update${title}`, `Change one ${rule.name}`, { body: `${title}Change`, ok: ['200', title] }),
      delete: operation(`delete${title}`, `Delete one ${rule.name}, or make it inactive`, {
        parameters: [{ ...query('version', { type: 'integer' }), required: true }],
        ok: ['204', null],
      }),
    },
  }
}

function schemasOf(rule: ObjectRule): JsonObject {
  const title = titleOf(rule)
  const fields = Object.fromEntries(rule.fields.map((field) => [field.name, schemaOf(field)]))
  const required = rule.fields.filter((field) => field.required).map((field) => field.name)
  const head = {
    id: text,
    version: { type: 'integer' },
    created_at: instant,
    updated_at: instant,
    active: { type: 'boolean' },
  }
  const totals = rule.name === 'invoice' ? invoiceTotals() : {}
  return {
    [`${title}Input`]: { type: 'object', properties: fields, required },
    [`${title}Change`]: {
      type: 'object',
      properties: { version: { type: 'integer' }, active: { type: 'boolean' }, ...fields },
      required: ['version'],
    },
    [title]: {
      type: 'object',
      properties: { ...head, ...fields, ...totals },
      required: [...Object.keys(head), ...required],
    },
    [`${title}List`]: {
      type: 'object',
      properties: {
        data: { type: 'array', items: reference(title) },
        has_more: { type: 'boolean' },
        next_cursor: { type: 'string', nullable: true },
      },
    },
  }
}

function invoiceTotals(): JsonObject {
  return {
    ...Object.fromEntries(workedOut.map((name) => [name, reference('Money')])),
    status: { type: 'string', enum: ['open', 'paid'] },
  }
}

function schemaOf(field: FieldRule): JsonObject {
  if (field.schema === 'money') return reference('Money')
  return field.schema === 'lines' ? { type: 'array', items: reference('Line') } : fieldSchema(field)
}

function listParameters(rule: ObjectRule): JsonObject[] {
  return [
    query('limit', { type: 'integer', minimum: 1, maximum: 100, default: 30 }),
    query('cursor', text),
    query('updated_since', instant),
    query('include_inactive', { type: 'boolean' }),
    ...searchableFields(rule).map((field) => query(field, { type: 'array', items: text })),
  ]
}

function titleOf(rule: ObjectRule): string {
  return rule.name.charAt(0).toUpperCase() + rule.name.slice(1)
}

/** The API's own description (OpenAPI 3.0.3), made from the rules that also check requests, so the two cannot drift apart. */
import type { JsonObject } from '#shared/json.ts'
import { type FieldRule, type ObjectRule, searchableFields } from './object-rules.ts'

const text: JsonObject = { type: 'string' }
const instant: JsonObject = { type: 'string', format: 'date-time' }

export function openApiOf(rules: readonly ObjectRule[]): JsonObject {
  return {
    openapi: '3.0.3',
    info: { title: 'Practice CRM', version: '1.0.0', description: 'A small CRM on this computer, for practice.' },
    servers: [{ url: '/v1' }],
    security: [{ token: [] }],
    paths: merged([{ '/account': accountPath }, ...rules.map(pathsOf)]),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: merged([{ Error: errorSchema }, ...rules.map(schemasOf)]),
    },
  }
}

const accountPath: JsonObject = {
  get: { operationId: 'getAccount', summary: 'Who am I', responses: { '200': { description: 'The account' } } },
}

const errorSchema: JsonObject = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { type: 'string' },
        message: { type: 'string' },
        fields: { type: 'array', items: { type: 'object', properties: { field: text, code: text, message: text } } },
        conflicting_id: { type: 'string' },
        current_version: { type: 'integer' },
      },
    },
  },
}

function pathsOf(rule: ObjectRule): JsonObject {
  const one = `/${rule.path}/{id}`
  const title = titleOf(rule)
  return {
    [`/${rule.path}`]: {
      get: operation(`list${title}`, `List or search ${rule.path}`, {
        parameters: listParameters(rule),
        ok: ['200', `${title}List`],
      }),
      post: operation(`create${title}`, `Create a ${rule.name}`, {
        parameters: [header('Idempotency-Key')],
        body: `${title}Input`,
        ok: ['201', title],
      }),
    },
    [`/${rule.path}/batch`]: {
      post: operation(`createMany${title}`, `Create up to 100 ${rule.path}`, {
        body: `${title}Batch`,
        ok: ['200', `${title}BatchResult`],
      }),
    },
    [one]: {
      parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
      get: operation(`get${title}`, `Read a ${rule.name}`, { ok: ['200', title] }),
      patch: operation(`update${title}`, `Change a ${rule.name}`, {
        parameters: [header('If-Match')],
        body: `${title}Input`,
        ok: ['200', title],
      }),
      delete: operation(`archive${title}`, `Archive a ${rule.name}`, {
        parameters: [header('If-Match')],
        ok: ['204', null],
      }),
    },
  }
}

interface OperationParts {
  readonly parameters?: readonly JsonObject[]
  readonly body?: string
  readonly ok: readonly [status: string, schema: string | null]
}

function operation(operationId: string, summary: string, { parameters, body, ok }: OperationParts): JsonObject {
  const [status, schema] = ok
  return {
    operationId,
    summary,
    ...(parameters ? { parameters } : {}),
    ...(body ? { requestBody: { required: true, content: content(body) } } : {}),
    responses: {
      [status]: { description: 'Done', ...(schema ? { content: content(schema) } : {}) },
      default: { description: 'Refused', content: content('Error') },
    },
  }
}

function schemasOf(rule: ObjectRule): JsonObject {
  const title = titleOf(rule)
  const fields = Object.fromEntries(rule.fields.map((field) => [field.name, fieldSchema(field)]))
  const required = rule.fields.filter((field) => field.required).map((field) => field.name)
  const record = {
    id: text,
    version: { type: 'integer' },
    created_at: instant,
    updated_at: instant,
    archived: { type: 'boolean' },
    ...fields,
  }
  return {
    [`${title}Input`]: { type: 'object', properties: fields },
    [title]: {
      type: 'object',
      properties: record,
      required: ['id', 'version', 'created_at', 'updated_at', 'archived', ...required],
    },
    [`${title}List`]: {
      type: 'object',
      properties: {
        data: { type: 'array', items: reference(title) },
        has_more: { type: 'boolean' },
        next_cursor: { type: 'string', nullable: true },
        total: { type: 'integer' },
      },
    },
    [`${title}Batch`]: listOf('items', { idempotency_key: text, record: reference(`${title}Input`) }),
    [`${title}BatchResult`]: listOf('results', {
      index: { type: 'integer' },
      status: { type: 'integer' },
      replayed: { type: 'boolean' },
      record: reference(title),
    }),
  }
}

function listParameters(rule: ObjectRule): JsonObject[] {
  return [
    query('limit', { type: 'integer', minimum: 1, maximum: 200, default: 50 }),
    query('cursor', text),
    query('updated_since', instant),
    query('archived', { type: 'boolean' }),
    query('include_total', { type: 'boolean' }),
    ...searchableFields(rule).map((field) => query(field, text)),
  ]
}

function fieldSchema(field: FieldRule): JsonObject {
  const nullable = field.required ? {} : { nullable: true }
  switch (field.kind) {
    case 'boolean':
      return { type: 'boolean', ...nullable }
    case 'integer':
      return { type: 'integer', ...nullable }
    case 'tags':
      return { type: 'array', items: text, ...nullable }
    default:
      return {
        type: 'string',
        ...formatOf(field),
        ...nullable,
        ...(field.maxLength ? { maxLength: field.maxLength } : {}),
      }
  }
}

function formatOf(field: FieldRule): JsonObject {
  if (field.kind === 'email' || field.kind === 'date') return { format: field.kind }
  return field.options ? { enum: field.options } : {}
}

function merged(parts: readonly JsonObject[]): JsonObject {
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)))
}

function titleOf(rule: ObjectRule): string {
  return rule.name.charAt(0).toUpperCase() + rule.name.slice(1)
}

function reference(schema: string): JsonObject {
  return { $ref: `#/components/schemas/${schema}` }
}

function content(schema: string): JsonObject {
  return { 'application/json': { schema: reference(schema) } }
}

function query(name: string, schema: JsonObject): JsonObject {
  return { name, in: 'query', schema }
}

function header(name: string): JsonObject {
  return { name, in: 'header', schema: text }
}

function listOf(name: string, properties: JsonObject): JsonObject {
  return { type: 'object', properties: { [name]: { type: 'array', items: { type: 'object', properties } } } }
}

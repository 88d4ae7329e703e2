/** Pieces of an OpenAPI 3.0.3 description, made from the rules that also check requests, so the two cannot drift apart. */
import type { JsonObject } from '#shared/json.ts'
import type { FieldShape } from './field-checks.ts'

export const text: JsonObject = { type: 'string' }
export const instant: JsonObject = { type: 'string', format: 'date-time' }

export interface Description {
  readonly title: string
  readonly description: string
  readonly paths: readonly JsonObject[]
  readonly schemas: readonly JsonObject[]
}

export function openApiDocument({ title, description, paths, schemas }: Description): JsonObject {
  return {
    openapi: '3.0.3',
    info: { title, version: '1.0.0', description },
    servers: [{ url: '/v1' }],
    security: [{ token: [] }],
    paths: merged([{ '/account': accountPath }, ...paths]),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: merged([{ Error: errorSchema }, ...schemas]),
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

interface OperationParts {
  readonly parameters?: readonly JsonObject[]
  readonly body?: string
  readonly ok: readonly [status: string, schema: string | null]
}

export function operation(operationId: string, summary: string, { parameters, body, ok }: OperationParts): JsonObject {
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

export function fieldSchema(field: FieldShape): JsonObject {
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

function formatOf(field: FieldShape): JsonObject {
  if (field.kind === 'email' || field.kind === 'date') return { format: field.kind }
  return field.options ? { enum: field.options } : {}
}

export function merged(parts: readonly JsonObject[]): JsonObject {
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)))
}

export function reference(schema: string): JsonObject {
  return { $ref: `#/components/schemas/${schema}` }
}

function content(schema: string): JsonObject {
  return { 'application/json': { schema: reference(schema) } }
}

export function query(name: string, schema: JsonObject): JsonObject {
  return { name, in: 'query', schema }
}

export function header(name: string): JsonObject {
  return { name, in: 'header', schema: text }
}

export function listOf(name: string, properties: JsonObject): JsonObject {
  return { type: 'object', properties: { [name]: { type: 'array', items: { type: 'object', properties } } } }
}

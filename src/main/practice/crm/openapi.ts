/** The API's own description (OpenAPI 3.0.3), made from the rules that also check requests, so the two cannot drift apart. */
import type { JsonObject } from '#shared/json.ts'
import {
  fieldSchema,
  header,
  instant,
  listOf,
  openApiDocument,
  operation,
  query,
  reference,
  text,
} from '../kit/openapi-parts.ts'
import { type ObjectRule, searchableFields } from './object-rules.ts'

export function openApiOf(rules: readonly ObjectRule[]): JsonObject {
  return openApiDocument({
    title: 'Practice CRM',
    description: 'A small CRM on this computer, for practice.',
    paths: rules.map(pathsOf),
    schemas: rules.map(schemasOf),
  })
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

function titleOf(rule: ObjectRule): string {
  return rule.name.charAt(0).toUpperCase() + rule.name.slice(1)
}

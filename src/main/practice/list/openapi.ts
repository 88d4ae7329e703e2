/** The API's own description (OpenAPI 3.0.3), made from the rules that also check requests. */
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
import { statuses, subscriberRule } from './subscriber-rules.ts'

const fields: JsonObject = Object.fromEntries(subscriberRule.fields.map((field) => [field.name, fieldSchema(field)]))
const email: JsonObject = { type: 'string', format: 'email', maxLength: 254 }
const subscriber: JsonObject = {
  email,
  created_at: instant,
  updated_at: instant,
  unsubscribed_at: { ...instant, nullable: true },
  ...fields,
}

const paths: JsonObject = {
  '/subscribers': {
    get: operation('listSubscribers', 'List or search subscribers', {
      parameters: [
        query('limit', { type: 'integer', minimum: 1, maximum: 500, default: 50 }),
        query('cursor', text),
        query('updated_since', instant),
        query('status', { type: 'string', enum: statuses }),
        query('include_total', { type: 'boolean' }),
        query('email', text),
      ],
      ok: ['200', 'SubscriberList'],
    }),
  },
  '/subscribers/batch': {
    post: operation('putSubscribers', 'Create or change up to 100 subscribers', {
      body: 'SubscriberBatch',
      ok: ['200', 'SubscriberBatchResult'],
    }),
  },
  '/subscribers/{email}': {
    parameters: [{ name: 'email', in: 'path', required: true, schema: email }],
    get: operation('getSubscriber', 'Read one subscriber', { ok: ['200', 'Subscriber'] }),
    put: operation('putSubscriber', 'Create or change one subscriber', {
      parameters: [header('If-Match')],
      body: 'SubscriberInput',
      ok: ['200', 'Subscriber'],
    }),
    delete: operation('deleteSubscriber', 'Delete one subscriber', { ok: ['204', null] }),
  },
}

const schemas: JsonObject = {
  SubscriberInput: { type: 'object', properties: fields },
  Subscriber: { type: 'object', properties: subscriber, required: ['email', 'status', 'created_at', 'updated_at'] },
  SubscriberList: {
    type: 'object',
    properties: {
      data: { type: 'array', items: reference('Subscriber') },
      has_more: { type: 'boolean' },
      next_cursor: { type: 'string', nullable: true },
      total: { type: 'integer' },
    },
  },
  SubscriberBatch: listOf('items', { email, ...fields }),
  SubscriberBatchResult: listOf('results', {
    index: { type: 'integer' },
    email: text,
    status: { type: 'integer' },
    record: reference('Subscriber'),
  }),
}

export const openApi: JsonObject = openApiDocument({
  title: 'Practice list',
  description: 'A small e-mail list on this computer, for practice. It sends nothing.',
  paths: [paths],
  schemas: [schemas],
})

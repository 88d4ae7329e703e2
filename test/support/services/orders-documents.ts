/** The OpenAPI documents of the shop and of the invoicing service, as such services publish them. */

const text = { type: 'string' }
const parameters = [
  { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 200 } },
  { name: 'cursor', in: 'query', schema: text },
]

const listOf = (schema: object) =>
  json({ type: 'object', properties: { data: { type: 'array', items: schema }, next: text } })

function json(schema: object) {
  return { description: 'fine', content: { 'application/json': { schema } } }
}

const order = {
  type: 'object',
  required: ['number', 'ordered_at', 'customer', 'currency', 'shipping', 'lines'],
  properties: {
    number: { ...text, title: 'Order number' },
    ordered_at: { ...text, format: 'date-time' },
    customer: { type: 'object', properties: { name: text, email: text } },
    currency: text,
    shipping: { ...text, format: 'decimal' },
    remark: { type: ['string', 'null'] },
    lines: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          sku: text,
          title: text,
          quantity: { type: 'integer' },
          unit_price: { ...text, format: 'decimal' },
        },
      },
    },
  },
}

export const shopDocument = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  paths: {
    '/orders': { get: { parameters, responses: { 200: listOf(order) } } },
    '/orders/{number}': { get: { responses: { 200: json(order) } } },
  },
}

const invoice = {
  type: 'object',
  required: ['order_number', 'customer_email', 'lines'],
  properties: {
    id: { ...text, readOnly: true },
    order_number: { ...text, title: 'Order number', maxLength: 30 },
    customer_name: text,
    customer_email: { ...text, format: 'email' },
    issued_on: { ...text, format: 'date' },
    currency: text,
    lines: {
      type: 'array',
      items: {
        type: 'object',
        required: ['description', 'quantity'],
        properties: {
          description: { ...text, title: 'Title', maxLength: 80 },
          quantity: { type: 'integer' },
          unit_price: { ...text, format: 'decimal' },
        },
      },
    },
  },
}

const idempotencyKey = { name: 'Idempotency-Key', in: 'header', schema: text }

export const invoiceDocument = {
  openapi: '3.1.0',
  info: { title: 'Invoices', version: '1' },
  paths: {
    '/invoices': {
      get: {
        parameters: [...parameters, { name: 'order_number', in: 'query', schema: text }],
        responses: { 200: listOf(invoice) },
      },
      post: {
        parameters: [idempotencyKey],
        requestBody: { content: { 'application/json': { schema: invoice } } },
        responses: { 201: json(invoice) },
      },
    },
    '/invoices/{id}': {
      get: { responses: { 200: json(invoice) } },
      patch: {
        requestBody: { content: { 'application/json': { schema: invoice } } },
        responses: { 200: json(invoice) },
      },
    },
  },
}

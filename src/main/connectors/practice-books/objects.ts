/** The objects of the practice books as the engine sees them, and where they stand in the API. */
import type { FieldDescription, ObjectDescription } from '#shared/model/object.ts'

export interface ObjectSpec {
  readonly description: ObjectDescription
  readonly path: string
}

/**
 * The service commits within milliseconds. Should it take longer than this, a second create still meets the unique
 * value of the first one.
 */
const settleMs = 2_000

const recordFields: readonly FieldDescription[] = [
  { name: 'id', label: 'Id', type: 'text', readOnly: true },
  { name: 'version', label: 'Version', type: 'number', readOnly: true },
  { name: 'created_at', label: 'Created', type: 'instant', readOnly: true },
  { name: 'updated_at', label: 'Last changed', type: 'instant', readOnly: true },
]

const memo: FieldDescription = { name: 'memo', label: 'Memo', type: 'text', maxLength: 4_000 }
const compared = 'compared without regard to capitals'

interface SpecParts {
  readonly name: string
  readonly label: string
  readonly path: string
  readonly fields: readonly FieldDescription[]
  readonly keys: readonly [string, ...string[]]
  readonly notes: readonly string[]
}

/** The first key is the one the service keeps unique: an unanswered create is looked up by it. */
function specOf({ name, label, path, fields, keys, notes }: SpecParts): ObjectSpec {
  return {
    path,
    description: {
      name,
      label,
      idField: 'id',
      fields: [...recordFields, ...fields],
      keys,
      changes: { kind: 'updated-since', granularityMs: 1, lookbackMs: 1_000 },
      writes: {
        create: { class: 'F', findBy: keys[0], settleMs },
        update: { class: 'C' },
        delete: { class: 'C' },
      },
      notes,
    },
  }
}

const customer = specOf({
  name: 'customer',
  label: 'Customer',
  path: '/customers',
  keys: ['name', 'email'],
  notes: ['Deleting makes a customer inactive: no longer listed, but the name stays taken.'],
  fields: [
    { name: 'name', label: 'Name', type: 'text', required: true, unique: true, maxLength: 100, note: compared },
    { name: 'email', label: 'E-mail', type: 'email', maxLength: 100 },
    { name: 'phone', label: 'Phone', type: 'phone', maxLength: 30 },
    { name: 'street', label: 'Street', type: 'text', maxLength: 200 },
    { name: 'postal_code', label: 'Postal code', type: 'text', maxLength: 20 },
    { name: 'city', label: 'City', type: 'text', maxLength: 100 },
    { name: 'country', label: 'Country', type: 'text', maxLength: 2, note: 'ISO code of two capital letters, like DE' },
    { name: 'vat_number', label: 'VAT number', type: 'text', maxLength: 20 },
    { name: 'currency', label: 'Currency', type: 'text', maxLength: 3, note: 'ISO code of three capital letters' },
    { name: 'payment_terms_days', label: 'Days to pay', type: 'number', note: 'a whole number from 0 to 365' },
    memo,
  ],
})

const item = specOf({
  name: 'item',
  label: 'Item',
  path: '/items',
  keys: ['sku'],
  notes: ['Deleting makes an item inactive: no longer listed, but its number stays taken.'],
  fields: [
    { name: 'sku', label: 'Item number', type: 'text', required: true, unique: true, maxLength: 40, note: compared },
    { name: 'name', label: 'Name', type: 'text', required: true, maxLength: 100 },
    { name: 'description', label: 'Description', type: 'text', maxLength: 1_000 },
    { name: 'unit_price', label: 'Unit price', type: 'money', required: true },
    { name: 'unit', label: 'Unit', type: 'text', required: true, options: ['piece', 'kg', 'hour'] },
  ],
})

const lineFields: readonly FieldDescription[] = [
  { name: 'item_id', label: 'Item', type: 'text', refersTo: 'item' },
  { name: 'description', label: 'Description', type: 'text', maxLength: 500, note: 'needed where there is no item' },
  { name: 'quantity', label: 'Quantity', type: 'decimal', note: 'at most 3 digits after the point' },
  { name: 'unit_price', label: 'Unit price', type: 'money', required: true },
  { name: 'tax_rate', label: 'Tax in per cent', type: 'decimal', note: 'at most 2 digits after the point' },
]

function workedOut(name: string, label: string): FieldDescription {
  return { name, label, type: 'money', readOnly: true }
}

const invoice = specOf({
  name: 'invoice',
  label: 'Invoice',
  path: '/invoices',
  keys: ['number'],
  notes: [
    'An invoice with payments cannot be deleted. The number of a deleted one stays taken.',
    'A payment changes the balance of its invoice, and its version.',
  ],
  fields: [
    { name: 'number', label: 'Number', type: 'text', required: true, unique: true, maxLength: 20, note: compared },
    { name: 'customer_id', label: 'Customer', type: 'text', required: true, refersTo: 'customer' },
    { name: 'issued_on', label: 'Date', type: 'date', required: true },
    { name: 'due_on', label: 'Due', type: 'date' },
    { name: 'lines', label: 'Lines', type: 'list', required: true, fields: lineFields, note: 'all in one currency' },
    memo,
    workedOut('net_total', 'Net total'),
    workedOut('tax_total', 'Tax'),
    workedOut('total', 'Total'),
    workedOut('paid', 'Paid'),
    workedOut('balance', 'Open'),
    { name: 'status', label: 'State', type: 'text', readOnly: true, options: ['open', 'paid'] },
  ],
})

const payment = specOf({
  name: 'payment',
  label: 'Payment',
  path: '/payments',
  keys: ['reference'],
  notes: ['A payment stays with its invoice, in the currency of the invoice and up to what is open.'],
  fields: [
    {
      name: 'reference',
      label: 'Reference',
      type: 'text',
      required: true,
      unique: true,
      maxLength: 60,
      note: 'what names this one payment at the bank or card service',
    },
    { name: 'invoice_id', label: 'Invoice', type: 'text', required: true, refersTo: 'invoice' },
    { name: 'amount', label: 'Amount', type: 'money', required: true },
    { name: 'received_on', label: 'Received', type: 'date', required: true },
    { name: 'method', label: 'Method', type: 'text', required: true, options: ['bank', 'card', 'cash'] },
    memo,
  ],
})

export const objectSpecs: readonly ObjectSpec[] = [customer, item, invoice, payment]

/** The objects of the practice CRM as the engine sees them, and how their fields stand on the wire. */
import type { FieldDescription, ObjectDescription } from '#shared/model/object.ts'

export interface ObjectSpec {
  readonly description: ObjectDescription
  readonly path: string
  /** Money fields: two fields on the wire, one value here. */
  readonly money: readonly MoneyField[]
}

export interface MoneyField {
  readonly name: string
  readonly amountField: string
  readonly currencyField: string
}

export const maxBatchSize = 100
/** The service remembers an idempotency key for 24 hours. */
const keyTtlMs = 24 * 60 * 60 * 1000

const recordFields: readonly FieldDescription[] = [
  { name: 'id', label: 'Id', type: 'text', readOnly: true },
  { name: 'version', label: 'Version', type: 'number', readOnly: true },
  { name: 'created_at', label: 'Created', type: 'instant', readOnly: true },
  { name: 'updated_at', label: 'Last changed', type: 'instant', readOnly: true },
]

const addressFields: readonly FieldDescription[] = [
  { name: 'street', label: 'Street', type: 'text', maxLength: 200 },
  { name: 'postal_code', label: 'Postal code', type: 'text', maxLength: 20 },
  { name: 'city', label: 'City', type: 'text', maxLength: 100 },
  { name: 'country', label: 'Country', type: 'text', maxLength: 2, note: 'ISO code of two capital letters, like DE' },
]

const notes: FieldDescription = { name: 'notes', label: 'Notes', type: 'text', maxLength: 10_000 }
const externalRef: FieldDescription = {
  name: 'external_ref',
  label: 'Number elsewhere',
  type: 'text',
  maxLength: 200,
  note: 'no comma',
}
const phone: FieldDescription = { name: 'phone', label: 'Phone', type: 'phone', maxLength: 40 }

interface SpecParts {
  readonly name: string
  readonly label: string
  readonly path: string
  readonly fields: readonly FieldDescription[]
  readonly keys: readonly string[]
  readonly findBy: string
  readonly money: readonly MoneyField[]
}

function specOf({ name, label, path, fields, keys, findBy, money }: SpecParts): ObjectSpec {
  return {
    path,
    money,
    description: {
      name,
      label,
      idField: 'id',
      fields: [...recordFields, ...fields],
      keys,
      changes: { kind: 'updated-since', granularityMs: 1, lookbackMs: 1_000 },
      writes: {
        create: { class: 'K', keyTtlMs, batchSize: maxBatchSize, findBy },
        update: { class: 'C' },
        delete: { class: 'C' },
      },
      notes: ['Deleting archives the record: it disappears from lists, and its unique value is free again.'],
    },
  }
}

const contact = specOf({
  name: 'contact',
  label: 'Contact',
  path: '/contacts',
  keys: ['email', 'external_ref'],
  findBy: 'email',
  money: [{ name: 'total_spent', amountField: 'total_spent_minor', currencyField: 'total_spent_currency' }],
  fields: [
    { name: 'email', label: 'E-mail', type: 'email', unique: true, maxLength: 254, note: 'compared in lower case' },
    { name: 'first_name', label: 'First name', type: 'text', maxLength: 100 },
    { name: 'last_name', label: 'Last name', type: 'text', maxLength: 100 },
    phone,
    { name: 'company_id', label: 'Company', type: 'text', refersTo: 'company' },
    ...addressFields,
    { name: 'birthday', label: 'Birthday', type: 'date' },
    { name: 'customer_since', label: 'Customer since', type: 'date' },
    { name: 'newsletter', label: 'Newsletter', type: 'boolean' },
    { name: 'lifecycle', label: 'Lifecycle', type: 'text', options: ['lead', 'customer', 'former'] },
    { name: 'total_spent', label: 'Total spent', type: 'money' },
    { name: 'tags', label: 'Tags', type: 'list' },
    notes,
    externalRef,
  ],
})

const company = specOf({
  name: 'company',
  label: 'Company',
  path: '/companies',
  keys: ['domain', 'external_ref'],
  findBy: 'domain',
  money: [],
  fields: [
    { name: 'name', label: 'Name', type: 'text', required: true, maxLength: 200 },
    { name: 'domain', label: 'Domain', type: 'text', unique: true, maxLength: 253, note: 'like example.com' },
    phone,
    ...addressFields,
    { name: 'vat_number', label: 'VAT number', type: 'text', maxLength: 20 },
    { name: 'industry', label: 'Industry', type: 'text', maxLength: 100 },
    { name: 'employees', label: 'Employees', type: 'number' },
    notes,
    externalRef,
  ],
})

const deal = specOf({
  name: 'deal',
  label: 'Deal',
  path: '/deals',
  keys: ['external_ref'],
  findBy: 'external_ref',
  money: [{ name: 'amount', amountField: 'amount_minor', currencyField: 'currency' }],
  fields: [
    { name: 'title', label: 'Title', type: 'text', required: true, maxLength: 200 },
    {
      name: 'stage',
      label: 'Stage',
      type: 'text',
      required: true,
      options: ['new', 'qualified', 'proposal', 'won', 'lost'],
    },
    { name: 'amount', label: 'Amount', type: 'money' },
    { name: 'company_id', label: 'Company', type: 'text', refersTo: 'company' },
    { name: 'contact_id', label: 'Contact', type: 'text', refersTo: 'contact' },
    { name: 'close_date', label: 'Closing date', type: 'date' },
    notes,
    externalRef,
  ],
})

export const objectSpecs: readonly ObjectSpec[] = [contact, company, deal]

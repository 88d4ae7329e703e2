/** The three objects of the practice CRM as data: storage, validation, search and the OpenAPI page are made from this. */

import type { FieldRule as AnyFieldRule, RecordRule } from '../kit/validate.ts'

export const objectNames = ['contact', 'company', 'deal'] as const
export type ObjectName = (typeof objectNames)[number]

export type FieldRule = AnyFieldRule<ObjectName>

export interface ObjectRule extends RecordRule<ObjectName> {
  readonly name: ObjectName
  /** Path segment and table name. */
  readonly path: 'contacts' | 'companies' | 'deals'
  readonly idPrefix: string
  /** No two live records share this field, compared in lower case. */
  readonly uniqueField?: string
}

const externalRef: FieldRule = { name: 'external_ref', kind: 'text', maxLength: 200, hasNoComma: true }
const address: readonly FieldRule[] = [
  { name: 'street', kind: 'text', maxLength: 200 },
  { name: 'postal_code', kind: 'text', maxLength: 20 },
  { name: 'city', kind: 'text', maxLength: 100 },
  { name: 'country', kind: 'country' },
]

const contact: ObjectRule = {
  name: 'contact',
  path: 'contacts',
  idPrefix: 'con_',
  uniqueField: 'email',
  oneOf: ['email', 'first_name', 'last_name'],
  together: [['total_spent_minor', 'total_spent_currency']],
  fields: [
    { name: 'email', kind: 'email', maxLength: 254 },
    { name: 'first_name', kind: 'text', maxLength: 100 },
    { name: 'last_name', kind: 'text', maxLength: 100 },
    { name: 'phone', kind: 'phone', maxLength: 40 },
    { name: 'company_id', kind: 'reference', refersTo: 'company' },
    ...address,
    { name: 'birthday', kind: 'date' },
    { name: 'customer_since', kind: 'date' },
    { name: 'newsletter', kind: 'boolean' },
    { name: 'lifecycle', kind: 'option', options: ['lead', 'customer', 'former'] },
    { name: 'total_spent_minor', kind: 'integer' },
    { name: 'total_spent_currency', kind: 'currency' },
    { name: 'tags', kind: 'tags' },
    { name: 'notes', kind: 'text', maxLength: 10_000 },
    externalRef,
  ],
}

const company: ObjectRule = {
  name: 'company',
  path: 'companies',
  idPrefix: 'com_',
  uniqueField: 'domain',
  fields: [
    { name: 'name', kind: 'text', maxLength: 200, required: true },
    { name: 'domain', kind: 'domain', maxLength: 253 },
    { name: 'phone', kind: 'phone', maxLength: 40 },
    ...address,
    { name: 'vat_number', kind: 'text', maxLength: 20 },
    { name: 'industry', kind: 'text', maxLength: 100 },
    { name: 'employees', kind: 'integer', min: 0, max: 10_000_000 },
    { name: 'notes', kind: 'text', maxLength: 10_000 },
    externalRef,
  ],
}

const deal: ObjectRule = {
  name: 'deal',
  path: 'deals',
  idPrefix: 'dea_',
  together: [['amount_minor', 'currency']],
  fields: [
    { name: 'title', kind: 'text', maxLength: 200, required: true },
    { name: 'stage', kind: 'option', options: ['new', 'qualified', 'proposal', 'won', 'lost'], required: true },
    { name: 'amount_minor', kind: 'integer' },
    { name: 'currency', kind: 'currency' },
    { name: 'company_id', kind: 'reference', refersTo: 'company' },
    { name: 'contact_id', kind: 'reference', refersTo: 'contact' },
    { name: 'close_date', kind: 'date' },
    { name: 'notes', kind: 'text', maxLength: 10_000 },
    externalRef,
  ],
}

export const objectRules: Readonly<Record<ObjectName, ObjectRule>> = { contact, company, deal }

/** Fields a list can be searched by: exact, and always the stored truth. */
export function searchableFields(rule: ObjectRule): readonly string[] {
  return rule.uniqueField ? [rule.uniqueField, 'external_ref'] : ['external_ref']
}

/** The form in which unique values are compared: 'Ana@Example.com ' and 'ana@example.com' are one address. */
export function uniqueKeyOf(value: string): string {
  return value.trim().normalize('NFC').toLowerCase()
}

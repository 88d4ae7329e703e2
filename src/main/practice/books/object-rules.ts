/** The four objects of the practice books as data: storage, validation, search and the OpenAPI page are made from this. */
import type { Json } from '#shared/json.ts'
import { accept, type Checked, refuse } from '../kit/field-checks.ts'
import type { FieldRule as AnyFieldRule, RecordRule } from '../kit/validate.ts'
import { checkLines } from './invoice-lines.ts'
import { readAmount, writeAmount } from './money.ts'

export const objectNames = ['customer', 'item', 'invoice', 'payment'] as const
export type ObjectName = (typeof objectNames)[number]

export type FieldRule = AnyFieldRule<ObjectName> & {
  /** How the OpenAPI page describes a kind that only the books have. */
  readonly schema?: 'money' | 'lines'
}

export interface ObjectRule extends RecordRule<ObjectName> {
  readonly name: ObjectName
  /** Path segment and table name. */
  readonly path: 'customers' | 'items' | 'invoices' | 'payments'
  readonly idPrefix: string
  readonly fields: readonly FieldRule[]
  /** No two records share this field, compared in lower case. */
  readonly uniqueField: string
  /** The other field a list can be searched by. */
  readonly secondField?: string
  /**
   * `inactivates`: the record stays, can be read by its id and made active again. `removes`: it is gone.
   * Either way a name or number stays taken, because printed papers show it; a payment's reference is free again.
   */
  readonly deleting: 'inactivates' | 'removes'
  readonly freesKey: boolean
  /** Fields that never change once the record is there. */
  readonly fixedFields?: readonly string[]
}

function checkMoney(value: Json): Checked {
  const amount = readAmount(value)
  return amount
    ? accept(writeAmount(amount))
    : refuse('not_an_amount', 'must be like {"amount":"12.50","currency":"EUR"}, with no more digits than the currency')
}

const address: readonly FieldRule[] = [
  { name: 'street', kind: 'text', maxLength: 200 },
  { name: 'postal_code', kind: 'text', maxLength: 20 },
  { name: 'city', kind: 'text', maxLength: 100 },
  { name: 'country', kind: 'country' },
]
const memo: FieldRule = { name: 'memo', kind: 'text', maxLength: 4_000 }

const customer: ObjectRule = {
  name: 'customer',
  path: 'customers',
  idPrefix: 'cus_',
  uniqueField: 'name',
  secondField: 'email',
  deleting: 'inactivates',
  freesKey: false,
  fields: [
    { name: 'name', kind: 'text', maxLength: 100, required: true },
    { name: 'email', kind: 'email', maxLength: 100 },
    { name: 'phone', kind: 'phone', maxLength: 30 },
    ...address,
    { name: 'vat_number', kind: 'text', maxLength: 20 },
    { name: 'currency', kind: 'currency' },
    { name: 'payment_terms_days', kind: 'integer', min: 0, max: 365 },
    memo,
  ],
}

const item: ObjectRule = {
  name: 'item',
  path: 'items',
  idPrefix: 'itm_',
  uniqueField: 'sku',
  deleting: 'inactivates',
  freesKey: false,
  fields: [
    { name: 'sku', kind: 'text', maxLength: 40, required: true },
    { name: 'name', kind: 'text', maxLength: 100, required: true },
    { name: 'description', kind: 'text', maxLength: 1_000 },
    { name: 'unit_price', kind: 'own', check: checkMoney, schema: 'money', required: true },
    { name: 'unit', kind: 'option', options: ['piece', 'kg', 'hour'], required: true },
  ],
}

const invoice: ObjectRule = {
  name: 'invoice',
  path: 'invoices',
  idPrefix: 'inv_',
  uniqueField: 'number',
  secondField: 'customer_id',
  deleting: 'removes',
  freesKey: false,
  fields: [
    { name: 'number', kind: 'text', maxLength: 20, required: true },
    { name: 'customer_id', kind: 'reference', refersTo: 'customer', required: true },
    { name: 'issued_on', kind: 'date', required: true },
    { name: 'due_on', kind: 'date' },
    { name: 'lines', kind: 'own', check: checkLines, schema: 'lines', required: true },
    memo,
  ],
}

const payment: ObjectRule = {
  name: 'payment',
  path: 'payments',
  idPrefix: 'pay_',
  uniqueField: 'reference',
  secondField: 'invoice_id',
  deleting: 'removes',
  freesKey: true,
  fixedFields: ['invoice_id'],
  fields: [
    { name: 'reference', kind: 'text', maxLength: 60, required: true },
    { name: 'invoice_id', kind: 'reference', refersTo: 'invoice', required: true },
    { name: 'amount', kind: 'own', check: checkMoney, schema: 'money', required: true },
    { name: 'received_on', kind: 'date', required: true },
    { name: 'method', kind: 'option', options: ['bank', 'card', 'cash'], required: true },
    memo,
  ],
}

export const objectRules: Readonly<Record<ObjectName, ObjectRule>> = { customer, item, invoice, payment }

/** Fields a list can be searched by: exact, in any case of letters, and always the stored truth. */
export function searchableFields(rule: ObjectRule): readonly string[] {
  return rule.secondField === undefined ? [rule.uniqueField] : [rule.uniqueField, rule.secondField]
}

/** The form in which unique values are compared: 'Kontor Café ' and 'kontor café' are one name. */
export function uniqueKeyOf(value: string): string {
  return value.trim().normalize('NFC').toLowerCase()
}

/** What the books work out by themselves: totals of an invoice, what is paid of it, and what a payment may be. */
import type { Json } from '#shared/json.ts'
import type { FieldProblem } from '../kit/reply.ts'
import { type FieldValues, problem } from '../kit/validate.ts'
import type { BooksStore } from './books-store.ts'
import { itemsOf, totalsOf } from './invoice-lines.ts'
import { type Amount, readAmount, writeAmount } from './money.ts'
import type { ObjectName } from './object-rules.ts'
import { idOf, type RecordRow, storedValues } from './record-table.ts'

/** A record that is about to be stored: its checked values, and the row it replaces. */
export interface Proposed {
  readonly values: FieldValues
  readonly row: RecordRow | null
}

/** What contradicts other records; for records that are valid by themselves. */
export function problemsWithOthers(store: BooksStore, object: ObjectName, proposed: Proposed): FieldProblem[] {
  if (object === 'invoice') return invoiceProblems(store, proposed)
  return object === 'payment' ? paymentProblems(store, proposed) : []
}

/** The values as they are stored: an invoice carries its totals and its balance. */
export function completed(store: BooksStore, object: ObjectName, { values, row }: Proposed): FieldValues {
  return object === 'invoice' ? withBalance(values, row ? paidOf(store, row) : 0n) : values
}

function withBalance(values: FieldValues, paidMinor: bigint): FieldValues {
  const { net, tax, total } = totalsOf(values.lines)
  const amount = (minor: bigint): Json => writeAmount({ minor, currency: total.currency })
  const balance = total.minor - paidMinor
  return {
    ...values,
    net_total: writeAmount(net),
    tax_total: writeAmount(tax),
    total: writeAmount(total),
    paid: amount(paidMinor),
    balance: amount(balance),
    status: balance > 0n ? 'open' : 'paid',
  }
}

function paymentsOf(store: BooksStore, invoice: RecordRow): readonly RecordRow[] {
  return store.tables.payment.find('invoice_id', idOf(store.tables.invoice.rule, invoice))
}

export function hasPayments(store: BooksStore, invoice: RecordRow): boolean {
  return paymentsOf(store, invoice).length > 0
}

function paidOf(store: BooksStore, invoice: RecordRow, without?: RecordRow | null): bigint {
  const others = paymentsOf(store, invoice).filter((payment) => payment.id !== without?.id)
  return others.reduce((sum, payment) => sum + amountOf(storedValues(payment).amount).minor, 0n)
}

function amountOf(wire: Json | undefined): Amount {
  // Stored amounts have passed the check of their field.
  return readAmount(wire) ?? { minor: 0n, currency: 'EUR' }
}

function invoiceProblems(store: BooksStore, { values, row }: Proposed): FieldProblem[] {
  const known = row ? itemsOf(storedValues(row).lines) : []
  const missing = itemsOf(values.lines).find((id) => !known.includes(id) && !store.isLive('item', id))
  if (missing !== undefined)
    return [problem('lines', 'unknown_reference', `name an item that is not there: ${missing}`)]
  const { total } = totalsOf(values.lines)
  const paid = row ? paidOf(store, row) : 0n
  if (total.minor < paid) return [problem('lines', 'below_paid', 'add up to less than what is paid already')]
  const before = row ? totalsOf(storedValues(row).lines).total.currency : total.currency
  const changesCurrency = paid > 0n && before !== total.currency
  return changesCurrency ? [problem('lines', 'other_currency', `must stay in ${before}, which is paid already`)] : []
}

function paymentProblems(store: BooksStore, { values, row }: Proposed): FieldProblem[] {
  const invoice = store.tables.invoice.get(String(values.invoice_id))
  if (!invoice) return [problem('invoice_id', 'unknown_reference', 'there is no such invoice')]
  const amount = amountOf(values.amount)
  const { total } = totalsOf(storedValues(invoice).lines)
  if (amount.minor <= 0n) return [problem('amount', 'too_small', 'must be more than nothing')]
  if (amount.currency !== total.currency)
    return [problem('amount', 'other_currency', `must be in ${total.currency}, as the invoice is`)]
  const open = total.minor - paidOf(store, invoice, row)
  return amount.minor > open ? [problem('amount', 'exceeds_balance', 'is more than what is open')] : []
}

/** After a payment was written or deleted: its invoice shows the new balance, under its next version. */
export function refreshInvoice(store: BooksStore, payment: FieldValues, atMs: number): void {
  const table = store.tables.invoice
  const invoice = table.get(String(payment.invoice_id))
  if (!invoice) return
  table.update(invoice, withBalance(storedValues(invoice), paidOf(store, invoice)), atMs)
}

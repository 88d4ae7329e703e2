/** The lines of an invoice: checked one by one, and added up to net, tax and total. */
import { isJsonObject, type Json, type JsonObject } from '#shared/json.ts'
import { accept, type Checked, hasBrokenCharacters, refuse } from '../kit/field-checks.ts'
import { type Amount, divideRounded, readAmount, readDecimal, writeAmount } from './money.ts'

const maxLines = 200
const quantityDigits = 3
const rateDigits = 2
const lineFields = ['item_id', 'description', 'quantity', 'unit_price', 'tax_rate']

/** Checks lines and fills in what a line leaves out: no item, no text, no tax. Quantity and rate stay as they were written. */
export function checkLines(value: Json): Checked {
  if (!Array.isArray(value) || value.length === 0 || value.length > maxLines)
    return refuse('not_lines', `must be a list of 1 to ${maxLines} lines`)
  const lines: JsonObject[] = []
  for (const [index, given] of value.entries()) {
    const wrong = isJsonObject(given) ? problemOf(given) : 'is not a line'
    if (wrong !== null || !isJsonObject(given)) return refuse('not_lines', `are not valid: line ${index + 1} ${wrong}`)
    lines.push(filled(given))
  }
  const currencies = new Set(lines.map((line) => readAmount(line.unit_price)?.currency))
  return currencies.size === 1 ? accept(lines) : refuse('mixed_currencies', 'must all have the same currency')
}

function filled(line: JsonObject): JsonObject {
  const { item_id = null, description = null, quantity = '1', unit_price = null, tax_rate = '0' } = line
  const amount = readAmount(unit_price)
  return { item_id, description, quantity, unit_price: amount ? writeAmount(amount) : null, tax_rate }
}

function problemOf(line: JsonObject): string | null {
  const unknown = Object.keys(line).find((name) => !lineFields.includes(name))
  if (unknown !== undefined) return `has the unknown field ${unknown}`
  const { item_id = null, description = null, quantity = '1', unit_price, tax_rate = '0' } = line
  if (item_id === null && description === null) return 'needs an item_id or a description'
  if (item_id !== null && typeof item_id !== 'string') return 'has an item_id that is not a text'
  if (description !== null && !isText(description)) return 'has a description that is not a text of 1 to 500 characters'
  if (!isDecimal(quantity, quantityDigits)) return 'has a quantity that is not a decimal text like "2.5"'
  if (readAmount(unit_price) === null) return 'has a unit_price that is not like {"amount":"12.50","currency":"EUR"}'
  const rate = isDecimal(tax_rate, rateDigits) ? readDecimal(tax_rate, rateDigits) : null
  return rate === null || rate < 0n || rate > 10_000n ? 'has a tax_rate that is not a per cent text like "19"' : null
}

function isText(value: Json): boolean {
  return typeof value === 'string' && value !== '' && value.length <= 500 && !hasBrokenCharacters(value)
}

function isDecimal(value: Json, digits: number): value is string {
  return typeof value === 'string' && readDecimal(value, digits) !== null
}

export interface Totals {
  readonly net: Amount
  readonly tax: Amount
  readonly total: Amount
}

/** Adds up lines that `checkLines` has accepted; each line is rounded by itself, as it is printed. */
export function totalsOf(lines: Json | undefined): Totals {
  const parts = Array.isArray(lines) ? lines.filter(isJsonObject).map(lineTotals) : []
  const currency = parts[0]?.currency ?? 'EUR'
  const net = parts.reduce((sum, part) => sum + part.net, 0n)
  const tax = parts.reduce((sum, part) => sum + part.tax, 0n)
  const amount = (minor: bigint): Amount => ({ minor, currency })
  return { net: amount(net), tax: amount(tax), total: amount(net + tax) }
}

function lineTotals(line: JsonObject): { readonly net: bigint; readonly tax: bigint; readonly currency: string } {
  const price = readAmount(line.unit_price) ?? { minor: 0n, currency: 'EUR' }
  const quantity = readDecimal(String(line.quantity), quantityDigits) ?? 0n
  const rate = readDecimal(String(line.tax_rate), rateDigits) ?? 0n
  const net = divideRounded(quantity * price.minor, 1_000n)
  return { net, tax: divideRounded(net * rate, 10_000n), currency: price.currency }
}

/** The items that lines name. */
export function itemsOf(lines: Json | undefined): readonly string[] {
  const list = Array.isArray(lines) ? lines.filter(isJsonObject) : []
  return list.flatMap((line) => (typeof line.item_id === 'string' ? [line.item_id] : []))
}

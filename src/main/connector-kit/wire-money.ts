/** Amounts between the wire and integer minor units, on digits: never through a float. */
import type { Json } from '#shared/json.ts'
import type { Money, Value } from '#shared/model/value.ts'

/** Digits after the point of a currency (ISO 4217): EUR 2, JPY 0, KWD 3. Undefined for no currency. */
function minorDigits(currency: string): number | undefined {
  if (!/^[A-Z]{3}$/.test(currency)) return undefined
  const known = digitsByCurrency.get(currency)
  if (known !== undefined) return known
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  digitsByCurrency.set(currency, digits)
  return digits
}

const digitsByCurrency = new Map<string, number>()

/** Exact digits of a decimal, or undefined. A number that needed more digits than it can hold is refused. */
export function decimalText(wire: Json): string | undefined {
  if (typeof wire === 'string') return /^-?\d+(\.\d+)?$/.test(wire) ? wire : undefined
  if (typeof wire !== 'number' || !Number.isFinite(wire)) return undefined
  const text = String(wire)
  const isExact = text.replace(/^-?0*\.?0*|\D/g, '').length <= 15 && !text.includes('e')
  return isExact ? text : undefined
}

/** Undefined where amount or currency is not exactly readable: more digits than the currency has are not cut off. */
export function moneyFromWire(wire: Json, named: Json | undefined, unit: 'minor' | 'major'): Value | undefined {
  const currency = typeof named === 'string' ? named.toUpperCase() : ''
  const digits = minorDigits(currency)
  const text = decimalText(wire)
  if (digits === undefined || text === undefined) return undefined
  const amountMinor = shiftedInteger(text, unit === 'minor' ? 0 : digits)
  return amountMinor === undefined ? undefined : { amountMinor, currency }
}

/** '19.9' moved by 2 digits is 1990; undefined where digits would be lost or the number is too long. */
function shiftedInteger(text: string, digits: number): number | undefined {
  const [whole = '', fraction = ''] = text.split('.')
  if (/[1-9]/.test(fraction.slice(digits))) return undefined
  const amount = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'))
  return Number.isSafeInteger(amount) ? amount + 0 : undefined
}

/** 1990 EUR as 1990, 19.90 or '19.90'. Throws Error in words for an unknown currency. */
export function moneyToWire({ amountMinor, currency }: Money, unit: 'minor' | 'major', wire: 'number' | 'text'): Json {
  const digits = minorDigits(currency)
  if (digits === undefined) throw new Error(`has the unknown currency ${currency}`)
  const text = unit === 'minor' ? String(amountMinor) : pointed(amountMinor, digits)
  return wire === 'text' ? text : Number(text)
}

function pointed(amountMinor: number, digits: number): string {
  if (digits === 0) return String(amountMinor)
  const text = String(Math.abs(amountMinor)).padStart(digits + 1, '0')
  return `${amountMinor < 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

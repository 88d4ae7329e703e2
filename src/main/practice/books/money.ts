/**
 * Money and quantities of the books: decimal text on the wire, whole numbers inside. Nothing here is ever a float.
 * An amount is {"amount": "12.50", "currency": "EUR"}, with the digits of its currency (ISO 4217) and no more.
 */
import { isJsonObject, type Json, type JsonObject } from '#shared/json.ts'

export interface Amount {
  /** In the smallest unit of the currency. */
  readonly minor: bigint
  readonly currency: string
}

const digitsByCurrency = new Map<string, number>()

/** EUR 2, JPY 0, KWD 3. Undefined for no currency. */
export function currencyDigits(currency: string): number | undefined {
  if (!/^[A-Z]{3}$/.test(currency)) return undefined
  const known = digitsByCurrency.get(currency)
  if (known !== undefined) return known
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  digitsByCurrency.set(currency, digits)
  return digits
}

/** An amount of the wire, or null where it is none: digits beyond those of the currency are refused, not cut off. */
export function readAmount(wire: Json | undefined): Amount | null {
  if (!isJsonObject(wire) || Object.keys(wire).length !== 2) return null
  const { amount, currency } = wire
  const digits = typeof currency === 'string' ? currencyDigits(currency) : undefined
  if (typeof amount !== 'string' || typeof currency !== 'string' || digits === undefined) return null
  const minor = readDecimal(amount, digits)
  return minor === null ? null : { minor, currency }
}

/** '2.5' with 3 digits is 2500n; null for more digits, more than 12 digits before the point, or no number. */
export function readDecimal(text: string, digits: number): bigint | null {
  const match = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(text)
  const fraction = match?.[3] ?? ''
  if (!match || fraction.length > digits) return null
  const whole = BigInt(`${match[2]}${fraction.padEnd(digits, '0')}`)
  return match[1] === '-' ? -whole : whole
}

export function writeAmount({ minor, currency }: Amount): JsonObject {
  const digits = currencyDigits(currency) ?? 2
  const text = String(minor < 0n ? -minor : minor).padStart(digits + 1, '0')
  const pointed = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
  return { amount: minor < 0n ? `-${pointed}` : pointed, currency }
}

/** Half away from zero, as an invoice rounds. `divisor` is positive. */
export function divideRounded(value: bigint, divisor: bigint): bigint {
  const half = divisor / 2n
  return value < 0n ? -((-value + half) / divisor) : (value + half) / divisor
}

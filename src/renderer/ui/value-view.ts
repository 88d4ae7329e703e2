/** Values of records as people read them: money with its currency, dates in local format, yes and no, never JSON. */
import { isMoney, type Money, type Value } from '#shared/model/value.ts'
import { formatDate, formatInstant, type Reader } from './format.ts'

const plainDate = /^\d{4}-\d{2}-\d{2}$/
const utcInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/

/** Text for a value; null means that there is nothing in it. Numbers stay exact: they may be customer numbers. */
export function valueText(value: Value | undefined, reader: Reader = {}): string | null {
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return stringText(value, reader)
  if (isMoney(value)) return moneyText(value, reader)
  if (Array.isArray(value)) return listText(value, reader)
  // Lists are handled above; what is left of Value is an object.
  return objectText(value as { readonly [key: string]: Value }, reader)
}

/** An amount in its currency, from minor units by digits of text: no float is involved in what is shown. */
export function moneyText({ amountMinor, currency }: Money, reader: Reader = {}): string {
  try {
    const format = new Intl.NumberFormat(reader.locale, { style: 'currency', currency })
    // Always present for a currency format.
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2
    // Intl takes exact decimal text (ES2023); the types ask for a literal shape that this text has.
    return format.format(decimalText(amountMinor, digits) as `${number}`)
  } catch {
    return `${decimalText(amountMinor, 2)} ${currency}`
  }
}

function decimalText(amountMinor: number, digits: number): string {
  const sign = amountMinor < 0 ? '-' : ''
  const padded = String(Math.abs(amountMinor)).padStart(digits + 1, '0')
  return digits === 0 ? `${sign}${padded}` : `${sign}${padded.slice(0, -digits)}.${padded.slice(-digits)}`
}

function stringText(text: string, reader: Reader): string {
  if (plainDate.test(text)) return formatDate(text, reader)
  return utcInstant.test(text) ? formatInstant(text, reader) : text
}

function listText(items: readonly Value[], reader: Reader): string | null {
  const texts = items.map((item) => valueText(item, reader) ?? '–')
  return texts.length === 0 ? null : texts.join(' · ')
}

function objectText(object: { readonly [key: string]: Value }, reader: Reader): string | null {
  const parts = Object.entries(object).map(([name, value]) => `${fieldLabel(name)}: ${valueText(value, reader) ?? '–'}`)
  return parts.length === 0 ? null : parts.join(', ')
}

/** 'first_name' and 'firstName' as 'First name'; names with spaces or capitals of their own stay as they are. */
export function fieldLabel(name: string): string {
  if (/[\s.[\]]|^\p{Lu}.*-/u.test(name) || name === name.toUpperCase()) return name
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .trim()
    .toLowerCase()
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1)
}

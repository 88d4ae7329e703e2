/** Turns the text of a declared column into a value and back: decimals, dates and yes/no as the settings say. */
import { Decimal } from 'decimal.js'
import type { Value } from '#shared/model/value.ts'
import type { ColumnSettings } from './settings.ts'

/** `bad` says in words why the text does not fit. */
export type Converted = { readonly value: Value } | { readonly bad: string }

/** A cell of a column declared with this type. Empty is null for every type but text. */
export function fromCell(cell: Value, column: ColumnSettings): Converted {
  if (cell === null) return { value: null }
  const text = plainText(cell)
  if (column.type === 'text' || column.type === 'email' || column.type === 'phone') return { value: text }
  if (text.trim() === '') return { value: null }
  if (column.type === 'date') return dateOf(text.trim(), column.dateFormat)
  if (column.type === 'boolean') return booleanOf(cell, text.trim())
  const decimal = typeof cell === 'number' ? text : decimalOf(text.trim(), column.decimalMark)
  if (decimal === undefined)
    return { bad: `is not a number${column.decimalMark ? ` with "${column.decimalMark}" as decimal mark` : ''}` }
  return column.type === 'decimal' ? { value: decimal } : numberOf(decimal)
}

/** The cell for a value of a declared column. */
export function toCell(value: Value, column: ColumnSettings): Converted {
  if (value === null || value === '') return { value: '' }
  const text = plainText(value)
  if (column.type === 'date') return dateText(text, column.dateFormat)
  if (column.type !== 'decimal' && column.type !== 'number') return { value: text }
  if (!/^-?\d+(\.\d+)?$/.test(text)) return { bad: 'is not a number' }
  return { value: column.decimalMark === ',' ? text.replace('.', ',') : text }
}

/** Text of a single value, numbers without an exponent. */
export function plainText(value: Value): string {
  return typeof value === 'number' ? new Decimal(value).toFixed() : String(value)
}

function numberOf(decimal: string): Converted {
  const value = Number(decimal)
  const isExact = new Decimal(decimal).equals(new Decimal(value))
  return isExact ? { value } : { bad: 'has more digits than a number holds; declare the column as decimal' }
}

/** Plain decimal text of a number as people write it; undefined where it is none, or could be two different ones. */
function decimalOf(text: string, mark: ColumnSettings['decimalMark']): string | undefined {
  const decimalMark = mark ?? (/^[-+]?\d+(\.\d+)?$/.test(text) ? '.' : undefined)
  if (decimalMark === undefined) return undefined
  // Without a declared mark 1.234 could be a thousand: only what has one meaning is taken.
  if (mark === undefined && /^[-+]?\d{1,3}\.\d{3}$/.test(text)) return undefined
  const group = decimalMark === ',' ? "[.' \\u00a0\\u202f]" : "[,' \\u00a0\\u202f]"
  const shape = new RegExp(`^([-+]?)(\\d+|\\d{1,3}(?:${group}\\d{3})+)(?:\\${decimalMark}(\\d+))?$`)
  const match = shape.exec(text)
  if (!match) return undefined
  const [, sign = '', whole = '', fraction] = match
  const digits = whole.replace(/\D/g, '').replace(/^0+(?=\d)/, '')
  return `${sign === '-' ? '-' : ''}${digits}${fraction === undefined ? '' : `.${fraction}`}`
}

const yes = new Set(['true', 'yes', '1', 'ja', 'wahr', 'y', 'x', 'oui', 'si', 'sí'])
const no = new Set(['false', 'no', '0', 'nein', 'falsch', 'n', 'non'])

function booleanOf(cell: Value, text: string): Converted {
  if (typeof cell === 'boolean') return { value: cell }
  const word = text.toLowerCase()
  if (yes.has(word)) return { value: true }
  return no.has(word) ? { value: false } : { bad: 'is neither yes nor no' }
}

function dateOf(text: string, format: string | undefined): Converted {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return checkedDate(text)
  if (!format) return { bad: 'is not a date written as year-month-day; declare "dateFormat" for this column' }
  const match = new RegExp(`^${format.replace(/[.\-/ ]/g, '\\$&').replace(/Y+|M+|D+/g, tokenShape)}$`).exec(text)
  const { year, month, day } = match?.groups ?? {}
  if (!year || !month || !day) return { bad: `is not a date written as ${format}` }
  const fullYear = year.length === 2 ? `${Number(year) >= 70 ? '19' : '20'}${year}` : year
  return checkedDate(`${fullYear}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}

function tokenShape(token: string): string {
  if (token[0] === 'Y') return token.length <= 2 ? '(?<year>\\d{2})' : '(?<year>\\d{4})'
  return `(?<${token[0] === 'M' ? 'month' : 'day'}>${token.length === 1 ? '\\d{1,2}' : '\\d{2}'})`
}

function checkedDate(date: string): Converted {
  const ms = Date.parse(`${date}T00:00:00Z`)
  const isReal = !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === date
  return isReal ? { value: date } : { bad: 'is a day that does not exist' }
}

function dateText(text: string, format: string | undefined): Converted {
  const checked = /^\d{4}-\d{2}-\d{2}$/.test(text) ? checkedDate(text) : { bad: 'is not a date' }
  if ('bad' in checked || !format) return checked
  const [year = '', month = '', day = ''] = text.split('-')
  const written = format.replace(/Y+|M+|D+/g, (token) => {
    if (token[0] === 'Y') return token.length <= 2 ? year.slice(2) : year
    const part = token[0] === 'M' ? month : day
    return token.length === 1 ? String(Number(part)) : part
  })
  return { value: written }
}

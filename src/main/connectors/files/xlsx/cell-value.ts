/** What a raw cell means: a value, or a problem that names the cell. */
import type { Value } from '#shared/model/value.ts'
import type { RowProblem } from '../table.ts'
import { columnLetters } from './cell-ranges.ts'
import type { NumberKind } from './number-format.ts'
import { serialText } from './serial-dates.ts'
import type { SharedStrings } from './shared-strings.ts'
import type { RawCell } from './sheet-rows.ts'

export interface CellMeaning {
  readonly value: Value
  readonly kind: 'empty' | 'text' | 'number' | 'date' | 'boolean'
  readonly problem?: Omit<RowProblem, 'columnIndex'>
}

export interface CellContext {
  readonly strings: SharedStrings
  readonly styles: readonly NumberKind[]
  readonly is1904: boolean
}

const empty: CellMeaning = { value: null, kind: 'empty' }

export function cellMeaning(cell: RawCell, row: number, context: CellContext): CellMeaning {
  const place = `${columnLetters(cell.column)}${row}`
  if (cell.text === undefined || (cell.text === '' && cell.type !== 'str'))
    return cell.hasFormula ? noCachedValue(place) : empty
  switch (cell.type) {
    case 's':
      return sharedText(cell.text, place, context)
    case 'str':
    case 'inlineStr':
      return cell.text === '' ? empty : { value: cell.text, kind: 'text' }
    case 'b':
      return { value: cell.text === '1' || cell.text === 'true', kind: 'boolean' }
    case 'e':
      return problem(
        'error-cell',
        `Cell ${place} shows the error ${cell.text}.`,
        'Mend the formula or the value in the sheet.',
        cell.text,
      )
    case 'd':
      return isoDate(cell.text, place)
    default:
      return numeric(cell, place, context)
  }
}

function sharedText(index: string, place: string, { strings }: CellContext): CellMeaning {
  const text = strings.get(Number(index))
  if (text === undefined)
    return problem(
      'damaged-cell',
      `Cell ${place} points to a text that is not in the workbook.`,
      'Save the workbook again in the spreadsheet program.',
    )
  return text === '' ? empty : { value: text, kind: 'text' }
}

function numeric(cell: RawCell, place: string, { styles, is1904 }: CellContext): CellMeaning {
  const text = (cell.text ?? '').trim()
  const number = Number(text)
  if (!Number.isFinite(number) || text === '')
    return problem(
      'damaged-cell',
      `Cell ${place} should hold a number and holds "${text.slice(0, 40)}".`,
      'Save the workbook again in the spreadsheet program.',
    )
  const kind = styles[cell.style] ?? 'number'
  if (kind === 'number') return { value: exactNumber(number, text), kind: 'number' }
  const date = serialText(number, kind, is1904)
  if (date === undefined)
    return problem(
      'impossible-date',
      `Cell ${place} is formatted as a date, but ${text} is no day.`,
      'Correct the date or the format of the cell.',
      text,
    )
  return { value: date, kind: kind === 'date' && date.length === 10 ? 'date' : 'text' }
}

/** Excel calculates and shows 15 digits; what binary fractions leave behind them is not part of the value. */
function exactNumber(number: number, text: string): Value {
  if (Number.isSafeInteger(number)) return number
  if (Number.isInteger(number)) return /^-?\d+$/.test(text) ? text : BigInt(number).toString()
  return Number(number.toPrecision(15))
}

function isoDate(text: string, place: string): CellMeaning {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)Z?)?$/.exec(text)
  const [, day, time] = match ?? []
  if (!day)
    return problem(
      'impossible-date',
      `Cell ${place} should hold a date and holds "${text.slice(0, 40)}".`,
      'Correct the date in the sheet.',
      text,
    )
  const isDay = !time || /^00:00(:00(\.0+)?)?$/.test(time)
  return isDay ? { value: day, kind: 'date' } : { value: `${day}T${time}`, kind: 'text' }
}

function noCachedValue(place: string): CellMeaning {
  return problem(
    'formula-without-value',
    `Cell ${place} holds a formula whose result is not stored in the file.`,
    'Open the workbook in the spreadsheet program, let it calculate, and save it.',
  )
}

function problem(code: string, message: string, next: string, value?: Value): CellMeaning {
  return { value: null, kind: 'empty', problem: { code, message, next, ...(value === undefined ? {} : { value }) } }
}

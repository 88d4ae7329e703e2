/** Reads the rows of a sheet as a stream of raw cells, and after them what stands behind the rows: merged cells. */
import { type CellRange, columnOf, rangeOf } from './cell-ranges.ts'
import { unescapeText } from './shared-strings.ts'
import { isTrue, type Sheet, type Workbook } from './workbook.ts'
import { xlsxError } from './xlsx-errors.ts'
import { xmlEvents } from './xml-events.ts'

export interface RawCell {
  readonly column: number
  /** Attribute t of the cell: n, s, str, inlineStr, b, e, d. */
  type: string
  readonly style: number
  /** Text of the value as it stands in the file; undefined: none. */
  text: string | undefined
  hasFormula: boolean
}

export interface RawSheetRow {
  readonly number: number
  readonly isHidden: boolean
  readonly cells: RawCell[]
}

export interface SheetEnd {
  readonly merges: CellRange[]
}

const partCapBytes = 2 * 1024 * 1024 * 1024
const lastRow = 1_048_576
const lastColumn = 16_384
const mostMerges = 100_000

/** Groups of rows; the merged cells are in `end` once the stream has ended. Throws AppError (`workbook-damaged`). */
export async function* sheetRows(book: Workbook, sheet: Sheet, end: SheetEnd): AsyncGenerator<RawSheetRow[]> {
  const reader = createReader(book, sheet, end)
  for await (const _slice of xmlEvents(book.parts, sheet.part, { capBytes: partCapBytes, on: reader })) {
    const rows = reader.take()
    if (rows.length > 0) yield rows
  }
}

function createReader(book: Workbook, sheet: Sheet, end: SheetEnd) {
  let rows: RawSheetRow[] = []
  let row: RawSheetRow | undefined
  let cell: RawCell | undefined
  let [rowNumber, column, phonetic] = [0, 0, 0]
  let isValue = false
  const damaged = (why: string) => xlsxError('damaged', book.parts.file, `sheet ${sheet.name}: ${why}`)

  const openRow = (attributes: Readonly<Record<string, string>>): void => {
    const number = attributes.r === undefined ? rowNumber + 1 : Number(attributes.r)
    if (!Number.isInteger(number) || number <= rowNumber || number > lastRow)
      throw damaged(`row ${attributes.r} after row ${rowNumber}`)
    rowNumber = number
    column = 0
    row = { number, isHidden: isTrue(attributes.hidden), cells: [] }
  }
  const openCell = (attributes: Readonly<Record<string, string>>): void => {
    column = attributes.r === undefined ? column + 1 : columnOf(attributes.r)
    if (column < 1 || column > lastColumn) throw damaged(`cell ${attributes.r} in row ${rowNumber}`)
    cell = { column, type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), text: undefined, hasFormula: false }
  }
  const openValue = (tag: string): void => {
    isValue = phonetic === 0
    if (tag === 'v' && cell) cell.text ??= ''
  }
  const open = (tag: string, attributes: Readonly<Record<string, string>>): void => {
    if (tag === 'row') openRow(attributes)
    else if (tag === 'c') openCell(attributes)
    else if (tag === 'v' || tag === 't') openValue(tag)
    else if (tag === 'rPh') phonetic += 1
    else if (tag === 'f' && cell) cell.hasFormula = true
    else if (tag === 'mergeCell') addMerge(attributes.ref, end, book.parts.file)
  }
  const text = (part: string): void => {
    if (isValue && cell) cell.text = (cell.text ?? '') + part
  }
  const closeCell = (): void => {
    if (cell?.text !== undefined && (cell.type === 'str' || cell.type === 'inlineStr'))
      cell.text = unescapeText(cell.text)
    if (cell && row && (cell.text !== undefined || cell.hasFormula)) row.cells.push(cell)
    cell = undefined
  }
  const close = (tag: string): void => {
    if (tag === 'v' || tag === 't') isValue = false
    else if (tag === 'rPh') phonetic -= 1
    else if (tag === 'c') closeCell()
    else if (tag === 'row' && row) {
      rows.push(row)
      row = undefined
    }
  }
  const take = (): RawSheetRow[] => {
    const taken = rows
    rows = []
    return taken
  }
  return { open, text, close, take }
}

function addMerge(text: string | undefined, end: SheetEnd, file: string): void {
  const range = rangeOf(text ?? '')
  if (!range) return
  if (end.merges.length >= mostMerges) throw xlsxError('too-large', file, 'too many merged cells')
  end.merges.push(range)
}

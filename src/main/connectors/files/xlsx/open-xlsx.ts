/**
 * Opens one sheet of a workbook as a table. A first pass over the sheet proves its checksum, finds merged cells (they
 * stand behind the rows) and what the columns hold; only then are rows given out.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { changedWhileReading } from '../csv/open-csv.ts'
import { stopIfAborted, withFileErrors } from '../disk/file-errors.ts'
import { type FileStamp, stampOf } from '../disk/stable-file.ts'
import { headerNames, numberedNames } from '../header-names.ts'
import type { FilesSettings } from '../settings.ts'
import type { Table, TableColumn, TableRow } from '../table.ts'
import type { CellRange } from './cell-ranges.ts'
import { type CellContext, type CellMeaning, cellMeaning } from './cell-value.ts'
import { type RawSheetRow, type SheetEnd, sheetRows } from './sheet-rows.ts'
import { createRowReader, type Survey, type SurveyedSheet } from './table-rows.ts'
import { openWorkbook, type Sheet, type Workbook } from './workbook.ts'
import { xlsxError } from './xlsx-errors.ts'

export interface XlsxTable extends Table {
  readonly sheet: string
  readonly headerRow: number
  readonly hasFormulas: boolean
  /** Times, durations, or dates in columns that hold other things too. */
  readonly hasOddDates: boolean
  readonly merges: readonly CellRange[]
  readonly rowCount: number
}

/** Names of the sheets that hold tables: all visible ones. */
export async function sheetNames(path: string): Promise<readonly string[]> {
  const book = await openWorkbook(path)
  book.close()
  return book.sheets.filter((sheet) => !sheet.isHidden).map((sheet) => sheet.name)
}

/** Throws AppError: those of `openWorkbook`, `workbook-sheet-missing` (config), `header-missing` (data). */
export async function openXlsx(
  path: string,
  stamp: FileStamp,
  settings: FilesSettings & { readonly sheet: string },
  signal: AbortSignal,
): Promise<XlsxTable> {
  const contentHash = await hashOf(path, signal)
  const book = await openWorkbook(path)
  try {
    const sheet = sheetOf(book, settings.sheet)
    const survey = await surveySheet(book, sheet, settings, signal)
    if (survey.columns.length === 0) throw noHeader(basename(path), sheet.name, settings.headerRow)
    const source = { path, sheet: sheet.name, settings, survey, stamp: stamp.text }
    return {
      path,
      label: `${sheet.name} of ${basename(path)}`,
      contentHash,
      stamp: stamp.text,
      sheet: sheet.name,
      columns: survey.columns,
      notes: notesOf(survey, settings),
      headerRow: settings.headerRow,
      hasFormulas: survey.hasFormulas,
      hasOddDates: survey.hasOddDates,
      merges: survey.merges,
      rowCount: survey.rowCount,
      readRows: (rowSignal) => readRows(source, rowSignal),
    }
  } finally {
    book.close()
  }
}

async function hashOf(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  await withFileErrors(path, async () => {
    for await (const chunk of createReadStream(path, { signal })) hash.update(chunk as Buffer) // a stream without encoding gives Buffers
  })
  return hash.digest('hex')
}

function sheetOf(book: Workbook, name: string): Sheet {
  const sheet = book.sheets.find((one) => one.name === name)
  if (sheet) return sheet
  throw xlsxError('sheet-missing', book.parts.file, `no sheet ${name}`)
}

async function contextOf(book: Workbook): Promise<CellContext> {
  return { strings: await book.strings(), styles: book.styles, is1904: book.is1904 }
}

async function surveySheet(
  book: Workbook,
  sheet: Sheet,
  settings: FilesSettings,
  signal: AbortSignal,
): Promise<Survey> {
  const context = await contextOf(book)
  const end: SheetEnd = { merges: [] }
  let header: RawSheetRow | undefined
  let [hiddenRows, rowCount, widest] = [0, 0, 0]
  let [hasFormulas, hasOddDates] = [false, false]
  const kinds: Set<CellMeaning['kind']>[] = []
  for await (const rows of sheetRows(book, sheet, end)) {
    stopIfAborted(signal)
    for (const row of rows) {
      hasFormulas ||= row.cells.some((cell) => cell.hasFormula)
      if (row.number === settings.headerRow) header = row
      if (row.number <= settings.headerRow) continue
      rowCount += 1
      if (row.isHidden) hiddenRows += 1
      for (const cell of row.cells) {
        widest = Math.max(widest, cell.column)
        kinds[cell.column - 1] ??= new Set()
        const { kind } = cellMeaning(cell, row.number, context)
        kinds[cell.column - 1]?.add(kind)
        hasOddDates ||= kind === 'text' && (cell.type === 'n' || cell.type === 'd')
      }
    }
  }
  const names = settings.headerRow === 0 ? numberedNames(widest) : namesOf(header, context)
  const columns = names.names.map((name, index) => {
    const seenType = seenTypeOf(kinds[index])
    return {
      name,
      seenType,
      notes: [...(names.notes[index] ?? []), ...(seenType === 'any' ? ['holds different types of cells'] : [])],
    }
  })
  hasOddDates ||= kinds.some((kind) => kind.has('date') && seenTypeOf(kind) === 'any')
  return { columns, merges: end.merges, hasFormulas, hasOddDates, hiddenRows, rowCount }
}

function namesOf(header: RawSheetRow | undefined, context: CellContext) {
  const texts: string[] = []
  for (const cell of header?.cells ?? [])
    texts[cell.column - 1] = String(cellMeaning(cell, header?.number ?? 1, context).value ?? '')
  return headerNames(Array.from(texts, (text) => text ?? ''))
}

function seenTypeOf(kinds: ReadonlySet<CellMeaning['kind']> | undefined): TableColumn['seenType'] {
  const [kind, ...others] = [...(kinds ?? [])].filter((one) => one !== 'empty')
  if (others.length > 0) return 'any'
  return kind ?? 'text'
}

function notesOf(survey: Survey, settings: FilesSettings): readonly string[] {
  const notes: string[] = []
  const inHeader = survey.merges.filter(
    (merge) => merge.firstRow <= settings.headerRow && merge.lastRow >= settings.headerRow,
  )
  const inData = survey.merges.filter((merge) => merge.lastRow > settings.headerRow)
  if (inHeader.length > 0)
    notes.push(`Merged cells in the header: ${listed(inHeader)}. Only the first column of each has its name.`)
  if (inData.length > 0 && settings.merged === 'report')
    notes.push(
      `Merged cells among the rows: ${listed(inData)}. Their rows are parked; set "merged" to fill to repeat the value.`,
    )
  if (inData.length > 0 && settings.merged === 'fill')
    notes.push(`Merged cells among the rows: ${listed(inData)}. Their value is repeated in each cell.`)
  if (survey.hiddenRows > 0) notes.push(`${survey.hiddenRows} hidden rows are read like the others.`)
  if (survey.hasFormulas) notes.push('Formulas are read as the results stored in the file.')
  return notes
}

function listed(merges: readonly CellRange[]): string {
  const shown = merges.slice(0, 5).map((merge) => merge.text)
  return shown.join(', ') + (merges.length > shown.length ? ` and ${merges.length - shown.length} more` : '')
}

interface RowSource extends SurveyedSheet {
  readonly path: string
  readonly sheet: string
  readonly stamp: string
}

async function* readRows(source: RowSource, signal: AbortSignal): AsyncGenerator<readonly TableRow[]> {
  await refuseChanged(source)
  const book = await openWorkbook(source.path)
  try {
    const reader = createRowReader(source, await contextOf(book))
    for await (const rows of sheetRows(book, sheetOf(book, source.sheet), { merges: [] })) {
      stopIfAborted(signal)
      yield rows.filter((row) => row.number > source.settings.headerRow).flatMap((row) => reader(row) ?? [])
    }
  } finally {
    book.close()
  }
  await refuseChanged(source)
}

/** A workbook is read twice; between and after both it must be the same version. */
async function refuseChanged({ path, stamp }: RowSource): Promise<void> {
  if ((await stampOf(path)).text !== stamp) throw changedWhileReading(basename(path))
}

function noHeader(file: string, sheet: string, headerRow: number): AppError {
  return new AppError({
    kind: 'data',
    code: 'header-missing',
    message: `The sheet "${sheet}" of ${file} has no row ${Math.max(1, headerRow)} that could name the columns.`,
    kept: 'Nothing was read, and nothing counts as deleted.',
    next: 'Check the sheet, or set "headerRow" of the connection.',
  })
}

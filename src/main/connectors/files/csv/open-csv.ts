/** Opens a CSV file as a table: finds encoding, delimiter, columns and what they hold, and reads its rows. */
import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { createKindCounter } from '../column-kinds.ts'
import { stopIfAborted } from '../disk/file-errors.ts'
import type { FileStamp } from '../disk/stable-file.ts'
import { headerNames, numberedNames } from '../header-names.ts'
import type { FilesSettings } from '../settings.ts'
import type { RowProblem, Table, TableColumn, TableRow } from '../table.ts'
import { type Charset, charsetOf } from './charset.ts'
import { csvBytes } from './csv-bytes.ts'
import { delimiterNames, findDelimiter } from './find-delimiter.ts'
import { parseRows, type RawRow, type RowDialect } from './parse-rows.ts'
import { type BytesSurvey, surveyBytes } from './survey-bytes.ts'

interface CsvRow extends TableRow {
  readonly startByte: number
  readonly endByte: number
}

export interface CsvTable extends Table {
  readonly charset: Charset
  readonly dialect: RowDialect
  readonly survey: BytesSurvey
  readonly readRows: (signal: AbortSignal) => AsyncIterable<readonly CsvRow[]>
}

const sampleBytes = 256 * 1024
/** So many rows are looked at to say what a column holds. */
const judgedRows = 50_000
const longestField = 1024 * 1024

/** Throws AppError: `file-empty`, `header-missing`, `quote-not-closed`, `row-too-long` (data), `delimiter-ambiguous` (config). */
export async function openCsv(
  path: string,
  stamp: FileStamp,
  settings: FilesSettings,
  signal: AbortSignal,
): Promise<CsvTable> {
  const name = basename(path)
  const survey = await surveyBytes(path, settings.encoding, signal)
  if (survey.sizeBytes === survey.bomBytes) throw emptyFile(name)
  const charset = charsetOf(survey.encoding)
  const source = { path, survey, charset, name, headerRow: settings.headerRow }
  const dialect = await dialectOf(source, settings)
  const columns = await columnsOf({ ...source, dialect }, signal)
  return {
    path,
    label: name,
    contentHash: survey.contentHash,
    stamp: stamp.text,
    columns,
    notes: [`${delimiterNames[dialect.delimiter]} separated.`, ...survey.notes],
    charset,
    dialect,
    survey,
    readRows: (rowSignal) => readRows({ ...source, dialect }, columns.length, rowSignal),
  }
}

interface CsvSource {
  readonly path: string
  readonly name: string
  readonly survey: BytesSurvey
  readonly charset: Charset
  readonly headerRow: number
}

type ParsedSource = CsvSource & { readonly dialect: RowDialect }

function bytesOf({ path, survey }: CsvSource, onRaw?: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  return csvBytes({ path, encoding: survey.encoding, bomBytes: survey.bomBytes, ...(onRaw ? { onRaw } : {}) })
}

async function dialectOf(source: CsvSource, settings: FilesSettings): Promise<RowDialect> {
  const { isCarriageReturnOnly } = source.survey
  if (settings.delimiter !== 'auto') return { delimiter: settings.delimiter, isCarriageReturnOnly }
  const parts: Buffer[] = []
  let length = 0
  for await (const chunk of bytesOf(source)) {
    parts.push(chunk)
    length += chunk.length
    if (length >= sampleBytes) break
  }
  const options = { isCarriageReturnOnly, isWhole: length < sampleBytes, name: source.name }
  return { delimiter: findDelimiter(Buffer.concat(parts), options), isCarriageReturnOnly }
}

async function columnsOf(source: ParsedSource, signal: AbortSignal): Promise<readonly TableColumn[]> {
  let header: readonly string[] | undefined
  let counters: ReturnType<typeof createKindCounter>[] = []
  let count = 0
  for await (const group of parseRows(bytesOf(source), source.dialect, source.name)) {
    stopIfAborted(signal)
    for (const row of group) {
      if (row.number < source.headerRow) continue
      if (!header) {
        header = row.fields.map((field) => source.charset.decode(field) ?? source.charset.show(field))
        counters = header.map(createKindCounter)
        if (source.headerRow > 0) continue
      }
      for (const [index, field] of row.fields.entries()) counters[index]?.add(field)
      count += 1
    }
    if (count >= judgedRows) break
  }
  if (!header) throw headerMissing(source)
  const { names, notes } = source.headerRow > 0 ? headerNames(header) : numberedNames(header.length)
  return names.map((name, index) => ({
    name,
    seenType: 'text',
    notes: [...(notes[index] ?? []), ...(count === 0 ? [] : (counters[index]?.notes() ?? []))],
  }))
}

async function* readRows(source: ParsedSource, columnCount: number, signal: AbortSignal): AsyncGenerator<CsvRow[]> {
  const hash = createHash('sha256')
  const raw = bytesOf(source, (chunk) => hash.update(chunk))
  for await (const group of parseRows(raw, source.dialect, source.name)) {
    stopIfAborted(signal)
    const rows = group
      .filter((row) => row.number > source.headerRow)
      .map((row) => csvRow(row, source.charset, columnCount))
    if (rows.length > 0) yield rows
  }
  if (hash.digest('hex') !== source.survey.contentHash) throw changedWhileReading(source.name)
}

function csvRow(raw: RawRow, charset: Charset, columnCount: number): CsvRow {
  const problems: RowProblem[] = []
  const cells = raw.fields.slice(0, Math.max(columnCount, lastFilled(raw.fields))).map((field, columnIndex) => {
    const text = charset.decode(field)
    const problem = fieldProblem(field, text, charset)
    if (problem) problems.push({ ...problem, columnIndex })
    return problem ? null : (text ?? null)
  })
  if (cells.length !== columnCount) problems.push(raggedRow(raw.number, cells.length, columnCount))
  return { number: raw.number, cells, problems, startByte: raw.startByte, endByte: raw.endByte }
}

/** Delimiters at the end of a line without anything between them say nothing. */
function lastFilled(fields: readonly string[]): number {
  return fields.findLastIndex((field) => field !== '') + 1
}

function fieldProblem(field: string, text: string | undefined, charset: Charset): RowProblem | undefined {
  if (field.length > longestField) {
    return {
      code: 'field-too-long',
      message: `A field has ${field.length} bytes; more than 1 MB is not taken.`,
      next: 'Shorten the field in the file.',
    }
  }
  if (text === undefined) {
    return {
      code: 'wrong-encoding',
      message: `The field holds bytes that are not ${charset.name}: ${charset.show(field)}`,
      next: 'Declare the right "encoding" of the connection, or save the file again as UTF-8.',
    }
  }
  if (text.includes('\0'))
    return {
      code: 'zero-character',
      message: 'The field holds a zero character, which is no text.',
      next: 'Export the file again.',
    }
  return undefined
}

function raggedRow(row: number, has: number, wanted: number): RowProblem {
  return {
    code: 'ragged-row',
    message: `Row ${row} has ${has} ${has === 1 ? 'field' : 'fields'}, the header has ${wanted}.`,
    next: 'Look for a missing or additional delimiter in this row, or for text that needs quotation marks.',
  }
}

function emptyFile(name: string): AppError {
  return new AppError({
    kind: 'data',
    code: 'file-empty',
    message: `${name} is empty: it has not even a header.`,
    kept: 'Nothing was read, and nothing counts as deleted.',
    next: 'Export the file again.',
  })
}

function headerMissing({ name, headerRow }: CsvSource): AppError {
  return new AppError({
    kind: 'data',
    code: 'header-missing',
    message: `${name} has no row ${Math.max(1, headerRow)} that could name the columns.`,
    kept: 'Nothing was read.',
    next: 'Check the file, or set "headerRow" of the connection.',
  })
}

export function changedWhileReading(name: string): AppError {
  return new AppError({
    kind: 'transient',
    code: 'file-changed-while-reading',
    message: `${name} was changed while it was being read.`,
    kept: 'What was taken from the earlier version is met again and is not done twice.',
    next: 'Nothing to do: the file is read again from the start.',
  })
}

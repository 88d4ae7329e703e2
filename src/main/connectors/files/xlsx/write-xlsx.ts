/** Writes a plain workbook with one sheet, as a stream: header, rows, dates with a date style. */
import { once } from 'node:events'
import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { AppError } from '#shared/errors.ts'
import type { Value } from '#shared/model/value.ts'
import { escapeXml } from './escape-xml.ts'
import { serialOf } from './serial-dates.ts'
import { packageParts, sheetPart, xmlHead } from './workbook-parts.ts'

export interface SheetContent {
  readonly sheet: string
  readonly header: readonly string[]
  /** Columns whose '2026-03-01' texts are written as dates. */
  readonly dateColumns: ReadonlySet<number>
  readonly rows: AsyncIterable<readonly (readonly Value[])[]>
}

export const longestCellText = 32_767
const lastRow = 1_048_576
const flushAt = 32 * 1024

/** Throws AppError (data) for more rows than a sheet holds; what the rows throw passes through. */
export async function writeXlsx(file: FileHandle, content: SheetContent): Promise<void> {
  // Loaded with the first workbook that is written: it takes memory.
  const { default: yazl } = await import('yazl')
  const zip = new yazl.ZipFile()
  for (const [name, text] of Object.entries(packageParts(content.sheet))) zip.addBuffer(Buffer.from(text), name)
  const rows = Readable.from(sheetXml(content))
  zip.addReadStream(rows, sheetPart)
  zip.end()
  // yazl neither forwards the errors of what it reads nor stops: the loop is left by rejection instead.
  const failed = once(rows, 'error').then(([thrown]) => Promise.reject(thrown))
  failed.catch(() => undefined)
  await Promise.race([pour(zip.outputStream, file), failed])
}

async function pour(stream: NodeJS.ReadableStream, file: FileHandle): Promise<void> {
  for await (const chunk of stream) await file.writeFile(chunk as Buffer) // a stream without encoding gives Buffers
}

async function* sheetXml(content: SheetContent): AsyncGenerator<Buffer> {
  let text = `${xmlHead}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rowXml(content.header, new Set())}`
  let count = 1
  for await (const group of content.rows) {
    for (const row of group) {
      count += 1
      if (count > lastRow) throw tooManyRows()
      text += rowXml(row, content.dateColumns)
      if (text.length < flushAt) continue
      yield Buffer.from(text)
      text = ''
    }
  }
  yield Buffer.from(`${text}</sheetData></worksheet>`)
}

function rowXml(row: readonly Value[], dateColumns: ReadonlySet<number>): string {
  return `<row>${row.map((value, index) => cellXml(value, dateColumns.has(index))).join('')}</row>`
}

function cellXml(value: Value, isDate: boolean): string {
  if (value === null || value === '') return '<c/>'
  if (typeof value === 'number') return `<c><v>${value}</v></c>`
  if (typeof value === 'boolean') return `<c t="b"><v>${value ? 1 : 0}</v></c>`
  const text = String(value)
  const serial = isDate ? serialOf(text) : undefined
  if (serial !== undefined) return `<c s="1"><v>${serial}</v></c>`
  return `<c t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`
}

function tooManyRows(): AppError {
  return new AppError({
    kind: 'data',
    code: 'sheet-full',
    message: `A sheet holds ${lastRow} rows; this one is full.`,
    kept: 'The workbook is as it was.',
    next: 'Use a CSV file, or begin a new workbook.',
  })
}

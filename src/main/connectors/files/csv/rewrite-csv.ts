/**
 * Writes the new version of a CSV file. Rows that do not change are copied byte by byte, whatever they hold; of an
 * edited row the untouched fields keep their bytes too.
 */
import type { FileHandle } from 'node:fs/promises'
import { StringDecoder } from 'node:string_decoder'
import { AppError } from '#shared/errors.ts'
import type { Value } from '#shared/model/value.ts'
import type { EditedRow, Edits } from '../decide-edits.ts'
import { type Charset, charsetOf } from './charset.ts'
import { csvBytes } from './csv-bytes.ts'
import { cellBytes, rowBytes } from './format-row.ts'
import type { CsvTable } from './open-csv.ts'
import { parseRows, type RawRow } from './parse-rows.ts'

const flushBytes = 64 * 1024

export async function rewriteCsv(file: FileHandle, table: CsvTable, edits: Edits): Promise<void> {
  const { path, survey, dialect, charset } = table
  const source = { path, encoding: survey.encoding, bomBytes: survey.bomBytes }
  const out = createOutput(file, charset, survey.bomBytes > 0)
  const copy = createCopier(csvBytes(source), out)
  const context = { delimiter: dialect.delimiter, charset, lineEnd: dialect.isCarriageReturnOnly ? '\r' : '\n' }
  let isFirst = true
  for await (const group of parseRows(csvBytes(source), dialect, table.label)) {
    for (const row of group) {
      const edit = edits.rows.get(row.number)
      const isKept = edit === undefined
      const bytes = await copy.take(row.endByte, isKept && !isFirst)
      if (isFirst) context.lineEnd = lineEndOf(bytes, context.lineEnd)
      if (isFirst && isKept) await out.write(bytes)
      if (edit) await out.write(editedRow(row, edit, context))
      isFirst = false
    }
  }
  await copy.rest()
  if (edits.added.length > 0) await out.endLine(context.lineEnd)
  for (const cells of edits.added) await out.write(newRow(cells, context))
  await out.flush()
}

/** A new file: byte order mark (without it Excel takes UTF-8 for the old code page), header, rows. */
export async function writeNewCsv(
  file: FileHandle,
  options: {
    readonly header: readonly string[]
    readonly added: Edits['added']
    readonly delimiter: string
    readonly charset: Charset
  },
): Promise<void> {
  const { delimiter, charset } = options
  const out = createOutput(file, charset, charset.name.startsWith('utf-'))
  for (const cells of [options.header, ...options.added])
    await out.write(newRow(cells, { delimiter, charset, lineEnd: '\r\n' }))
  await out.flush()
}

interface RowContext {
  readonly delimiter: string
  readonly charset: Charset
  readonly lineEnd: string
}

function newRow(cells: readonly Value[], { delimiter, charset, lineEnd }: RowContext): Buffer {
  return rowBytes(
    cells.map((cell) => cellBytes(cell, charset)),
    delimiter,
    lineEnd,
  )
}

function editedRow(row: RawRow, edit: EditedRow, { delimiter, charset, lineEnd }: RowContext): Buffer {
  const length = Math.max(row.fields.length, ...[...edit.changed].map((index) => index + 1))
  const fields = Array.from({ length }, (_, index) =>
    edit.changed.has(index) ? cellBytes(edit.cells[index] ?? '', charset) : (row.fields[index] ?? ''),
  )
  return rowBytes(fields, delimiter, lineEnd)
}

function lineEndOf(bytes: Buffer, usual: string): string {
  const end = bytes.toString('latin1', Math.max(0, bytes.length - 2))
  return end === '\r\n' ? end : usual
}

interface Output {
  readonly write: (bytes: Buffer) => Promise<void>
  /** Ends the last line, where the file ended without. */
  readonly endLine: (lineEnd: string) => Promise<void>
  readonly flush: () => Promise<void>
}

/** Collects small writes; UTF-8 becomes UTF-16 again where the file is written so. */
function createOutput(file: FileHandle, charset: Charset, hasMark: boolean): Output {
  const turn = charset.name.startsWith('utf-16') ? utf16Writer(charset.name === 'utf-16be') : (bytes: Buffer) => bytes
  let parts: Buffer[] = []
  let size = 0
  let lastByte: number | undefined
  const flush = async (): Promise<void> => {
    if (size > 0) await file.writeFile(turn(Buffer.concat(parts)))
    parts = []
    size = 0
  }
  const write = async (bytes: Buffer): Promise<void> => {
    if (bytes.length === 0) return
    parts.push(bytes)
    size += bytes.length
    lastByte = bytes.at(-1)
    if (size >= flushBytes) await flush()
  }
  if (hasMark) parts.push(Buffer.from('\ufeff'))
  if (hasMark) size = 3
  const endLine = async (lineEnd: string): Promise<void> => {
    if (lastByte !== undefined && lastByte !== 0x0a && lastByte !== 0x0d) await write(Buffer.from(lineEnd))
  }
  return { write, endLine, flush }
}

function utf16Writer(isBigEndian: boolean): (bytes: Buffer) => Buffer {
  const decoder = new StringDecoder('utf8')
  return (bytes) => {
    const text = decoder.write(bytes)
    if (text.includes('\ufffd')) throw cannotKeep()
    const wide = Buffer.from(text, 'utf16le')
    return isBigEndian ? wide.swap16() : wide
  }
}

function cannotKeep(): AppError {
  return new AppError({
    kind: 'data',
    code: 'cannot-keep-bytes',
    message: 'The file holds characters that are not valid UTF-16, which could not be kept in a new version.',
    kept: 'The file is as it was.',
    next: 'Save the file again as UTF-8, then try again.',
  })
}

interface Copier {
  /** Goes on to an offset: writes the bytes up to it out, or leaves them out and answers them. */
  readonly take: (end: number, isWritten: boolean) => Promise<Buffer>
  readonly rest: () => Promise<void>
}

function createCopier(chunks: AsyncGenerator<Buffer>, out: Output): Copier {
  let chunk: Buffer = Buffer.alloc(0)
  let offset = 0
  const next = async (): Promise<boolean> => {
    const result = await chunks.next()
    if (!result.done) chunk = result.value
    return !result.done
  }
  const take = async (end: number, isWritten: boolean): Promise<Buffer> => {
    const left: Buffer[] = []
    while (offset < end) {
      if (chunk.length === 0 && !(await next())) break
      const part = chunk.subarray(0, end - offset)
      chunk = chunk.subarray(part.length)
      offset += part.length
      if (isWritten) await out.write(part)
      else left.push(part)
    }
    return Buffer.concat(left)
  }
  const rest = async (): Promise<void> => {
    do {
      await out.write(chunk)
      chunk = Buffer.alloc(0)
    } while (await next())
  }
  return { take, rest }
}

/** Encoding of a file that is made new: UTF-8 unless another one is declared. */
export function newFileCharset(encoding: 'auto' | Charset['name']): Charset {
  return charsetOf(encoding === 'auto' ? 'utf-8' : encoding)
}

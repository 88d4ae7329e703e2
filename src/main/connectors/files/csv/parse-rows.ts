/** Splits the bytes of a CSV file into rows of raw fields, with the place each row stands at. */
import { pipeline, Readable } from 'node:stream'
import { CsvError, type Info, parse } from 'csv-parse'
import { AppError } from '#shared/errors.ts'

/** Fields byte by byte (latin1): what they mean is the charset's business. */
export interface RawRow {
  readonly fields: readonly string[]
  /** As a spreadsheet program counts: blank lines included, line breaks inside quotes not. */
  readonly number: number
  /** Where the row begins and ends among the bytes that went in, line end included. */
  readonly startByte: number
  readonly endByte: number
}

export interface RowDialect {
  readonly delimiter: string
  readonly isCarriageReturnOnly: boolean
}

/** A longer row is a quote that was never closed, not data. */
const longestRowBytes = 4 * 1024 * 1024
const groupSize = 200

/** Groups of rows. Throws AppError (data): `quote-not-closed`, `row-too-long`, each naming the row. */
export async function* parseRows(
  bytes: AsyncIterable<Buffer>,
  dialect: RowDialect,
  name: string,
): AsyncGenerator<RawRow[]> {
  const parser = parse(parserOptions(dialect))
  // The error reaches the loop below through the parser; the callback only keeps it from being thrown twice.
  pipeline(Readable.from(bytes, { objectMode: false, highWaterMark: 1 }), parser, () => undefined)
  let group: RawRow[] = []
  let startByte = 0
  let lastRow = 0
  try {
    // With `info` the parser gives pairs of row and position.
    for await (const pair of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      lastRow = pair.info.records + pair.info.empty_lines
      group.push({ fields: pair.record, number: lastRow, startByte, endByte: pair.info.bytes })
      startByte = pair.info.bytes
      if (group.length < groupSize) continue
      yield group
      group = []
    }
  } catch (thrown) {
    if (group.length > 0) yield group
    throw rowError(thrown, lastRow + 1, name)
  } finally {
    parser.destroy()
  }
  if (group.length > 0) yield group
}

/** Options under which nothing is dropped: odd quotes and odd field counts are kept and judged by the caller. */
export function parserOptions({ delimiter, isCarriageReturnOnly }: RowDialect) {
  return {
    delimiter,
    record_delimiter: isCarriageReturnOnly ? ['\r'] : ['\r\n', '\n'],
    encoding: 'latin1' as const,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRowBytes,
    info: true,
  }
}

function rowError(thrown: unknown, row: number, name: string): unknown {
  if (!(thrown instanceof CsvError)) return thrown
  const isQuote = thrown.code === 'CSV_QUOTE_NOT_CLOSED'
  const message = isQuote
    ? `A quotation mark in row ${row} of ${name} is never closed, so the rest of the file is one endless field.`
    : `Row ${row} of ${name} is longer than ${longestRowBytes / 1024 / 1024} MB; most likely a quotation mark is not closed.`
  return new AppError(
    {
      kind: 'data',
      code: isQuote ? 'quote-not-closed' : 'row-too-long',
      message,
      kept: `The rows before it are not affected; nothing from row ${row} on was used.`,
      next: `Look at row ${row} in the file, close or remove the quotation mark, and save it.`,
      details: { row, parser: thrown.code },
    },
    thrown,
  )
}

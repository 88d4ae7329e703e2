/** Bytes of CSV rows: fields in quotes only where they need them. */
import { AppError } from '#shared/errors.ts'
import type { Value } from '#shared/model/value.ts'
import { plainText } from '../declared-values.ts'
import type { Charset } from './charset.ts'

/** A field as bytes (latin1), quoted where it holds the delimiter, a quote, a line end or spaces at its ends. */
function quoteField(bytes: string, delimiter: string): string {
  const needsQuotes = bytes.includes(delimiter) || /["\r\n]|^[ \t]|[ \t]$/.test(bytes)
  return needsQuotes ? `"${bytes.replaceAll('"', '""')}"` : bytes
}

export function rowBytes(fields: readonly string[], delimiter: string, lineEnd: string): Buffer {
  // A row of one empty field would be a blank line, which readers skip.
  const line =
    fields.length === 1 && fields[0] === '' ? '""' : fields.map((field) => quoteField(field, delimiter)).join(delimiter)
  return Buffer.from(line + lineEnd, 'latin1')
}

/** Bytes of a cell as latin1 text. Throws AppError (data) where the file was saved in a poorer encoding since the write was prepared. */
export function cellBytes(cell: Value, charset: Charset): string {
  const bytes = charset.encode(plainText(cell ?? ''))
  if (bytes) return bytes.toString('latin1')
  throw new AppError({
    kind: 'data',
    code: 'cannot-write-value',
    message: `A value holds characters that ${charset.name}, the encoding of the file, does not have.`,
    kept: 'The file is as it was.',
    next: 'Save the file as UTF-8, then try again.',
  })
}

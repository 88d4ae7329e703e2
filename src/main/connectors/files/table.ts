/** What a CSV file and a sheet have in common: named columns and numbered rows, read as a stream. */
import type { Value } from '#shared/model/value.ts'

/** Something about a row that cannot be used as it stands. */
export interface RowProblem {
  readonly code: string
  readonly message: string
  /** Position of the cell; absent: the row as a whole. */
  readonly columnIndex?: number
  readonly value?: Value
  readonly next?: string
}

export interface TableRow {
  /** Number a person sees: line of the header is 1 where it stands at the top; blank lines count in a sheet only. */
  readonly number: number
  readonly cells: readonly Value[]
  readonly problems: readonly RowProblem[]
}

export interface TableColumn {
  readonly name: string
  /** Type seen in typed cells; text for CSV. */
  readonly seenType: 'text' | 'number' | 'date' | 'boolean' | 'any'
  /** What was detected or is odd, in words. */
  readonly notes: readonly string[]
}

/** One version of one table, found to be whole. */
export interface Table {
  readonly path: string
  readonly label: string
  /** sha-256 of the file's bytes, hexadecimal. */
  readonly contentHash: string
  /** Stamp of the file system when the table was looked at. */
  readonly stamp: string
  readonly columns: readonly TableColumn[]
  readonly notes: readonly string[]
  /** Data rows in order, in small groups. Ends with an AppError where the file is not that version any more. */
  readonly readRows: (signal: AbortSignal) => AsyncIterable<readonly TableRow[]>
}

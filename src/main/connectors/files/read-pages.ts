/** Pages of records of one table; the last page is given only after the whole file has proven to be one version. */
import { AppError } from '#shared/errors.ts'
import type { ReadPage, RemoteRecord } from '#shared/model/connected.ts'
import type { RecordMaker } from './row-records.ts'
import type { Table, TableRow } from './table.ts'

/** Where a walk goes on: which version of the file, behind which row. */
interface RowPosition {
  readonly contentHash: string
  readonly row: number
}

export const usualPageSize = 500
/** Beyond this the list of ids seen so far would break the memory budget. */
const mostRows = 3_000_000

export interface PageOptions {
  readonly table: Table
  readonly maker: RecordMaker
  readonly pageSize: number
  /** Rows up to this number were given before. */
  readonly afterRow: number
  readonly signal: AbortSignal
  /** Records that were already given under the same id (by a newer file) are left out. */
  readonly isWanted?: (record: RemoteRecord) => boolean
}

/** Groups of at most `pageSize` records, each with the number of its last row. Always at least one, maybe empty. */
export async function* recordPages(
  options: PageOptions,
): AsyncGenerator<{ readonly records: readonly RemoteRecord[]; readonly lastRow: number }> {
  const { table, maker, pageSize, afterRow } = options
  let page: RemoteRecord[] = []
  let lastRow = afterRow
  let count = 0
  for await (const rows of table.readRows(options.signal)) {
    count += rows.length
    if (count > mostRows) throw tooManyRows(table.label)
    for (const row of rows) {
      if (isBlank(row)) continue
      // Rows before the position are looked at again: their ids tell duplicates.
      const record = maker.recordOf(row)
      const isNew = options.isWanted?.(record) ?? true
      if (row.number <= afterRow || !isNew) continue
      if (page.length >= pageSize) {
        yield { records: page, lastRow }
        page = []
      }
      page.push(record)
      lastRow = row.number
    }
  }
  yield { records: page, lastRow }
}

/** A row whose cells are all empty is a gap somebody left, not a record. */
function isBlank(row: TableRow): boolean {
  return (
    row.problems.length === 0 &&
    row.cells.every((cell) => cell === null || (typeof cell === 'string' && cell.trim() === ''))
  )
}

/** Pages of a single table with the tokens of `readPageToken`. */
export async function* tablePages(options: PageOptions): AsyncGenerator<ReadPage> {
  let held: { readonly records: readonly RemoteRecord[]; readonly lastRow: number } | undefined
  for await (const page of recordPages(options)) {
    if (held)
      yield { records: held.records, next: pageToken({ contentHash: options.table.contentHash, row: held.lastRow }) }
    held = page
  }
  yield { records: held?.records ?? [] }
}

function pageToken(position: RowPosition): string {
  return `${position.contentHash}:${position.row}`
}

/** Throws AppError (transient, `page-token-stale`) where the token is of another version of the file. */
export function readPageToken(token: string | undefined, contentHash: string, label: string): number {
  if (token === undefined) return 0
  const [hash, row] = token.split(':')
  if (hash === contentHash && /^\d+$/.test(row ?? '')) return Number(row)
  throw staleToken(label)
}

export function staleToken(label: string): AppError {
  return new AppError({
    kind: 'transient',
    code: 'page-token-stale',
    message: `${label} was changed since the reading was interrupted.`,
    kept: 'What was done is in the journal and is met as unchanged.',
    next: 'Nothing to do: it is read from the start.',
  })
}

function tooManyRows(label: string): AppError {
  return new AppError({
    kind: 'data',
    code: 'too-many-rows',
    message: `${label} has more than ${mostRows.toLocaleString('en')} rows.`,
    kept: 'The rows before were taken.',
    next: 'Split the file.',
    details: { mostRows },
  })
}

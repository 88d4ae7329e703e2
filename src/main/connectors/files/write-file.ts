/** Sends a batch of writes to a file: finds the rows, decides, and replaces the file once. */
import { AppError, errorInfoOf } from '#shared/errors.ts'
import type { PreparedWrite, WriteReply } from '#shared/model/connected.ts'
import type { Value } from '#shared/model/value.ts'
import { newFileCharset, rewriteCsv, writeNewCsv } from './csv/rewrite-csv.ts'
import { decideEdits, type Edits, type FoundRow, idsOf } from './decide-edits.ts'
import { stopIfAborted } from './disk/file-errors.ts'
import { replaceFile } from './disk/replace-file.ts'
import type { Layout } from './layout.ts'
import { keyOf } from './row-records.ts'
import type { FilesSettings } from './settings.ts'
import type { OpenTable, TableFile } from './table-file.ts'
import { refuseLossyRewrite } from './xlsx/lossy-rewrite.ts'
import { writeXlsx } from './xlsx/write-xlsx.ts'

export interface WriteTarget {
  readonly file: TableFile
  readonly settings: FilesSettings
  /** Undefined: the file does not exist and is made by the first write. */
  readonly open: (signal: AbortSignal) => Promise<{ readonly table: OpenTable | undefined; readonly layout: Layout }>
  readonly format: 'csv' | 'xlsx'
  /** Name of the sheet of a workbook that is made new. */
  readonly sheet: string
}

const tries = 3

/** One reply per write. Trouble with the file as a whole means that nothing was written: the file is replaced in one step. */
export async function sendToFile(
  target: WriteTarget,
  writes: readonly PreparedWrite[],
  signal: AbortSignal,
): Promise<readonly WriteReply[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await sendOnce(target, writes, signal)
    } catch (thrown) {
      const error = errorInfoOf(thrown)
      if (error.code === 'file-changed-while-writing' && attempt < tries) continue
      return writes.map(() => ({ status: 'not-sent', error }))
    }
  }
}

async function sendOnce(
  target: WriteTarget,
  writes: readonly PreparedWrite[],
  signal: AbortSignal,
): Promise<readonly WriteReply[]> {
  const { table, layout } = await target.open(signal)
  const found = table ? await findRows(table, layout, idsOf(writes), signal) : new Map<string, FoundRow>()
  const edits = decideEdits(writes, { layout, found, empty: target.format === 'csv' ? '' : null })
  stopIfAborted(signal)
  if (edits.rows.size > 0 || edits.added.length > 0) await writeEdits(target, { table, layout, edits, signal })
  return edits.replies
}

async function findRows(
  table: OpenTable,
  layout: Layout,
  ids: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, FoundRow>> {
  const found = new Map<string, FoundRow>()
  for await (const rows of table.readRows(signal)) {
    for (const row of rows) {
      const id = keyOf(layout.idColumns, row.cells)
      if (id === undefined || !ids.has(id)) continue
      const first = found.get(id)
      found.set(id, first ? { ...first, isDouble: true } : { number: row.number, cells: row.cells, isDouble: false })
    }
  }
  return found
}

interface EditWriting {
  readonly table: OpenTable | undefined
  readonly layout: Layout
  readonly edits: Edits
  readonly signal: AbortSignal
}

async function writeEdits(target: WriteTarget, { table, layout, edits, signal }: EditWriting): Promise<void> {
  const { file, settings } = target
  if (table?.format === 'xlsx') await refuseLossyRewrite(table)
  const header = layout.columns.map((column) => column.name)
  const stamp = await replaceFile(file.path, {
    expected: table?.stamp,
    write: async (handle) => {
      if (table?.format === 'csv') return await rewriteCsv(handle, table, edits)
      if (target.format === 'csv') {
        const delimiter = settings.delimiter === 'auto' ? ',' : settings.delimiter
        return await writeNewCsv(handle, {
          header,
          added: edits.added,
          delimiter,
          charset: newFileCharset(settings.encoding),
        })
      }
      const dateColumns = new Set(layout.fields.flatMap((field, index) => (field.type === 'date' ? [index] : [])))
      await writeXlsx(handle, {
        sheet: table?.sheet ?? target.sheet,
        header,
        dateColumns,
        rows: editedRows(table, edits, signal),
      })
    },
  })
  file.wrote(stamp)
}

async function* editedRows(
  table: OpenTable | undefined,
  edits: Edits,
  signal: AbortSignal,
): AsyncGenerator<(readonly Value[])[]> {
  for await (const rows of table?.readRows(signal) ?? []) {
    const bad = rows.find((row) => row.problems.length > 0)
    if (bad) throw unreadableRow(bad.problems[0]?.message ?? `Row ${bad.number} cannot be read.`)
    yield rows.flatMap((row) => {
      const edit = edits.rows.get(row.number)
      return edit === null ? [] : [edit?.cells ?? row.cells]
    })
  }
  yield [...edits.added]
}

function unreadableRow(why: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'workbook-not-rewritable',
    message: `The workbook holds a row that could not be kept in a new version. ${why}`,
    kept: 'The workbook is as it was.',
    next: 'Mend the row in the spreadsheet program, then try again.',
  })
}

/** One file on disk: waits for it, opens it as a table, and keeps what was found out for as long as it stays the same. */
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Clock } from '#main/connector-kit/clock.ts'
import { AppError } from '#shared/errors.ts'
import { type CsvTable, openCsv } from './csv/open-csv.ts'
import { withFileErrors } from './disk/file-errors.ts'
import { refuseOpenElsewhere } from './disk/open-elsewhere.ts'
import { type FileStamp, stampOf, waitUntilStable } from './disk/stable-file.ts'
import type { FilesSettings } from './settings.ts'
import { openXlsx, type XlsxTable } from './xlsx/open-xlsx.ts'

export type FileFormat = 'csv' | 'xlsx'
export type OpenTable = ({ readonly format: 'csv' } & CsvTable) | ({ readonly format: 'xlsx' } & XlsxTable)

export interface TableFile {
  readonly path: string
  /** Throws AppError: `file-open-elsewhere`, `file-still-growing` (transient), `file-missing` (config) and those of the formats. */
  readonly table: (signal: AbortSignal) => Promise<OpenTable>
  /** Remembers a version we wrote ourselves: it is complete and need not be waited for. */
  readonly wrote: (stamp: string) => void
}

export interface TableFileOptions {
  readonly path: string
  readonly sheet?: string
  readonly settings: FilesSettings
  readonly clock: Clock
}

export function createTableFile({ path, sheet, settings, clock }: TableFileOptions): TableFile {
  let ownStamp: string | undefined
  let known: OpenTable | undefined
  const settled = async (signal: AbortSignal): Promise<FileStamp> => {
    await refuseOpenElsewhere(path)
    const now = await stampOf(path)
    if (now.text === ownStamp || now.text === known?.stamp) return now
    return await waitUntilStable(path, { ...settings, clock, signal })
  }
  const table = async (signal: AbortSignal): Promise<OpenTable> => {
    const stamp = await settled(signal)
    if (known?.stamp === stamp.text) return known
    known = await openTable({ path, stamp, settings, signal, ...(sheet === undefined ? {} : { sheet }) })
    return known
  }
  return {
    path,
    table,
    wrote: (stamp) => {
      ownStamp = stamp
    },
  }
}

export interface Opening {
  readonly path: string
  readonly stamp: FileStamp
  readonly settings: FilesSettings
  readonly signal: AbortSignal
  readonly sheet?: string
}

/** Opens a file that is at rest, in the format it has. */
export async function openTable({ path, stamp, settings, signal, sheet }: Opening): Promise<OpenTable> {
  const format = await formatOf(path, settings)
  if (format === 'csv') return { format, ...(await openCsv(path, stamp, settings, signal)) }
  const wanted = sheet ?? settings.sheet
  if (wanted === undefined)
    throw new AppError({
      kind: 'config',
      code: 'sheet-not-named',
      message: `${basename(path)} is a workbook and no sheet is named.`,
      next: 'Set "sheet" of the connection.',
    })
  return { format, ...(await openXlsx(path, stamp, { ...settings, sheet: wanted }, signal)) }
}

const zipOrOle = ['504b', 'd0cf']

/** By the first bytes, then by the ending; for a file that does not exist by the ending alone. */
export async function formatOf(path: string, settings: FilesSettings): Promise<FileFormat> {
  if (settings.format !== 'auto') return settings.format
  const hasEnding = /\.(xlsx|xlsm|xls)$/i.test(path)
  if (hasEnding) return 'xlsx'
  const head = await withFileErrors(path, async () => {
    await using file = await open(path)
    const buffer = Buffer.alloc(2)
    await file.read(buffer, 0, 2, 0)
    return buffer.toString('hex')
  })
  return zipOrOle.includes(head) ? 'xlsx' : 'csv'
}

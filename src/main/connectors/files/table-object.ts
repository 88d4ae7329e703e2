/** One file, or one sheet of a workbook, as an object of the connection: read, get, find, write. */
import { AppError } from '#shared/errors.ts'
import type { ConnectedObject, ReadPage, ReadRequest, RemoteRecord } from '#shared/model/connected.ts'
import type { ObjectDescription, WriteFacility, WriteOperation } from '#shared/model/object.ts'
import type { Value } from '#shared/model/value.ts'
import { newFileCharset } from './csv/rewrite-csv.ts'
import { plainText } from './declared-values.ts'
import { stopIfAborted } from './disk/file-errors.ts'
import { type Layout, layoutOf } from './layout.ts'
import { prepareWrite } from './prepare-write.ts'
import type { Queue } from './queue.ts'
import { readPageToken, tablePages, usualPageSize } from './read-pages.ts'
import { createRecordMaker } from './row-records.ts'
import type { FilesSettings } from './settings.ts'
import type { OpenTable, TableFile } from './table-file.ts'
import { sendToFile } from './write-file.ts'
import { lossesOf } from './xlsx/lossy-rewrite.ts'

export interface TableObjectOptions {
  readonly name: string
  readonly file: TableFile
  readonly settings: FilesSettings
  readonly format: 'csv' | 'xlsx'
  /** Lets one write after the other through. */
  readonly queue: Queue
}

interface Opened {
  readonly table: OpenTable | undefined
  readonly layout: Layout
}

const writeBatch = 500

/** Throws AppError where the file cannot be opened as a table. */
export async function openTableObject(options: TableObjectOptions, signal: AbortSignal): Promise<ConnectedObject> {
  const { file, settings, format, name } = options
  const open = (openSignal: AbortSignal): Promise<Opened> => openOrNew(options, openSignal)
  const { table, layout } = await open(signal)
  const description = await describeTable({ name, table, layout })
  const target = { file, settings, open, format, sheet: settings.sheet ?? name }
  const read = (request: ReadRequest): AsyncGenerator<ReadPage> => readTable(options, open, request)
  const find = (field: string, values: readonly string[], findSignal: AbortSignal) =>
    collect(read({ signal: findSignal }), matcherOf(layout, field, values), Number.POSITIVE_INFINITY)
  return {
    description,
    read,
    get: async (externalId, getSignal) =>
      (await collect(read({ signal: getSignal }), (record) => record.externalId === externalId, 1))[0] ?? null,
    ...(description.keys.length > 0 ? { find } : {}),
    ...(description.writes.create
      ? {
          prepare: (command) =>
            prepareWrite(command, {
              format,
              layout,
              escapeFormulas: settings.escapeFormulas,
              ...(format === 'csv'
                ? { charset: table?.format === 'csv' ? table.charset : newFileCharset(settings.encoding) }
                : {}),
            }),
          send: (writes, sendSignal) => options.queue(() => sendToFile(target, writes, sendSignal)),
        }
      : {}),
  }
}

async function openOrNew({ file, settings, format }: TableObjectOptions, signal: AbortSignal): Promise<Opened> {
  try {
    const table = await file.table(signal)
    return { table, layout: layoutOf(table.columns, settings, table.label) }
  } catch (thrown) {
    if (!settings.createIfMissing || !(thrown instanceof AppError) || thrown.code !== 'file-missing') throw thrown
    const columns = Object.keys(settings.columns).map((name) => ({ name, seenType: 'text' as const, notes: [] }))
    return { table: undefined, layout: layoutOf(columns, settings, `the new ${format} file`) }
  }
}

async function* readTable(
  options: TableObjectOptions,
  open: (signal: AbortSignal) => Promise<Opened>,
  request: ReadRequest,
): AsyncGenerator<ReadPage> {
  stopIfAborted(request.signal)
  const { table, layout } = await open(request.signal)
  if (!table) {
    yield { records: [] }
    return
  }
  const maker = createRecordMaker({ layout, label: table.label, escapeFormulas: options.settings.escapeFormulas })
  const afterRow = readPageToken(request.pageToken, table.contentHash, table.label)
  yield* tablePages({ table, maker, afterRow, pageSize: request.pageSize ?? usualPageSize, signal: request.signal })
}

async function collect(
  pages: AsyncIterable<ReadPage>,
  isWanted: (record: RemoteRecord) => boolean,
  most: number,
): Promise<RemoteRecord[]> {
  const records: RemoteRecord[] = []
  for await (const page of pages) {
    records.push(...page.records.filter(isWanted))
    if (records.length >= most) break
  }
  return records
}

function matcherOf(layout: Layout, field: string, values: readonly string[]): (record: RemoteRecord) => boolean {
  if (!layout.fields.some((one) => one.name === field)) {
    throw new AppError({
      kind: 'config',
      code: 'unknown-field',
      message: `The file has no column "${field}".`,
      next: 'Correct the matching key of the integration.',
    })
  }
  const wanted = new Set(values.map(comparable))
  return (record) => {
    const value = record.values[field]
    return value !== undefined && value !== null && value !== '' && wanted.has(comparable(value))
  }
}

/** Keys are compared as the engine compares them: trimmed, in one Unicode form, without regard to case. */
function comparable(value: Value): string {
  return plainText(value).normalize('NFC').trim().toLowerCase()
}

async function describeTable({ name, table, layout }: Opened & { readonly name: string }): Promise<ObjectDescription> {
  const losses = table?.format === 'xlsx' ? await lossesOf(table) : []
  const isWritable = layout.idColumns.length > 0 && losses.length === 0
  const keys = [...layout.idColumns, ...layout.columns.filter((column) => column.declared?.type === 'email')].map(
    (column) => column.name,
  )
  return {
    name,
    label: table?.label ?? name,
    idField: layout.idField,
    fields: layout.fields,
    hasOtherFields: table === undefined,
    keys: [...new Set(keys)],
    changes: { kind: 'full' },
    writes: isWritable ? writesOfTable() : {},
    notes: [...(table?.notes ?? ['The file does not exist yet; the first write makes it.']), ...advice(layout, losses)],
  }
}

function writesOfTable(): { readonly [O in WriteOperation]: WriteFacility } {
  const byKey: WriteFacility = { class: 'U', batchSize: writeBatch }
  const byContent: WriteFacility = { class: 'C', batchSize: writeBatch }
  return { create: byKey, update: byContent, upsert: byKey, delete: byContent }
}

function advice(layout: Layout, losses: readonly string[]): readonly string[] {
  const notes: string[] = []
  if (layout.idColumns.length === 0)
    notes.push(
      'No id columns are declared: rows are known by their content, an edited row counts as a new one, and nothing can be written. Set "idColumns" if a column or several identify a row.',
    )
  if (losses.length > 0) notes.push(`Can be read but not written to: a new version would lose ${losses.join(', ')}.`)
  return notes
}

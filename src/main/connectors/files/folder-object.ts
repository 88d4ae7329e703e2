/**
 * All files of a watched folder as one object. Changes are read by the instant a content was first seen; the newest
 * file comes first, and an id that came in a newer file is not given again from an older one.
 */
import { AppError } from '#shared/errors.ts'
import type { ConnectedObject, ReadPage, ReadRequest, RemoteRecord } from '#shared/model/connected.ts'
import type { FieldDescription } from '#shared/model/object.ts'
import { createCountedSet } from './counted-set.ts'
import { stopIfAborted } from './disk/file-errors.ts'
import { stampOf } from './disk/stable-file.ts'
import type { FolderFile, FolderListing, WatchedFolder } from './folder-files.ts'
import { layoutOf } from './layout.ts'
import { recordPages, staleToken, usualPageSize } from './read-pages.ts'
import { createRecordMaker, shortHash } from './row-records.ts'
import type { FilesSettings } from './settings.ts'
import { formatOf, type OpenTable, openTable } from './table-file.ts'
import { sheetNames } from './xlsx/open-xlsx.ts'

export interface FolderObjectOptions {
  readonly name: string
  readonly folder: string
  readonly watched: WatchedFolder
  readonly settings: FilesSettings
}

/** So many of the newest files are looked at to say which columns there are. */
const describedFiles = 20

export async function openFolderObject(options: FolderObjectOptions, signal: AbortSignal): Promise<ConnectedObject> {
  const { name, settings } = options
  const listing = await options.watched.list(signal)
  const fields = new Map<string, FieldDescription>()
  let idField = settings.idColumns[0] ?? '_id'
  for (const file of listing.files.slice(0, describedFiles)) {
    const { table, label } = await openFile(file, settings, signal)
    const layout = layoutOf(table.columns, settings, label)
    idField = layout.idField
    for (const field of layout.fields) if (!fields.has(field.name)) fields.set(field.name, field)
  }
  if (!fields.has(idField)) fields.set(idField, { name: idField, type: 'text' })
  return {
    description: {
      name,
      label: name,
      idField,
      fields: [...fields.values()],
      hasOtherFields: true,
      keys: [],
      changes: { kind: 'updated-since', granularityMs: 1, lookbackMs: 0 },
      writes: {},
      notes: notesOf(listing, settings),
    },
    read: (request) => readFolder(options, request),
  }
}

function notesOf(listing: FolderListing, settings: FilesSettings): readonly string[] {
  const moved =
    settings.onDone === 'move'
      ? 'Processed files move to the subfolder "processed".'
      : 'Files stay where they are; what was processed is remembered by content.'
  const copies =
    listing.copies.length > 0
      ? [
          `Not read a second time, because the same content is there under another name: ${listing.copies.slice(0, 5).join(', ')}.`,
        ]
      : []
  return [
    `${listing.files.length} files in the folder.`,
    moved,
    ...copies,
    'Only read: records cannot be written into a folder.',
  ]
}

async function openFile(
  file: FolderFile,
  settings: FilesSettings,
  signal: AbortSignal,
): Promise<{ table: OpenTable; label: string }> {
  const isWorkbook = settings.sheet === undefined && (await formatOf(file.path, settings)) === 'xlsx'
  const sheet = isWorkbook ? (await sheetNames(file.path))[0] : undefined
  const table = await openTable({
    path: file.path,
    stamp: await stampOf(file.path),
    settings,
    signal,
    ...(sheet === undefined ? {} : { sheet }),
  })
  return { table, label: table.label }
}

/** Where a walk goes on. `fromMs` and `instantMs` are those of its first page: files that came later wait for the next run. */
interface FolderPosition {
  readonly fromMs: number
  readonly instantMs: number
  readonly contentHash: string
  readonly row: number
}

async function* readFolder(options: FolderObjectOptions, request: ReadRequest): AsyncGenerator<ReadPage> {
  stopIfAborted(request.signal)
  const listing = await options.watched.list(request.signal)
  const start = request.pageToken === undefined ? undefined : positionOf(request.pageToken)
  const fromMs = start?.fromMs ?? (request.since === undefined ? 0 : Date.parse(request.since))
  const instantMs = start?.instantMs ?? listing.instantMs
  if (!start) await options.watched.moveDone(listing, fromMs)
  const { files } = start ? listing : await options.watched.list(request.signal)
  const wanted = files.filter((file) => file.firstSeenMs >= fromMs && file.firstSeenMs <= instantMs)
  if (start && !wanted.some((file) => file.contentHash === start.contentHash)) throw staleToken('The folder')
  const serverTime = new Date(instantMs).toISOString()
  let held: ReadPage | undefined
  for await (const { file, records, row } of folderPages(options, { files: wanted, start, request })) {
    if (held) yield held
    const next = encodePosition({ fromMs, instantMs, contentHash: file.contentHash, row })
    held = { records, next, serverTime }
  }
  yield { records: held?.records ?? [], serverTime }
}

interface FolderWalk {
  readonly files: readonly FolderFile[]
  readonly start: FolderPosition | undefined
  readonly request: ReadRequest
}

async function* folderPages({ settings }: FolderObjectOptions, { files, start, request }: FolderWalk) {
  const seen = createCountedSet()
  let isReached = start === undefined
  for (const file of files) {
    const { table } = await openFile(file, settings, request.signal)
    const afterRow = isReached ? 0 : file.contentHash === start?.contentHash ? start.row : Number.POSITIVE_INFINITY
    if (file.contentHash === start?.contentHash) isReached = true
    const layout = layoutOf(table.columns, settings, table.label)
    const idPrefix = `${shortHash(file.firstName).slice(0, 6)}-`
    const maker = createRecordMaker({ layout, label: table.label, escapeFormulas: settings.escapeFormulas, idPrefix })
    const isWanted = (record: RemoteRecord): boolean => seen.add(shortHash(record.externalId)) === 1
    const pageSize = request.pageSize ?? usualPageSize
    const updatedAt = new Date(file.firstSeenMs).toISOString()
    for await (const page of recordPages({ table, maker, pageSize, afterRow, signal: request.signal, isWanted })) {
      if (page.records.length === 0) continue
      yield { file, row: page.lastRow, records: page.records.map((record) => ({ ...record, updatedAt })) }
    }
  }
}

function encodePosition(position: FolderPosition): string {
  return JSON.stringify([position.fromMs, position.instantMs, position.contentHash, position.row])
}

function positionOf(token: string): FolderPosition {
  const parts: unknown = JSON.parse(token)
  if (!Array.isArray(parts) || parts.length !== 4)
    throw new AppError({
      kind: 'transient',
      code: 'page-token-stale',
      message: 'The place to go on from is not known any more.',
    })
  const [fromMs, instantMs, contentHash, row] = parts
  return { fromMs: Number(fromMs), instantMs: Number(instantMs), contentHash: String(contentHash), row: Number(row) }
}

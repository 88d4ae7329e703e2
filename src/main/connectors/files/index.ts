/** Files: CSV and XLSX, one file or a watched folder. A table of contents; see README.md for limits and quirks. */
import { basename, resolve } from 'node:path'
import { type ConnectorContext, defineConnector } from '#main/connector-kit/define-connector.ts'
import { AppError } from '#shared/errors.ts'
import type { ConnectedObject, OpenConnection } from '#shared/model/connected.ts'
import { watchFolder } from './folder-files.ts'
import { openFolderObject } from './folder-object.ts'
import { createQueue } from './queue.ts'
import { type FilesSettings, filesSettingsSchema } from './settings.ts'
import { createTableFile, formatOf } from './table-file.ts'
import { openTableObject } from './table-object.ts'
import { sheetNames } from './xlsx/open-xlsx.ts'

export const filesConnector = defineConnector<FilesSettings>({
  id: 'files',
  name: 'Files (CSV, Excel)',
  summary: 'Reads and writes CSV and Excel files on this computer or a network drive.',
  config: filesSettingsSchema,
  secrets: [],
  open: async (context) =>
    context.config.path === undefined
      ? openFolder(context, context.config.folder ?? '')
      : openFile(context, context.config.path),
})

/** Objects by name; each is opened when it is asked for. */
interface Objects {
  readonly names: (signal: AbortSignal) => Promise<readonly string[]>
  readonly open: (name: string, signal: AbortSignal) => Promise<ConnectedObject>
}

function openFile({ config, clock }: ConnectorContext<FilesSettings>, given: string): OpenConnection {
  const path = resolve(given)
  const queue = createQueue()
  const single = config.object ?? 'rows'
  const plain = createTableFile({ path, settings: config, clock, sheet: config.sheet ?? single })
  const sheets = new Map<string, ReturnType<typeof createTableFile>>()
  const isWorkbook = async (): Promise<boolean> =>
    config.createIfMissing && /\.csv$/i.test(path) ? false : (await formatOf(path, config)) === 'xlsx'
  const sheetFor = async (name: string): Promise<string> => {
    const wanted = config.sheet ?? (name === config.object || name === single ? undefined : name)
    if (wanted !== undefined) return wanted
    return (await existingSheets(path, config))[0] ?? single
  }
  const names = async (): Promise<readonly string[]> => {
    if (!(await isWorkbook())) return [single]
    if (config.sheet !== undefined) return [config.object ?? config.sheet]
    const all = await existingSheets(path, config)
    return all.length <= 1 ? [config.object ?? all[0] ?? single] : all
  }
  const open = async (name: string, signal: AbortSignal): Promise<ConnectedObject> => {
    if (!(await isWorkbook()))
      return await openTableObject({ name, file: plain, settings: config, format: 'csv', queue }, signal)
    const sheet = await sheetFor(name)
    const file = sheets.get(sheet) ?? createTableFile({ path, settings: config, clock, sheet })
    sheets.set(sheet, file)
    return await openTableObject({ name, file, settings: { ...config, sheet }, format: 'xlsx', queue }, signal)
  }
  return connectionOf(basename(path), { names, open })
}

/** Sheets of a workbook; none where it is still to be made. */
async function existingSheets(path: string, config: FilesSettings): Promise<readonly string[]> {
  try {
    return await sheetNames(path)
  } catch (thrown) {
    if (config.createIfMissing && thrown instanceof AppError && thrown.code === 'file-missing') return []
    throw thrown
  }
}

function openFolder({ config, clock, stateFolder }: ConnectorContext<FilesSettings>, given: string): OpenConnection {
  const folder = resolve(given)
  const watched = watchFolder({ folder, settings: config, stateFolder, clock })
  const name = config.object ?? 'rows'
  return connectionOf(basename(folder), {
    names: async () => [name],
    open: (_name, signal) => openFolderObject({ name, folder, watched, settings: config }, signal),
  })
}

function connectionOf(label: string, objects: Objects): OpenConnection {
  const object = async (name: string, signal: AbortSignal): Promise<ConnectedObject> => {
    const names = await objects.names(signal)
    if (!names.includes(name)) throw unknownObject(name, names)
    return await objects.open(name, signal)
  }
  const describe = async (signal: AbortSignal) => {
    const descriptions = []
    for (const name of await objects.names(signal)) descriptions.push((await object(name, signal)).description)
    return descriptions
  }
  return {
    test: async (signal) => ({ account: label, notes: (await describe(signal)).flatMap((one) => one.notes ?? []) }),
    describe,
    object,
    close: async () => undefined,
  }
}

function unknownObject(name: string, names: readonly string[]): AppError {
  return new AppError({
    kind: 'config',
    code: 'unknown-object',
    message: `There is no table "${name}" in this connection.`,
    kept: 'Nothing was read or written.',
    next: `Choose one of: ${names.join(', ')}.`,
    details: { object: name },
  })
}

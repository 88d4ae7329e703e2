/** What only the desktop can do for the window: file dialogs and PDF. A path never comes from the page; a person chooses it. */
import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { app, type BrowserWindow, dialog } from 'electron'
import type { Envelope } from '#shared/contract/contract.ts'
import { type ChosenPath, type PathKind, pathKinds, type SavedFile } from '#shared/desktop-bridge.ts'
import { AppError, errorInfoOf } from '#shared/errors.ts'
import { errorBox } from './error-box.ts'

const largestText = 8_000_000
// Letters, digits, space, dot, dash, underscore, not first a dot: a name, on every system.
const fileName = /^[\w -][\w .-]{0,119}$/

type DesktopCall = (window: BrowserWindow, input: unknown) => Promise<SavedFile | ChosenPath>

const calls: Readonly<Record<string, DesktopCall>> = {
  'save-text': (window, input) => {
    const text = textOf(input)
    return saveAs(window, nameOf(input), async () => text)
  },
  'save-page-as-pdf': (window, input) => savePageAsPdf(window, nameOf(input)),
  'choose-path': (window, input) => choosePath(window, kindOf(input)),
}

/** Never rejects: whatever goes wrong is in the envelope. */
export async function answerDesktopCall(
  window: BrowserWindow | null,
  name: unknown,
  input: unknown,
): Promise<Envelope> {
  try {
    const call = typeof name === 'string' && Object.hasOwn(calls, name) ? calls[name] : undefined
    if (!call || !window) throw new AppError(unknownCall)
    return { ok: true, value: await call(window, input) }
  } catch (thrown) {
    return { ok: false, error: errorInfoOf(thrown) }
  }
}

/** A4, with the page's own rules for print. Says itself what went wrong: the menu has no other place for it. */
export async function savePageAsPdf(window: BrowserWindow, name: string): Promise<SavedFile> {
  try {
    return await saveAs(window, name, () =>
      window.webContents.printToPDF({
        pageSize: 'A4',
        printBackground: true,
        preferCSSPageSize: true,
        generateDocumentOutline: true,
      }),
    )
  } catch (thrown) {
    const { title, text } = errorBox(thrown)
    dialog.showErrorBox(title, text)
    return { name: null }
  }
}

async function saveAs(window: BrowserWindow, name: string, make: () => Promise<string | Buffer>): Promise<SavedFile> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: join(app.getPath('documents'), name),
  })
  if (canceled || !filePath) return { name: null }
  try {
    await writeFile(filePath, await make())
  } catch (thrown) {
    throw new AppError(notSaved, thrown)
  }
  return { name: basename(filePath) }
}

async function choosePath(window: BrowserWindow, kind: PathKind): Promise<ChosenPath> {
  const property = kind === 'folder' ? 'openDirectory' : 'openFile'
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties: [property] })
  return { path: canceled ? null : (filePaths[0] ?? null) }
}

function kindOf(input: unknown): PathKind {
  const wanted = partOf(input, 'kind')
  const kind = pathKinds.find((one) => one === wanted)
  if (kind) return kind
  throw new AppError(badInput)
}

function nameOf(input: unknown): string {
  const name = partOf(input, 'name')
  if (fileName.test(name)) return name
  throw new AppError(badInput)
}

function textOf(input: unknown): string {
  const text = partOf(input, 'text')
  if (text.length <= largestText) return text
  throw new AppError(badInput)
}

function partOf(input: unknown, part: string): string {
  // Looked into as an object with unknown parts.
  const value = (input as Readonly<Record<string, unknown>> | null | undefined)?.[part]
  if (typeof value === 'string') return value
  throw new AppError(badInput)
}

const nothingDone = 'Nothing was done and nothing has changed.'
const unknownCall = {
  kind: 'bug',
  code: 'unknown-desktop-call',
  message: 'The desktop was asked for something that this version does not know.',
  kept: nothingDone,
  next: 'Stop Patchbay and start it anew.',
} as const
const badInput = { ...unknownCall, code: 'invalid-desktop-input', message: 'The desktop was asked in a wrong way.' }
const notSaved = {
  kind: 'config',
  code: 'file-not-saved',
  message: 'The file could not be saved there.',
  kept: 'What Patchbay itself keeps has not changed.',
  next: 'Choose another folder, or make room on the disk, and save again.',
} as const

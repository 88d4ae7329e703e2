/**
 * Replaces a file in one step: the new content goes to a temporary file beside it, reaches the disk, and takes the
 * name by a rename. A kill at any moment leaves the old file or the new one, never half of one.
 */
import { constants } from 'node:fs'
import { access, chmod, type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { errnoOf, fileError } from './file-errors.ts'
import { refuseOpenElsewhere } from './open-elsewhere.ts'
import { stampOf } from './stable-file.ts'

export interface Replacement {
  /** Stamp of the version the new content was made from; undefined: there was no file. */
  readonly expected: string | undefined
  /** Writes the whole new content. */
  readonly write: (file: FileHandle) => Promise<void>
}

/**
 * Answers the stamp of the new file. Throws AppError: `file-changed-while-writing` (transient) where somebody
 * changed the file meanwhile, `file-open-elsewhere`, and those of the file system. The file is then as it was.
 */
export async function replaceFile(path: string, { expected, write }: Replacement): Promise<string> {
  const target = await realPathOf(path)
  const temporary = temporaryFor(target)
  try {
    await refuseOpenElsewhere(target)
    const mode = await modeOf(target)
    {
      await using file = await open(temporary, 'w', mode)
      await write(file)
      await file.sync()
    }
    if (mode !== undefined) await chmod(temporary, mode)
    await refuseOpenElsewhere(target)
    await refuseChanged(target, expected)
    await rename(temporary, target)
    await syncFolder(dirname(target))
    return (await stampOf(target)).text
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw fileError(thrown, target)
  }
}

/** One fixed name per file: what a kill left behind is overwritten by the next write. */
function temporaryFor(path: string): string {
  return join(dirname(path), `.${basename(path)}.patchbay-part`)
}

async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return path
    throw fileError(thrown, path)
  }
}

async function modeOf(path: string): Promise<number | undefined> {
  try {
    const { mode } = await stat(path)
    await access(path, constants.W_OK)
    return mode & 0o777
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return undefined
    throw thrown
  }
}

async function refuseChanged(path: string, expected: string | undefined): Promise<void> {
  const now = await stampOf(path).catch((thrown: unknown) => {
    if (thrown instanceof AppError && thrown.code === 'file-missing') return undefined
    throw thrown
  })
  if (now?.text === expected) return
  throw new AppError({
    kind: 'transient',
    code: 'file-changed-while-writing',
    message: `"${basename(path)}" was changed by somebody else while the new version was being made.`,
    kept: 'Their version stands; nothing of ours was written.',
    next: 'Nothing to do: the write is made again on top of their version.',
  })
}

/** Makes the rename itself durable; Windows has no such call and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  await using handle = await open(folder)
  await handle.sync().catch(() => undefined)
}

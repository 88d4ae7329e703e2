/**
 * Whether a spreadsheet program holds a file open. Excel puts `~$name.xlsx` beside it (name of the user in it),
 * LibreOffice `.~lock.name.xlsx#` (`,user,computer,time,profile;`).
 */
import { open } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#shared/errors.ts'

const longestLockFile = 1024

/** Throws AppError (transient, `file-open-elsewhere`) where a lock file stands beside the file. */
export async function refuseOpenElsewhere(path: string): Promise<void> {
  const name = basename(path)
  for (const lock of lockFilesOf(name)) {
    const content = await readLock(join(dirname(path), lock.file))
    if (content === undefined) continue
    const who = lock.ownerOf(content)
    throw new AppError({
      kind: 'transient',
      code: 'file-open-elsewhere',
      message: `"${name}" is open in ${lock.program}${who ? ` (${who})` : ''}.`,
      kept: 'Nothing was read or written; Patchbay waits for the file.',
      next: `Save and close it there. If nobody has it open, delete the left-over file "${lock.file}" beside it.`,
      details: { lockFile: lock.file, ...(who ? { owner: who } : {}) },
    })
  }
}

interface LockFile {
  readonly file: string
  readonly program: string
  readonly ownerOf: (content: Buffer) => string
}

function lockFilesOf(name: string): readonly LockFile[] {
  // Excel cuts the first two characters of long names; both forms occur.
  const excel = { program: 'Excel', ownerOf: excelOwner }
  return [
    { file: `~$${name}`, ...excel },
    { file: `~$${name.slice(2)}`, ...excel },
    { file: `.~lock.${name}#`, program: 'LibreOffice', ownerOf: libreOfficeOwner },
  ]
}

/** First byte: length of the name, then the name in the system's code page. */
function excelOwner(content: Buffer): string {
  return printable(content.subarray(1, 1 + (content[0] ?? 0)).toString('latin1'))
}

function libreOfficeOwner(content: Buffer): string {
  const [, user, computer] = content.toString('utf8').split(',')
  return printable([user, computer].filter(Boolean).join(' on '))
}

function printable(text: string): string {
  return text
    .replace(/[^\p{L}\p{N} .@_-]/gu, '')
    .trim()
    .slice(0, 80)
}

async function readLock(path: string): Promise<Buffer | undefined> {
  try {
    await using file = await open(path)
    const buffer = Buffer.alloc(longestLockFile)
    const { bytesRead } = await file.read(buffer, 0, longestLockFile, 0)
    return buffer.subarray(0, bytesRead)
  } catch (thrown) {
    // A lock file that is there but cannot be read still says that the file is open.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT' ? undefined : Buffer.alloc(0)
  }
}

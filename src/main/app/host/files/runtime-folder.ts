/**
 * A short folder of this user for sockets and pages that live for a moment. Socket paths may have about 100 bytes, so
 * they cannot lie in the data folder.
 */
import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import type { Environment } from './data-folder.ts'

/** 104 on macOS, 108 on Linux, with its end mark: https://man7.org/linux/man-pages/man7/unix.7.html (2026-11) */
const longestSocketPath = 100
const longestName = 40

/** Makes it where needed. Throws AppError when what is there could belong to somebody else. */
export function runtimeFolder(env: Environment, platform: NodeJS.Platform = process.platform): string {
  const parent = env.XDG_RUNTIME_DIR && isOwn(env.XDG_RUNTIME_DIR, platform) ? env.XDG_RUNTIME_DIR : shortTemp(platform)
  const name = parent === env.XDG_RUNTIME_DIR ? 'patchbay' : `patchbay-${userInfo().uid}`
  const folder = join(parent, name)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (isOwn(folder, platform)) return folder
  throw new AppError({
    kind: 'config',
    code: 'runtime-folder-not-private',
    message: `The folder ${folder} could be changed by other users of this computer, so Patchbay does not use it.`,
    kept: 'Nothing was opened and nothing has changed.',
    next: `Delete the folder ${folder} and start Patchbay again.`,
  })
}

function shortTemp(platform: NodeJS.Platform): string {
  const folder = tmpdir()
  return platform === 'win32' || folder.length + longestName + 20 < longestSocketPath ? folder : '/tmp'
}

/** A folder, not a link to one, of this user, closed to others. Windows keeps each user's temporary folder private. */
function isOwn(folder: string, platform: NodeJS.Platform): boolean {
  const stat = lstatSync(folder, { throwIfNoEntry: false })
  if (!stat?.isDirectory()) return false
  return platform === 'win32' || (stat.uid === userInfo().uid && (stat.mode & 0o077) === 0)
}

/** Names everything of one data folder, in few letters. */
export function dataFolderTag(folder: string): string {
  return createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 12)
}

/** What a host that was killed has left there. Only for whoever holds the lock of the data folder. */
export function removeLeftovers(folder: string, tag: string): void {
  for (const name of readdirSync(folder)) if (name.startsWith(`${tag}-`)) rmSync(join(folder, name), { force: true })
}

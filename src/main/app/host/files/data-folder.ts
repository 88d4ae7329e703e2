/** Where everything of one workspace lies: by each system's convention, or where the person says. */

import { randomUUID } from 'node:crypto'
import { accessSync, constants, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, posix, resolve, win32 } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { systemCode } from './private-file.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The data folder: `flag` (--data) before PATCHBAY_DATA before the system's place: XDG_DATA_HOME or ~/.local/share on
 * Linux, ~/Library/Application Support on macOS, %LOCALAPPDATA% on Windows.
 * @throws {AppError} `no-home-folder` where the system names none
 */
export function dataFolderOf(env: Environment, platform: NodeJS.Platform, flag?: string): string {
  const named = flag || env.PATCHBAY_DATA
  if (named) return resolve(named)
  if (platform === 'win32') return win32.join(homeOf(env.LOCALAPPDATA), 'Patchbay')
  const home = env.HOME
  if (platform === 'darwin') return posix.join(homeOf(home), 'Library', 'Application Support', 'Patchbay')
  // The specification says that a relative path there must be ignored: https://specifications.freedesktop.org/basedir-spec/latest/ (2026-11)
  const share = env.XDG_DATA_HOME?.startsWith('/') ? env.XDG_DATA_HOME : posix.join(homeOf(home), '.local', 'share')
  return posix.join(share, 'patchbay')
}

function homeOf(folder: string | undefined): string {
  if (folder) return folder
  throw new AppError({
    kind: 'config',
    code: 'no-home-folder',
    message: 'This computer does not say where your files are kept.',
    kept: 'Nothing was changed.',
    next: 'Name a folder: start with --data <folder>, or set PATCHBAY_DATA.',
  })
}

/**
 * Makes the folder, for this user only, and tries to write into it. Answers remarks a person should read; throws
 * AppError `data-folder-not-usable`.
 */
export function prepareDataFolder(folder: string, platform: NodeJS.Platform = process.platform): readonly string[] {
  try {
    makeFolder(folder)
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    const probe = resolve(folder, `.write-test-${randomUUID()}`)
    writeFileSync(probe, '', { flag: 'wx', mode: 0o600 })
    rmSync(probe)
  } catch (thrown) {
    throw notUsable(folder, systemCode(thrown))
  }
  return [...openToOthers(folder, platform), ...syncedElsewhere(folder)]
}

/** Step by step: Node's recursive mkdir never ends where a parent is there but takes no folders (seen in /proc, Node 24.21). */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
  const parent = dirname(folder)
  if (parent !== folder) makeFolder(parent)
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (thrown) {
    // Another start may have been quicker.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw thrown
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the disk can only be read',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'there is a file of that name',
}

function notUsable(folder: string, code: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'data-folder-not-usable',
    message: `The data folder ${folder} cannot be used: ${reasons[code] ?? 'it cannot be written to'}.`,
    kept: 'Nothing was changed.',
    next: 'Repair that, or name another folder with --data <folder>.',
    details: { folder, system: code },
  })
}

/** Folders that others may read are left as they are, since a person may have made them so on purpose. */
function openToOthers(folder: string, platform: NodeJS.Platform): readonly string[] {
  if (platform === 'win32' || (statSync(folder).mode & 0o077) === 0) return []
  return [
    `Other users of this computer may look into the data folder ${folder}. If that is not wanted: chmod 700 "${folder}".`,
  ]
}

const syncedFolders: readonly (readonly [RegExp, string])[] = [
  [/^OneDrive( .*)?$/i, 'OneDrive'],
  [/^Dropbox( .*)?$/i, 'Dropbox'],
  [/^(Mobile Documents|iCloud ?Drive|com~apple~CloudDocs)$/i, 'iCloud'],
  [/^(Google ?Drive|GoogleDrive-.*|My Drive)$/i, 'Google Drive'],
  [/^(Nextcloud|ownCloud|pCloud ?Drive|Box|MEGA|Creative Cloud Files)$/i, 'a cloud folder'],
  [/^CloudStorage$/, 'a cloud folder'],
]

/** A program that copies files while they are written can damage a database and bring back old states of it. */
function syncedElsewhere(folder: string): readonly string[] {
  const parts = folder.split(/[\\/]/)
  const service = syncedFolders.find(([pattern]) => parts.some((part) => pattern.test(part)))?.[1]
  if (!service) return []
  return [
    `The data folder ${folder} seems to be copied by ${service}. That can damage the database and takes your keys off this computer: name another folder with --data <folder>, and keep backups there instead.`,
  ]
}

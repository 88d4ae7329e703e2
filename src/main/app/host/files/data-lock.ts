/**
 * Lets one host at a time use a data folder. The lock is a file that names its owner; it counts for nothing once that
 * process is gone, also when another process has its id by now. The file appears complete or not at all.
 */
import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#shared/errors.ts'
import { readIfThere, systemCode } from './private-file.ts'
import { isAlive, startMark } from './process-identity.ts'

export interface DataLock {
  readonly release: () => void
}

interface Owner {
  readonly pid: number
  readonly mark: string | null
  readonly host: string
  readonly token: string
}

const lockName = 'host.lock'
/** A file without readable content is being written right now, or was left so. */
const unreadableIsOldMs = 5_000
const rounds = 50
const roundMs = 20

/** Throws AppError `data-folder-in-use` while another host has the folder. */
export async function takeDataLock(folder: string): Promise<DataLock> {
  const file = join(folder, lockName)
  const owner: Owner = { pid: process.pid, mark: startMark(process.pid), host: hostname(), token: randomUUID() }
  for (let round = 0; round < rounds; round += 1) {
    if (create(file, owner)) return { release: () => release(file, owner) }
    const found = readIfThere(file)
    if (found === undefined) continue
    const holder = readOwner(found)
    if (!isLeftBehind(holder, file)) throw inUse(file, holder)
    if (!takeAway(file, found, owner)) await sleep(roundMs)
  }
  throw inUse(file, readOwner(readIfThere(file) ?? ''))
}

/** A hard link appears with its whole content and never over another file; disks without links (exFAT) get a plain exclusive file. */
function create(file: string, owner: Owner): boolean {
  const own = `${file}.${owner.token}`
  try {
    writeFileSync(own, JSON.stringify(owner), { mode: 0o600, flag: 'wx' })
    linkSync(own, file)
    return true
  } catch (thrown) {
    if (systemCode(thrown) === 'EEXIST') return false
    return createWithoutLink(file, owner)
  } finally {
    rmSync(own, { force: true })
  }
}

function createWithoutLink(file: string, owner: Owner): boolean {
  try {
    writeFileSync(file, JSON.stringify(owner), { mode: 0o600, flag: 'wx' })
    return true
  } catch (thrown) {
    if (systemCode(thrown) === 'EEXIST') return false
    throw thrown
  }
}

function isLeftBehind(holder: Owner | null, file: string): boolean {
  if (holder === null) return ageMs(file) > unreadableIsOldMs
  if (holder.host !== hostname()) return false
  if (!isAlive(holder.pid)) return true
  if (holder.mark === null) return false
  const mark = startMark(holder.pid)
  return mark !== null && mark !== holder.mark
}

/**
 * Removes a lock that was left behind. Only whoever holds the second file may remove, and only what it has judged:
 * otherwise the slower of two starters would remove the new lock of the quicker one.
 */
function takeAway(file: string, judged: string, owner: Owner): boolean {
  const removal = `${file}.removing`
  if (!create(removal, owner)) {
    const other = readOwner(readIfThere(removal) ?? '')
    if (isLeftBehind(other, removal)) rmSync(removal, { force: true })
    return false
  }
  try {
    if (readIfThere(file) === judged) rmSync(file, { force: true })
    return true
  } finally {
    rmSync(removal, { force: true })
  }
}

function release(file: string, owner: Owner): void {
  if (readOwner(readIfThere(file) ?? '')?.token === owner.token) rmSync(file, { force: true })
}

function ageMs(file: string): number {
  try {
    readFileSync(file)
    return Date.now() - statSync(file).mtimeMs
  } catch {
    return 0
  }
}

function readOwner(text: string): Owner | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return null
    const { pid, mark, host, token } = value as Readonly<Record<string, unknown>> // Each part is checked below.
    const isWhole = typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 0 && typeof host === 'string'
    if (!isWhole || typeof token !== 'string') return null
    return { pid, mark: typeof mark === 'string' ? mark : null, host, token }
  } catch {
    return null
  }
}

function inUse(file: string, holder: Owner | null): AppError {
  const isElsewhere = holder !== null && holder.host !== hostname()
  return new AppError({
    kind: 'config',
    code: 'data-folder-in-use',
    message: isElsewhere
      ? `This data folder is in use by Patchbay on the computer "${holder.host}".`
      : 'This data folder is already in use by a running Patchbay.',
    kept: 'Nothing was opened and nothing has changed.',
    next: isElsewhere
      ? `Stop it there first. If that computer is gone for good, delete the file ${file}.`
      : 'Use the one that runs, or stop it first. If none runs, delete the file named in the details.',
    details: { file, ...(holder ? { process: holder.pid } : {}) },
  })
}

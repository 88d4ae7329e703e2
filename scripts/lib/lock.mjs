/**
 * Keeps two set-ups (or two builds) of one folder apart. The lock is a file naming its owner and the program the
 * owner is running; it counts as left behind when neither is alive any more. Process ids are used again after a
 * while, and mean nothing on another computer, so the owner also touches the file: one that is not touched for a
 * minute, measured on our own clock (a sleeping computer must not make a lock look old), is left behind too.
 */
import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ScriptError } from './project.mjs'

/** @typedef {{ pid: number, childPid?: number, host: string, token: string }} LockOwner */
/** @typedef {{ pollMs: number, untouchedMs: number, waitMs: number, touchMs: number }} LockTimes */

/** @type {LockTimes} */
const usualTimes = { pollMs: 300, untouchedMs: 60_000, waitMs: 15 * 60_000, touchMs: 5_000 }

/**
 * Runs `work` while holding the lock; waits for another holder. `work` gets `noteChild`, to be called with the
 * process id of what it starts, because that may outlive us when we are killed.
 * @template T
 * @param {{ file: string, onWait?: () => void, times?: Partial<LockTimes> }} options
 * @param {(noteChild: (pid: number | undefined) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(options, work) {
  const times = { ...usualTimes, ...options.times }
  /** @type {LockOwner} */
  const owner = { pid: process.pid, host: hostname(), token: randomUUID() }
  mkdirSync(dirname(options.file), { recursive: true })
  await takeLock(options.file, owner, { times, onWait: options.onWait ?? (() => {}) })
  const touching = setInterval(() => touch(options.file), times.touchMs)
  try {
    return await work((childPid) => {
      writeFileSync(options.file, JSON.stringify(childPid === undefined ? owner : { ...owner, childPid }))
    })
  } finally {
    clearInterval(touching)
    if (readOwner(options.file)?.token === owner.token) rmSync(options.file, { force: true })
  }
}

/**
 * @param {string} file
 * @param {LockOwner} owner
 * @param {{ times: LockTimes, onWait: () => void }} how
 */
async function takeLock(file, owner, { times, onWait }) {
  const startedAt = performance.now()
  let seen = ''
  let seenAt = startedAt
  let hasWaited = false
  while (!createLock(file, owner)) {
    const state = `${lockText(file)} ${touchedAt(file)}`
    if (state !== seen) [seen, seenAt] = [state, performance.now()]
    const isUntouched = performance.now() - seenAt > times.untouchedMs
    if (isUntouched || isLeftBehind(readOwner(file))) {
      takeAway(file, lockText(file))
      continue
    }
    if (performance.now() - startedAt > times.waitMs) throw tooLong(file)
    if (!hasWaited) onWait()
    hasWaited = true
    await sleep(times.pollMs)
  }
}

/** @param {string} file */
function tooLong(file) {
  return new ScriptError(
    'another Patchbay set-up or build in this folder has not finished for a long time.',
    `stop the other one, or delete the file ${file}, and run the command again.`,
  )
}

/**
 * @param {string} file
 * @param {LockOwner} owner
 */
function createLock(file, owner) {
  const own = `${file}.${owner.token}`
  writeFileSync(own, JSON.stringify(owner))
  try {
    linkSync(own, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    return createWithoutLink(file, owner)
  } finally {
    rmSync(own, { force: true })
  }
}

/** For disks without hard links (exFAT, some network drives). @param {string} file @param {LockOwner} owner */
function createWithoutLink(file, owner) {
  try {
    writeFileSync(file, JSON.stringify(owner), { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** @param {LockOwner | undefined} owner */
function isLeftBehind(owner) {
  if (owner === undefined || owner.host !== hostname()) return false
  return !isAlive(owner.pid) && (owner.childPid === undefined || !isAlive(owner.childPid))
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * Two waiters may find the same old lock: each moves what is there aside, and puts it back if it was a new one.
 * @param {string} file
 * @param {string} oldText
 */
function takeAway(file, oldText) {
  const aside = `${file}.${randomUUID()}`
  try {
    renameSync(file, aside)
    if (readFileSync(aside, 'utf8') !== oldText) linkSync(aside, file)
  } catch {
    // Somebody else was quicker; the next round sees what is there now.
  } finally {
    rmSync(aside, { force: true })
  }
}

/** @param {string} file @returns {LockOwner | undefined} undefined: none, or half written */
function readOwner(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** @param {string} file */
function lockText(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** @param {string} file */
function touchedAt(file) {
  try {
    return statSync(file).mtimeMs
  } catch {
    return 0
  }
}

/** @param {string} file */
function touch(file) {
  const now = new Date()
  try {
    utimesSync(file, now, now)
  } catch {
    // The out/ folder was deleted meanwhile; the work goes on.
  }
}

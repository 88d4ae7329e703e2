/**
 * The Electron runtime: found without asking the `electron` package, whose import starts a download, and fetched
 * with limits. A failed download is remembered, so that the next start is quick.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { durationText, projectPaths, say } from './project.mjs'
import { runQuietly } from './run-command.mjs'
import { filesUnder, readStamp, removeStamp, writeStamp } from './stamp.mjs'

/** @typedef {{ stallMs: number, totalMs: number, lookMs: number }} DownloadLimits */
/** Half a minute without a new byte means that none will come; ten minutes are enough for 120 MB on a slow line. @type {DownloadLimits} */
const usualLimits = { stallMs: 30_000, totalMs: 10 * 60_000, lookMs: 1_000 }

/**
 * The runtime's program, or undefined when it is not completely installed in the version package.json asks for.
 * The installer writes path.txt last.
 * @param {string} root
 */
export function installedElectron(root) {
  const folder = join(projectPaths(root).modules, 'electron')
  try {
    const program = readFileSync(join(folder, 'path.txt'), 'utf8')
    const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
    const path = join(override || join(folder, 'dist'), program)
    if (!override && !isVersionRight(folder)) return undefined
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

/** @param {string} folder */
function isVersionRight(folder) {
  const wanted = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version
  return (
    readFileSync(join(folder, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '') === wanted
  )
}

/** When the last download failed, ms since 1970. @param {string} root */
export function lastDownloadFailure(root) {
  const text = readStamp(failureNote(root))
  return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text)
}

/** @param {string} root */
function failureNote(root) {
  return join(projectPaths(root).cache, 'electron-download-failed')
}

/**
 * Downloads the runtime with the package's own installer. It is ended when nothing arrives any more, or when it
 * takes too long in all.
 * @param {string} root
 * @param {Partial<DownloadLimits>} [limits]
 * @returns {Promise<string | undefined>} undefined: installed; otherwise why not, as half a sentence
 */
export async function downloadElectron(root, limits = {}) {
  const { cache, modules } = projectPaths(root)
  const temporary = join(cache, 'electron-download')
  rmSync(temporary, { recursive: true, force: true })
  mkdirSync(temporary, { recursive: true })
  say('downloading the Electron runtime (about 120 MB, once). To go without: Ctrl+C, then "npm start -- --headless".')
  const reason = await runInstaller({
    folder: join(modules, 'electron'),
    temporary,
    limits: { ...usualLimits, ...limits },
  })
  rmSync(temporary, { recursive: true, force: true })
  if (reason === undefined && installedElectron(root) !== undefined) {
    removeStamp(failureNote(root))
    return undefined
  }
  writeStamp(failureNote(root), String(Date.now()))
  return reason ?? 'the download ended without a usable runtime'
}

/** @param {{ folder: string, temporary: string, limits: DownloadLimits }} job */
async function runInstaller({ folder, temporary, limits }) {
  /** @type {number | undefined} */
  let pid
  const watch = watchGrowth({
    folders: [temporary, join(folder, 'dist')],
    limits,
    stop: () => pid && process.kill(pid),
  })
  const result = await runQuietly(process.execPath, [join(folder, 'install.js')], {
    cwd: folder,
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
    timeLimitMs: limits.totalMs,
    onPid: (started) => {
      pid = started
    },
  })
  const isStalled = watch.end()
  if (isStalled) return `nothing arrived for ${durationText(limits.stallMs)}`
  if (result.hasTimedOut) return `it was not complete after ${durationText(limits.totalMs)}`
  return result.code === 0 ? undefined : causeOf(result.output)
}

/** @param {string} output */
function causeOf(output) {
  if (/ENOSPC/.test(output)) return 'the disk is full'
  if (/fetch failed|ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|timeout/i.test(output))
    return 'the download server could not be reached'
  return (/^\w*Error: (.{1,120})/m.exec(output)?.[1] ?? 'the installer failed').trim()
}

/**
 * @param {{ folders: string[], limits: DownloadLimits, stop: () => void }} job
 */
function watchGrowth({ folders, limits, stop }) {
  let size = 0
  let grewAt = performance.now()
  let saidAt = grewAt
  let isStalled = false
  const timer = setInterval(() => {
    const now = performance.now()
    const newSize = sizeOf(folders)
    if (newSize !== size) [size, grewAt] = [newSize, now]
    if (now - saidAt > 5_000) {
      saidAt = now
      say(`still downloading the Electron runtime, ${Math.round(size / 1e6)} MB`)
    }
    if (isStalled || now - grewAt < limits.stallMs) return
    isStalled = true
    stop()
  }, limits.lookMs)
  return {
    end() {
      clearInterval(timer)
      return isStalled
    },
  }
}

/** @param {string[]} folders */
function sizeOf(folders) {
  return folders
    .flatMap((folder) => filesUnder(folder, '.').map((file) => join(folder, file)))
    .reduce((sum, file) => sum + sizeOfFile(file), 0)
}

/** @param {string} file */
function sizeOfFile(file) {
  try {
    return statSync(file).size
  } catch {
    return 0
  }
}

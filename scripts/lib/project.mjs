/**
 * Where the project lies and what may be written in it. Everything the scripts write is under node_modules/
 * (gone with a new installation) or out/ (gone with a new build); neither is in version control.
 */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { adviceFor } from './failure-advice.mjs'

/** The project's root folder, wherever the script was called from. */
export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/**
 * @param {string} root
 */
export function projectPaths(root) {
  const packagedNode = process.platform === 'win32' ? 'node.exe' : 'node'
  return {
    packageJson: join(root, 'package.json'),
    lockfile: join(root, 'package-lock.json'),
    modules: join(root, 'node_modules'),
    packagedNode: join(root, 'node_modules', 'node', 'bin', packagedNode),
    setupStamp: join(root, 'node_modules', '.patchbay-setup'),
    cache: join(root, 'node_modules', '.cache', 'patchbay'),
    out: join(root, 'out'),
    setupLock: join(root, 'out', '.setup.lock'),
    buildLock: join(root, 'out', '.build.lock'),
    buildStamp: join(root, 'out', '.build-stamp'),
  }
}

/** Progress goes to stderr, so that a command's own output stays clean. @param {string} line */
export function say(line) {
  process.stderr.write(`Patchbay: ${line}\n`)
}

/** Seconds for people: "0.4 s", "18 s", "2 min 5 s". @param {number} ms */
export function durationText(ms) {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** A failure that was understood: `message` says what happened, `next` what to do. */
export class ScriptError extends Error {
  /**
   * @param {string} message
   * @param {string} next
   */
  constructor(message, next) {
    super(message)
    this.name = 'ScriptError'
    this.next = next
  }
}

/**
 * Runs a script's main function: its result is the exit code, what it throws is shown with the next step.
 * @param {() => Promise<number>} main
 * @returns {Promise<'ended' | 'failed'>}
 */
export async function runScript(main) {
  try {
    process.exitCode = await main()
    return 'ended'
  } catch (error) {
    process.exitCode = 1
    const { message, next } = explainError(error)
    say(message)
    say(`What to do: ${next}`)
    return 'failed'
  }
}

/** What the disk refuses has a next step too; anything else is a defect of the scripts. @param {unknown} error */
function explainError(error) {
  if (error instanceof ScriptError) return error
  if (!(error instanceof Error && 'syscall' in error)) throw error
  const { what, next } = adviceFor(error.message)
  return { message: `${what} (${error.message})`, next }
}

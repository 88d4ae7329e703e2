/**
 * The set-up: packages, and Node 24 where this computer's own is older. Safe to call before everything: it takes
 * milliseconds when there is nothing to do, and starts over when an earlier one was killed half-way.
 *
 * `npm ci` runs without install scripts: of all packages only `node` needs its own (it fetches the binary for this
 * system); better-sqlite3 ships ready-made binaries, but npm would compile it, because a lockfile does not keep the
 * package's `gypfile: false`.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { adviceFor, lastLines } from './failure-advice.mjs'
import { withLock } from './lock.mjs'
import { canRunApp, requireNodeForSetup } from './node-version.mjs'
import { isInside, makeRunningNodeDeletable, npmCommand } from './npm-command.mjs'
import { durationText, projectPaths, projectRoot, ScriptError, say } from './project.mjs'
import { runQuietly, wasStopped } from './run-command.mjs'
import { hashOf, readStamp, removeStamp, writeStamp } from './stamp.mjs'

/** @typedef {(pid: number | undefined) => void} NoteChild */

/** npm's own pauses between tries (10 and 60 s) make a computer without network wait for over a minute. */
const shortRetries = ['--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=15000']

/**
 * Brings the installation in line with the lockfile.
 * @param {string} [root]
 * @returns {Promise<'nothing-to-do' | 'installed'>}
 * @throws {ScriptError} with the next step for the person
 */
export async function ensureSetUp(root = projectRoot) {
  requireNodeForSetup()
  if (isSetUp(root)) return 'nothing-to-do'
  const onWait = () => say('another set-up of this folder is running; waiting for it.')
  return withLock({ file: lockFile(root), onWait }, async (noteChild) => {
    if (isSetUp(root)) return 'nothing-to-do'
    await setUp(root, noteChild)
    return 'installed'
  })
}

/** A folder that may not be written to is found out here, before anything else. @param {string} root */
function lockFile(root) {
  return projectPaths(root).setupLock
}

/** @param {string} root */
function isSetUp(root) {
  const paths = projectPaths(root)
  return readStamp(paths.setupStamp) === wantedStamp(root) && (isHostNodeEnough(root) || existsSync(paths.packagedNode))
}

/**
 * Whether this computer's own Node can run the project. The Node in node_modules, when we already run on it, does
 * not count: `npm ci` takes it away.
 * @param {string} root
 */
function isHostNodeEnough(root) {
  return canRunApp() && !isInside(projectPaths(root).modules, process.execPath)
}

/**
 * What the installation depends on: the locked packages, what package.json asks for (not its scripts), the system,
 * and npm's own note of what lies in node_modules, which any other npm command rewrites.
 * @param {string} root
 */
function wantedStamp(root) {
  const paths = projectPaths(root)
  const { dependencies, devDependencies, optionalDependencies, overrides } = readJson(paths.packageJson)
  const asked = JSON.stringify([dependencies, devDependencies, optionalDependencies, overrides])
  const installed = readStamp(join(paths.modules, '.package-lock.json')) ?? 'none'
  return hashOf([readFileSync(paths.lockfile), asked, process.platform, process.arch, installed])
}

/** @param {string} file @returns {Record<string, unknown>} */
function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** @param {string} root @param {NoteChild} noteChild */
async function setUp(root, noteChild) {
  const paths = projectPaths(root)
  const startedAt = performance.now()
  say('setting up (about half a minute and 600 MB; needs the internet).')
  const npm = npmCommand({ env: process.env, execPath: process.execPath, modules: paths.modules })
  removeStamp(paths.setupStamp)
  makeRunningNodeDeletable({ ...paths, execPath: process.execPath, platform: process.platform })
  const install = ['ci', '--ignore-scripts', '--include=dev', '--loglevel=warn', '--no-audit', '--no-fund']
  await runNpm({ npm, root, noteChild, args: install, doing: 'installing packages' })
  if (!isHostNodeEnough(root)) {
    const fetchNode = ['rebuild', 'node', '--ignore-scripts=false', '--loglevel=warn']
    await runNpm({ npm, root, noteChild, args: fetchNode, doing: 'fetching Node 24 for this project' })
  }
  await proveInstallation(root)
  writeStamp(paths.setupStamp, wantedStamp(root))
  say(`set-up finished in ${durationText(performance.now() - startedAt)}.`)
}

/**
 * @param {{ npm: import('./npm-command.mjs').NpmCommand, root: string, noteChild: NoteChild, args: string[], doing: string }} step
 */
async function runNpm({ npm, root, noteChild, args, doing }) {
  say(`${doing} ...`)
  const result = await runQuietly(npm.program, [...npm.args, ...args, ...shortRetries], {
    cwd: root,
    progress: doing,
    onPid: noteChild,
  })
  if (result.code === 0 && !hasLostFiles(result.output)) return
  if (wasStopped())
    throw new ScriptError('set-up was stopped.', 'run the same command again; it starts over by itself.')
  const output = withoutNotices(result.output)
  process.stderr.write(`${lastLines(output)}\n`)
  const { what, next } = adviceFor(output)
  throw new ScriptError(`set-up failed while ${doing}: ${what}`, next)
}

/**
 * On a full disk npm 10 and 11 leave half-written packages, warn, and report success.
 * @param {string} output
 */
function hasLostFiles(output) {
  return output.includes('TAR_ENTRY_ERROR')
}

/** Without the warnings that have nothing to do with a failure (old packages, unknown settings). @param {string} output */
function withoutNotices(output) {
  return output
    .split('\n')
    .filter((line) => !/^npm (notice|warn (?!tar))/i.test(line))
    .join('\n')
}

/** Loads the one native package that everything rests on, on the Node that will run it. @param {string} root */
async function proveInstallation(root) {
  const node = isHostNodeEnough(root) ? process.execPath : projectPaths(root).packagedNode
  const code = "const D = require('better-sqlite3'); new D(':memory:').close()"
  const result = await runQuietly(node, ['-e', code], { cwd: root, timeLimitMs: 60_000 })
  if (result.code === 0) return
  process.stderr.write(`${lastLines(result.output)}\n`)
  throw new ScriptError(
    `set-up failed: the installed Node or its database driver does not run on this system (${process.platform} ${process.arch}).`,
    'install Node 24 or newer from https://nodejs.org (on Alpine: "apk add nodejs-current") and run the same command again.',
  )
}

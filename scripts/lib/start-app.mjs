/** `npm start` after set-up: builds, chooses the host, runs it in the foreground. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './build-app.mjs'
import { downloadElectron, installedElectron, lastDownloadFailure } from './electron-runtime.mjs'
import { hostFlags, productEnv } from './product-process.mjs'
import { projectPaths, ScriptError, say } from './project.mjs'
import { runInForeground } from './run-command.mjs'
import { decideHost, hostArguments, isRuntimeFailure, mayOpenBrowser } from './start-decision.mjs'

/** @typedef {import('./start-decision.mjs').StartFacts} StartFacts */

/**
 * @param {string} root
 * @param {readonly string[]} args
 * @returns {Promise<number>} the host's exit code
 */
export async function startApp(root, args) {
  await ensureBuilt(root)
  const facts = startFacts(root, args)
  const reason = await startWindow(root, facts)
  if (typeof reason === 'number') return reason
  say(`no desktop window (${reason}); running in the browser instead.`)
  return startHeadless(root, facts)
}

/**
 * @param {string} root
 * @param {readonly string[]} args
 * @returns {StartFacts}
 */
function startFacts(root, args) {
  return {
    platform: process.platform,
    env: process.env,
    args,
    isAdministrator: process.platform === 'linux' && process.getuid?.() === 0,
    isWindowBuilt: existsSync(join(projectPaths(root).out, 'main', 'index.js')),
    isRuntimeInstalled: installedElectron(root) !== undefined,
    lastFailureAt: lastDownloadFailure(root),
    now: Date.now(),
    isTerminal: Boolean(process.stdout.isTTY),
  }
}

/**
 * @param {string} root
 * @param {StartFacts} facts
 * @returns {Promise<number | string>} the exit code of a window that ran, or why there is none
 */
async function startWindow(root, facts) {
  const decision = decideHost(facts)
  if (decision.host === 'headless') return decision.reason
  if (decision.host === 'download') {
    const failure = await downloadElectron(root)
    if (failure !== undefined) return `the Electron runtime could not be downloaded: ${failure}`
  }
  const program = installedElectron(root)
  if (program === undefined) return 'the Electron runtime is not complete'
  const end = await runInForeground(program, ['.', ...hostArguments(facts.args)], { cwd: root, env: windowEnv() })
  return isRuntimeFailure(end) ? 'the Electron runtime does not start on this system' : end.code
}

/** Terminals inside Electron apps (editors) set this for their own children; it would turn the window into plain Node. */
function windowEnv() {
  const { ELECTRON_RUN_AS_NODE: _unwanted, ...env } = process.env
  return env
}

/**
 * The engine shares the PC with the office: see product-process.mjs.
 * @param {string} root
 * @param {StartFacts} facts
 */
async function startHeadless(root, facts) {
  const entry = join(projectPaths(root).out, 'main', 'headless.js')
  if (!existsSync(entry)) {
    throw new ScriptError('the build has no headless host (out/main/headless.js).', 'look at electron.vite.config.ts.')
  }
  const open = mayOpenBrowser(facts) ? ['--open'] : []
  const args = [...hostFlags, entry, 'serve', ...open, ...hostArguments(facts.args)]
  return (await runInForeground(process.execPath, args, { cwd: root, env: productEnv() })).code
}

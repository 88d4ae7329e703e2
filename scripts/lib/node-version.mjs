/**
 * Which Node runs what. The project runs on Node 24 or newer: its SQLite driver crashes without a word below 22.14
 * and the sources are run without a compiler. A computer that has only Node 20 gets Node 24 as an npm package.
 */
import { existsSync } from 'node:fs'
import { ScriptError } from './project.mjs'
import { runInForeground } from './run-command.mjs'

const oldestForSetup = 20
const oldestForApp = 24

/** @param {string} version such as "20.11.0" */
function majorOf(version) {
  return Number(version.split('.')[0])
}

/** @param {string} [version] */
export function canRunApp(version = process.versions.node) {
  return majorOf(version) >= oldestForApp
}

/** Throws when this Node is too old even for the set-up. @param {string} [version] */
export function requireNodeForSetup(version = process.versions.node) {
  if (majorOf(version) >= oldestForSetup) return
  throw new ScriptError(
    `this computer has Node ${version}; Patchbay needs Node ${oldestForSetup} or newer.`,
    'install the current Node from https://nodejs.org and run the same command again.',
  )
}

/**
 * Runs the same script again on the packaged Node when this one is too old.
 * @param {{ script: string, args: readonly string[], packagedNode: string }} call
 * @returns {Promise<number | undefined>} the exit code, or undefined: this Node is good, go on
 */
export async function handOverToNode24({ script, args, packagedNode }) {
  if (canRunApp()) return undefined
  if (!existsSync(packagedNode)) {
    throw new ScriptError('Node 24 is missing from the installation.', 'run "node scripts/setup.mjs".')
  }
  return (await runInForeground(packagedNode, [script, ...args])).code
}

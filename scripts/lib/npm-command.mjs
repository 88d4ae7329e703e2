/**
 * How to call npm: the very npm that runs us, with its own Node, and never a Node from node_modules, because
 * `npm ci` deletes that folder first.
 */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join, relative } from 'node:path'
import { filesUnder } from './stamp.mjs'

/** @typedef {{ program: string, args: string[] }} NpmCommand */

/**
 * @param {{ env: NodeJS.ProcessEnv, execPath: string, modules: string }} from
 * @returns {NpmCommand}
 */
export function npmCommand({ env, execPath, modules }) {
  const cli = npmCli(env, execPath)
  if (cli === undefined) return { program: 'npm', args: [] }
  return { program: lastingNode({ env, execPath, modules }), args: [cli] }
}

/** @param {NodeJS.ProcessEnv} env @param {string} execPath */
function npmCli(env, execPath) {
  const given = env.npm_execpath
  if (given && /npm-cli\.c?js$/.test(basename(given))) return given
  const places = [execPath, ...nodesOnPath(env)].flatMap((node) => [
    join(dirname(node), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(dirname(node), 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(dirname(node), '..', 'share', 'nodejs', 'npm', 'bin', 'npm-cli.js'),
  ])
  return places.find((place) => existsSync(place))
}

/** @param {{ env: NodeJS.ProcessEnv, execPath: string, modules: string }} from */
function lastingNode({ env, execPath, modules }) {
  const nodes = [env.npm_node_execpath, execPath, ...nodesOnPath(env)].filter((node) => node !== undefined)
  const outside = nodes.find((node) => existsSync(node) && !isInside(modules, node))
  if (outside !== undefined) return outside
  const copy = join(tmpdir(), `patchbay-node-${process.pid}${process.platform === 'win32' ? '.exe' : ''}`)
  copyFileSync(execPath, copy)
  process.once('exit', () => rmSync(copy, { force: true }))
  return copy
}

/** @param {NodeJS.ProcessEnv} env */
function nodesOnPath(env) {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const path = env.PATH ?? env.Path ?? ''
  return path
    .split(delimiter)
    .filter((folder) => folder !== '' && !isBinFolder(folder))
    .map((folder) => join(folder, name))
}

/** @param {string} folder */
function isBinFolder(folder) {
  return /node_modules[\\/]\.bin[\\/]?$/.test(folder)
}

/** @param {string} folder @param {string} file */
export function isInside(folder, file) {
  const path = relative(folder, file)
  return path !== '' && !path.startsWith('..') && !/^[a-z]:/i.test(path)
}

/**
 * Windows refuses to delete a program that is running, but lets it be moved: when we run on the Node inside
 * node_modules, it is moved to out/ and deleted by a later set-up.
 * @param {{ modules: string, out: string, execPath: string, platform: NodeJS.Platform }} where
 */
export function makeRunningNodeDeletable({ modules, out, execPath, platform }) {
  if (platform !== 'win32') return
  for (const file of filesUnder(out, '.').filter((path) => path.startsWith('./.replaced-node-'))) {
    try {
      rmSync(join(out, file), { force: true })
    } catch {
      // Still running; the next set-up tries again.
    }
  }
  if (!isInside(modules, execPath)) return
  mkdirSync(out, { recursive: true })
  renameSync(execPath, join(out, `.replaced-node-${process.pid}.exe`))
}

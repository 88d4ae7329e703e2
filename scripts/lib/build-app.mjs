/**
 * Builds the app into out/ when its sources changed. The stamp is taken away first and written last, with the list
 * of what was built: a build that was killed, or whose files were deleted, is done again.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { lastLines } from './failure-advice.mjs'
import { withLock } from './lock.mjs'
import { durationText, projectPaths, projectRoot, ScriptError, say } from './project.mjs'
import { runQuietly, wasStopped } from './run-command.mjs'
import { filesUnder, fingerprintOf, readStamp, removeStamp, writeStamp } from './stamp.mjs'

const sourceFolders = ['src', 'resources']
const configFiles = ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json']

/**
 * @param {string} [root]
 * @returns {Promise<'nothing-to-do' | 'built'>}
 * @throws {ScriptError}
 */
export async function ensureBuilt(root = projectRoot) {
  if (isBuilt(root)) return 'nothing-to-do'
  const onWait = () => say('another build of this folder is running; waiting for it.')
  return withLock({ file: projectPaths(root).buildLock, onWait }, async (noteChild) => {
    if (isBuilt(root)) return 'nothing-to-do'
    await build(root, noteChild)
    return 'built'
  })
}

/** @param {string} root */
export function sourceFingerprint(root) {
  const sources = sourceFolders.flatMap((folder) => filesUnder(root, folder))
  return fingerprintOf(root, [...configFiles, ...sources.filter((file) => !/\.test\.tsx?$/.test(file))])
}

/** @param {string} root */
function isBuilt(root) {
  const [fingerprint, ...built] = (readStamp(projectPaths(root).buildStamp) ?? '').split('\n')
  if (built.length === 0 || fingerprint !== sourceFingerprint(root)) return false
  return built.every((file) => existsSync(join(root, file)))
}

/** @param {string} root @param {(pid: number | undefined) => void} noteChild */
async function build(root, noteChild) {
  const { buildStamp, modules } = projectPaths(root)
  const fingerprint = sourceFingerprint(root)
  say('building the app ...')
  removeStamp(buildStamp)
  const tool = join(modules, 'electron-vite', 'bin', 'electron-vite.js')
  const result = await runQuietly(process.execPath, [tool, 'build', '--logLevel', 'warn'], {
    cwd: root,
    progress: 'building the app',
    onPid: noteChild,
  })
  if (wasStopped()) throw new ScriptError('the build was stopped.', 'run the same command again.')
  if (result.code !== 0) throw buildFailed(result.output)
  const built = ['main', 'preload', 'renderer'].flatMap((part) => filesUnder(root, `out/${part}`))
  writeStamp(buildStamp, [fingerprint, ...built].join('\n'))
  say(`build finished in ${durationText(result.durationMs)}.`)
}

/** @param {string} output */
function buildFailed(output) {
  process.stderr.write(`${lastLines(output, 40)}\n`)
  return new ScriptError('the build failed.', 'mend what the lines above name; "npm run check" says more.')
}

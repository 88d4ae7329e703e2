/**
 * `npm run dist`: the packages of the system it runs on, into dist/. "headless" or "desktop" after `--` makes only that
 * one. The desktop app needs the Electron runtime and, once, the tools that electron-builder downloads.
 */
import { join } from 'node:path'
import { ensureBuilt } from './lib/build-app.mjs'
import { makeHeadlessDeb } from './lib/headless-deb.mjs'
import { runPrepared } from './lib/prepare.mjs'
import { projectPaths, projectRoot, ScriptError, say } from './lib/project.mjs'
import { runInForeground } from './lib/run-command.mjs'

const folder = join(projectRoot, 'dist')

await runPrepared(import.meta.url, async (args) => {
  const unknown = args.find((arg) => arg !== 'headless' && arg !== 'desktop')
  if (unknown !== undefined)
    throw new ScriptError(`"${unknown}" is not a package.`, 'name "headless" or "desktop", or none for both.')
  await ensureBuilt()
  const isWanted = (/** @type {string} */ name) => args.length === 0 || args.includes(name)
  if (isWanted('headless') && (process.platform === 'linux' || args.length > 0))
    say(`made ${await makeHeadlessDeb({ root: projectRoot, folder })}`)
  return isWanted('desktop') ? makeDesktop() : 0
})

async function makeDesktop() {
  const builder = join(projectPaths(projectRoot).modules, 'electron-builder', 'cli.js')
  const { code } = await runInForeground(process.execPath, [builder, '--publish', 'never'], { cwd: projectRoot })
  if (code === 0) return 0
  throw new ScriptError(
    'the desktop packages could not be made; the lines above say why.',
    'where a download failed, go online and run it again; "npm run dist -- headless" needs no download.',
  )
}

/** `npm run -s cli -- <command>`: the command line of the app. Its stdout carries the command's output only. */
import { join } from 'node:path'
import { ensureBuilt } from './lib/build-app.mjs'
import { runPrepared } from './lib/prepare.mjs'
import { cliFlags, productEnv } from './lib/product-process.mjs'
import { projectPaths, projectRoot } from './lib/project.mjs'
import { runInForeground } from './lib/run-command.mjs'

await runPrepared(import.meta.url, async (args) => {
  await ensureBuilt()
  const cli = join(projectPaths(projectRoot).out, 'main', 'cli.js')
  return (await runInForeground(process.execPath, [...cliFlags, cli, ...args], { env: productEnv() })).code
})

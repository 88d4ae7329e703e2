/** `npm run torture`: kills the core again and again and counts at the service what was lost or done twice. */
import { join } from 'node:path'
import { runPrepared } from './lib/prepare.mjs'
import { projectRoot } from './lib/project.mjs'
import { runInForeground } from './lib/run-command.mjs'

await runPrepared(import.meta.url, async (args) => {
  return (await runInForeground(process.execPath, [join(projectRoot, 'test/torture/torture.ts'), ...args])).code
})

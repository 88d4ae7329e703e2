/** `npm run bench`: ratios to a bare loop, rates, peak memory, first screen; of the built product. A benchmark, not a test. */
import { join } from 'node:path'
import { ensureBuilt } from './lib/build-app.mjs'
import { runPrepared } from './lib/prepare.mjs'
import { projectRoot } from './lib/project.mjs'
import { runInForeground } from './lib/run-command.mjs'

await runPrepared(import.meta.url, async (args) => {
  await ensureBuilt()
  return (await runInForeground(process.execPath, [join(projectRoot, 'test/bench/bench.ts'), ...args])).code
})

/** `npm run simulate -- [--steps N] [--seed S]`: simulated histories of two-way integrations, checked by what the services hold. */
import { join } from 'node:path'
import { runPrepared } from './lib/prepare.mjs'
import { projectRoot } from './lib/project.mjs'
import { runInForeground } from './lib/run-command.mjs'

await runPrepared(
  import.meta.url,
  async (args) =>
    (await runInForeground(process.execPath, [join(projectRoot, 'test/simulate/simulate.ts'), ...args])).code,
)

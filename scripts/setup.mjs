/** `npm run setup`: installs what the project needs; every other command does this by itself. */
import { runScript, say } from './lib/project.mjs'
import { ensureSetUp } from './lib/set-up.mjs'

await runScript(async () => {
  if ((await ensureSetUp()) === 'nothing-to-do') say('set-up is up to date.')
  return 0
})

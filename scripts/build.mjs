/** `npm run build`: builds the app into out/, when its sources changed. */
import { ensureBuilt } from './lib/build-app.mjs'
import { runPrepared } from './lib/prepare.mjs'
import { say } from './lib/project.mjs'

await runPrepared(import.meta.url, async () => {
  if ((await ensureBuilt()) === 'nothing-to-do') say('build is up to date.')
  return 0
})

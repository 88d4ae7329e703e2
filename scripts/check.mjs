/** `npm run check`: types, lint, boundaries, unused code. */
import { runChecks } from './lib/check-steps.mjs'
import { runPrepared } from './lib/prepare.mjs'
import { projectRoot } from './lib/project.mjs'

await runPrepared(import.meta.url, async () => {
  const checks = [...(await runChecks(projectRoot))]
  const failed = checks.filter(([, counts]) => counts.failed > 0).map(([title]) => title)
  process.stdout.write(failed.length === 0 ? '\ncheck: good\n' : `\ncheck: FAILED (${failed.join(', ')})\n`)
  return failed.length === 0 ? 0 : 1
})

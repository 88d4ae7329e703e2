/**
 * `npm test`: installs what the tests need and runs all of them; `npm test -- word` only the files with that word in
 * their path, `npm test -- --only e2e` only one kind. The last line is always `N passed, N failed`.
 */
import { runPrepared } from './lib/prepare.mjs'
import { durationText, projectRoot, ScriptError } from './lib/project.mjs'
import { wasStopped } from './lib/run-command.mjs'
import { readTestOptions } from './lib/test-options.mjs'
import { runStep, testSteps } from './lib/test-steps.mjs'
import { lastLine, summaryTable, totalOf } from './lib/test-summary.mjs'

const startedAt = performance.now()

const end = await runPrepared(import.meta.url, async (args) => {
  const options = readTestOptions(args)
  /** @type {import('./lib/test-summary.mjs').StepResult[]} */
  const results = []
  for (const [index, step] of testSteps(projectRoot, options).entries()) {
    if (wasStopped()) throw new ScriptError('the tests were stopped.', 'run the same command again.')
    const stepStartedAt = index === 0 ? startedAt : performance.now()
    process.stdout.write(`\n== ${step.id}\n`)
    const { counts, note } = await runStep(step)
    const durationMs = performance.now() - stepStartedAt
    process.stdout.write(`== ${step.id}: ${note ?? 'done'} (${durationText(durationMs)})\n`)
    results.push({ id: step.id, durationMs, counts, ...(note === undefined ? {} : { note }) })
  }
  const total = totalOf(results)
  if (total.passed + total.failed === 0)
    throw new ScriptError('no test was run.', 'check the words after "npm test --".')
  process.stdout.write(`\n${summaryTable(results)}\n\n${lastLine(total)}\n`)
  return total.failed === 0 ? 0 : 1
})
if (end === 'failed') process.stdout.write(`${lastLine({ passed: 0, failed: 1, skipped: 0 })}\n`)

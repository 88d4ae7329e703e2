/** `npm run check`: types, lint, boundaries and unused code, side by side, each shown under its heading. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { durationText, projectPaths } from './project.mjs'
import { runQuietly } from './run-command.mjs'
import { filesUnder } from './stamp.mjs'
import { countVitest, readReport, withBadEnd } from './test-counts.mjs'
import { kindOfFile, timeLimitMsOf } from './test-kinds.mjs'

/** @typedef {import('./test-counts.mjs').Counts} Counts */
/** @typedef {{ title: string, output: string, isGood: boolean, durationMs: number, counts: Counts }} CheckResult */

/**
 * Runs all four even when one fails: one look shows everything there is to mend.
 * @param {string} root
 * @returns {Promise<Map<string, Counts>>} by check
 */
export async function runChecks(root) {
  const { modules } = projectPaths(root)
  const checks = [
    runTool(root, 'types', [join(modules, 'typescript', 'bin', 'tsc'), '-b', 'tsconfig.json', '--pretty', 'false']),
    runTool(root, 'lint', [
      join(modules, '@biomejs', 'biome', 'bin', 'biome'),
      'check',
      '--error-on-warnings',
      '--colors=off',
    ]),
    runBoundaries(root),
    runTool(root, 'unused code', [join(modules, 'knip', 'bin', 'knip.js'), '--no-progress']),
  ]
  /** @type {Map<string, Counts>} */
  const byCheck = new Map()
  for (const check of checks) {
    const result = await check
    showCheck(result)
    byCheck.set(result.title, result.counts)
  }
  return byCheck
}

/** @param {CheckResult} result */
function showCheck({ title, output, isGood, durationMs, counts }) {
  process.stdout.write(`\n-- ${title}: ${isGood ? 'good' : 'FAILED'} (${durationText(durationMs)})\n`)
  if (!isGood || counts.passed === 0) process.stdout.write(`${output.trimEnd()}\n`)
}

/**
 * @param {string} root
 * @param {string} title
 * @param {string[]} command
 * @returns {Promise<CheckResult>}
 */
async function runTool(root, title, command) {
  const { code, output, durationMs, hasTimedOut } = await runQuietly(process.execPath, command, {
    cwd: root,
    timeLimitMs: timeLimitMsOf('check'),
  })
  const isGood = code === 0
  const counts = { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, skipped: 0 }
  return { title, output: hasTimedOut ? `${output}\nended: it took too long` : output, isGood, durationMs, counts }
}

/**
 * @param {string} root
 * @returns {Promise<CheckResult>}
 */
async function runBoundaries(root) {
  const title = 'boundaries'
  const hasTests = filesUnder(root, 'test/boundaries').some((file) => kindOfFile(file) === 'check')
  const none = { passed: 0, failed: 0, skipped: 0 }
  if (!hasTests) return { title, output: 'no tests in test/boundaries yet', isGood: true, durationMs: 0, counts: none }
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-check-'))
  const report = join(folder, 'report.json')
  const args = ['run', 'test/boundaries', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const result = await runTool(root, title, [join(projectPaths(root).modules, 'vitest', 'vitest.mjs'), ...args])
  const counts = countVitest(readReport(report) ?? { testResults: [] }, root)
  rmSync(folder, { recursive: true, force: true })
  return { ...result, counts: withBadEnd(counts, { kind: 'check', isGood: result.isGood }).get('check') ?? none }
}

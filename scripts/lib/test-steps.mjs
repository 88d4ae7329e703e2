/** The steps of `npm test`. Each runs to its end, whatever became of the ones before, and says what it counted. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './build-app.mjs'
import { runChecks } from './check-steps.mjs'
import { withKeychainSession } from './keychain-session.mjs'
import { projectPaths, ScriptError, say } from './project.mjs'
import { runInForeground } from './run-command.mjs'
import { filesUnder } from './stamp.mjs'
import { countPlaywright, countVitest, readReport, withBadEnd } from './test-counts.mjs'
import { kindOfFile, timeLimitMsOf } from './test-kinds.mjs'
import { isChosen } from './test-options.mjs'

/** @typedef {import('./test-counts.mjs').Counts} Counts */
/** @typedef {import('./test-options.mjs').TestOptions} TestOptions */
/** @typedef {{ counts: Map<string, Counts>, note?: string }} StepEnd */
/** @typedef {{ id: string, run: () => Promise<StepEnd> }} TestStep */

/** Programs of the system a step can not do without. */
const programsOf = { keychain: ['dbus-daemon', 'gnome-keyring-daemon'], e2e: ['chromium'] }
const e2eConfig = 'test/e2e/playwright.config.ts'

/**
 * @param {string} root
 * @param {TestOptions} options
 * @returns {TestStep[]} the chosen ones, in order
 */
export function testSteps(root, options) {
  /** @type {TestStep[]} */
  const steps = [
    { id: 'set-up', run: () => installPrograms(root, options) },
    { id: 'check', run: async () => ({ counts: await runChecks(root) }) },
    { id: 'build', run: () => buildStep(root) },
    { id: 'unit', run: () => unitStep(root, options) },
    { id: 'keychain', run: () => keychainStep(root, options) },
    { id: 'e2e', run: () => e2eStep(root, options) },
    { id: 'kill', run: () => fileStep(root, { id: 'kill', options }) },
  ]
  return steps.filter(({ id }) => id === 'set-up' || isChosen(options, id))
}

/**
 * A step that breaks is a failure of its own; the others run all the same.
 * @param {TestStep} step
 * @returns {Promise<StepEnd>}
 */
export async function runStep({ id, run }) {
  try {
    return await run()
  } catch (error) {
    return failedStep(id, error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
}

/** @param {string} root @param {TestOptions} options @returns {Promise<StepEnd>} */
async function installPrograms(root, options) {
  const needed = [
    ...(isChosen(options, 'keychain') && filesOfKind(root, 'keychain', options).length > 0 ? programsOf.keychain : []),
    ...(isChosen(options, 'e2e') && hasSpecs(root) ? programsOf.e2e : []),
  ]
  const { ensurePrograms } = await import('../../test/support/debian-packages.ts')
  const missing = await ensurePrograms(needed, say)
  if (missing !== undefined) say(missing)
  return { counts: new Map() }
}

/** @param {string} root @returns {Promise<StepEnd>} */
async function buildStep(root) {
  try {
    if ((await ensureBuilt(root)) === 'nothing-to-do') say('build is up to date.')
    return { counts: new Map([['build', { passed: 1, failed: 0, skipped: 0 }]]) }
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error
    return failedStep('build', `${error.message} ${error.next}`)
  }
}

/** @param {string} root @param {TestOptions} options @returns {Promise<StepEnd>} */
async function unitStep(root, options) {
  const files = filesOfKind(root, 'unit', options)
  if (files.length === 0) return nothingYet(options)
  const left = ['**/*.keychain.test.*', '**/*.kill.test.*', 'test/boundaries/**'].map((glob) => `--exclude=${glob}`)
  return runVitest(root, { id: 'unit', args: [...options.words, ...left] })
}

/** @param {string} root @param {TestOptions} options @returns {Promise<StepEnd>} */
async function keychainStep(root, options) {
  if (process.platform !== 'linux' || filesOfKind(root, 'keychain', options).length === 0) {
    return fileStep(root, { id: 'keychain', options })
  }
  const { missingPrograms, howToGet } = await import('../../test/support/debian-packages.ts')
  const missing = missingPrograms(programsOf.keychain)
  if (missing.length > 0) return failedStep('keychain', howToGet(missing))
  return withKeychainSession((env) => fileStep(root, { id: 'keychain', options, env }))
}

/**
 * Runs the test files of one kind, one after the other: they start and kill processes of their own.
 * @param {string} root
 * @param {{ id: 'keychain' | 'kill', options: TestOptions, env?: NodeJS.ProcessEnv }} step
 * @returns {Promise<StepEnd>}
 */
async function fileStep(root, { id, options, env }) {
  const files = filesOfKind(root, id, options)
  if (files.length === 0) return nothingYet(options)
  return runVitest(root, { id, args: [...files, '--maxWorkers=1'], env: env ?? process.env })
}

/** @param {string} root @param {TestOptions} options @returns {Promise<StepEnd>} */
async function e2eStep(root, options) {
  if (!existsSync(join(root, e2eConfig)) || !hasSpecs(root)) return nothingYet(options)
  const { findChromium } = await import('../../test/support/chromium.ts')
  try {
    findChromium()
  } catch (error) {
    return failedStep('e2e', error instanceof Error ? error.message : String(error))
  }
  return withReport(async (report) => {
    const cli = join(projectPaths(root).modules, '@playwright', 'test', 'cli.js')
    const args = [cli, 'test', '--config', e2eConfig, '--reporter=list,json', ...options.words]
    const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
    const end = await runInForeground(process.execPath, args, { cwd: root, env, timeLimitMs: timeLimitMsOf('e2e') })
    /** @type {import('./test-counts.mjs').PlaywrightReport | undefined} */
    const read = readReport(report)
    const counts = new Map(read === undefined ? [] : [['e2e', countPlaywright(read)]])
    return { counts: withBadEnd(counts, { kind: 'e2e', isGood: end.code === 0 }) }
  })
}

/**
 * @param {string} root
 * @param {{ id: string, args: string[], env?: NodeJS.ProcessEnv }} run
 * @returns {Promise<StepEnd>}
 */
function runVitest(root, { id, args, env = process.env }) {
  return withReport(async (report) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const command = [join(projectPaths(root).modules, 'vitest', 'vitest.mjs'), 'run', ...args, ...reporters]
    const end = await runInForeground(process.execPath, command, { cwd: root, env, timeLimitMs: timeLimitMsOf(id) })
    /** @type {import('./test-counts.mjs').VitestReport} */
    const read = readReport(report) ?? { testResults: [] }
    return { counts: withBadEnd(countVitest(read, root), { kind: id, isGood: end.code === 0 }) }
  })
}

/**
 * @template T
 * @param {(report: string) => Promise<T>} work gets the file to write the report to
 * @returns {Promise<T>}
 */
async function withReport(work) {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-test-'))
  try {
    return await work(join(folder, 'report.json'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Contract and property tests run together with the unit tests.
 * @param {string} root
 * @param {'unit' | 'keychain' | 'kill'} id
 * @param {TestOptions} options
 */
function filesOfKind(root, id, { words }) {
  const kinds = id === 'unit' ? ['unit', 'contract', 'property'] : [id]
  return ['src', 'test']
    .flatMap((folder) => filesUnder(root, folder))
    .filter(
      (file) =>
        kinds.includes(kindOfFile(file) ?? '') && (words.length === 0 || words.some((word) => file.includes(word))),
    )
}

/** @param {string} root */
function hasSpecs(root) {
  return filesUnder(root, 'test/e2e').some((file) => /\.(e2e|spec|e2e\.test)\.tsx?$/.test(file))
}

/** @param {TestOptions} options @returns {StepEnd} */
function nothingYet({ words }) {
  return { counts: new Map(), note: words.length === 0 ? 'no tests of this kind yet' : 'no file matches' }
}

/** @param {string} id @param {string} why @returns {StepEnd} */
function failedStep(id, why) {
  say(why)
  return { counts: new Map([[id, { passed: 0, failed: 1, skipped: 0 }]]), note: 'could not run' }
}

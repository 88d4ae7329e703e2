/** Reads how many tests passed and failed from the JSON reports of vitest and Playwright. */
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { kindOfFile } from './test-kinds.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @returns {Counts} */
export function noCounts() {
  return { passed: 0, failed: 0, skipped: 0 }
}

/**
 * @param {Counts} a
 * @param {Counts} b
 * @returns {Counts}
 */
export function addCounts(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }
}

/**
 * @typedef {object} VitestReport
 * @property {{ name: string, status: string, assertionResults: { status: string }[] }[]} testResults
 */

/**
 * Counts per kind of file. A file that could not even be loaded is one failure.
 * @param {VitestReport} report
 * @param {string} root
 * @returns {Map<string, Counts>}
 */
export function countVitest(report, root) {
  /** @type {Map<string, Counts>} */
  const byKind = new Map()
  for (const file of report.testResults) {
    const kind = kindOfFile(relative(root, file.name).replaceAll('\\', '/')) ?? 'unit'
    byKind.set(kind, addCounts(byKind.get(kind) ?? noCounts(), countFile(file)))
  }
  return byKind
}

/** @param {VitestReport['testResults'][number]} file */
function countFile(file) {
  const counts = noCounts()
  for (const { status } of file.assertionResults) {
    if (status === 'passed') counts.passed += 1
    else if (status === 'failed') counts.failed += 1
    else counts.skipped += 1
  }
  if (file.status === 'failed' && counts.failed === 0) counts.failed = 1
  return counts
}

/**
 * @typedef {object} PlaywrightReport
 * @property {{ expected: number, unexpected: number, flaky: number, skipped: number }} stats
 * @property {unknown[]} [errors] what went wrong outside of a test
 */

/**
 * A test that passed only on a second try is a failure: nothing here may depend on luck.
 * @param {PlaywrightReport} report
 * @returns {Counts}
 */
export function countPlaywright({ stats, errors = [] }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped }
}

/**
 * A report file as data; undefined when the run died before writing it.
 * @template T
 * @param {string} file
 * @returns {T | undefined}
 */
export function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * A run that ended badly without a failed test (an unhandled error, a crash, a time limit) is one failure.
 * @param {Map<string, Counts>} byKind
 * @param {{ kind: string, isGood: boolean }} end
 */
export function withBadEnd(byKind, { kind, isGood }) {
  const hasFailure = [...byKind.values()].some((counts) => counts.failed > 0)
  if (isGood || hasFailure) return byKind
  return new Map(byKind).set(kind, addCounts(byKind.get(kind) ?? noCounts(), { passed: 0, failed: 1, skipped: 0 }))
}

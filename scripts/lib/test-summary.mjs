/** The end of `npm test`: a table by kind, then the one line that machines read. */
import { addCounts, noCounts } from './test-counts.mjs'
import { testKinds, totalMinutes } from './test-kinds.mjs'

/** @typedef {import('./test-counts.mjs').Counts} Counts */
/**
 * @typedef {object} StepResult
 * @property {string} id of the kind
 * @property {number} durationMs
 * @property {Map<string, Counts>} counts by kind of file; empty when nothing was counted
 * @property {string} [note] what a reader must know, such as "no tests of this kind yet"
 */

/**
 * @param {readonly StepResult[]} steps
 * @returns {string} the table
 */
export function summaryTable(steps) {
  const header = ['kind', 'passed', 'failed', 'skipped', 'minutes', 'budget', '']
  const rows = steps.flatMap((step) => rowsOf(step))
  const total = totalOf(steps)
  const minutes = steps.reduce((sum, step) => sum + step.durationMs, 0) / 60_000
  const last = [
    'all',
    ...countCells(total),
    minutes.toFixed(1),
    totalMinutes.toFixed(1),
    budgetNote(minutes, totalMinutes),
  ]
  return alignColumns([header, ...rows, last])
}

/** @param {readonly StepResult[]} steps */
export function totalOf(steps) {
  return steps.flatMap((step) => [...step.counts.values()]).reduce(addCounts, noCounts())
}

/** Exactly `N passed, N failed`: the last line of `npm test`. @param {Counts} total */
export function lastLine({ passed, failed }) {
  return `${passed} passed, ${failed} failed`
}

/** @param {StepResult} step */
function rowsOf(step) {
  const budget = testKinds.find((kind) => kind.id === step.id)?.budgetMinutes ?? 0
  const minutes = step.durationMs / 60_000
  const note = [step.note, budgetNote(minutes, budget)].filter(Boolean).join('; ')
  const tail = [minutes.toFixed(1), budget.toFixed(1), note]
  const kinds = [...step.counts]
  if (kinds.length === 0) return [[step.id, '', '', '', ...tail]]
  return kinds.map(([kind, counts], index) => [kind, ...countCells(counts), ...(index === 0 ? tail : ['', '', ''])])
}

/** @param {number} minutes @param {number} budget */
function budgetNote(minutes, budget) {
  return minutes > budget ? 'OVER BUDGET' : ''
}

/** @param {Counts} counts */
function countCells({ passed, failed, skipped }) {
  return [String(passed), String(failed), String(skipped)]
}

/** @param {readonly (readonly string[])[]} rows */
function alignColumns(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0, column))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Words to the left, numbers to the right. @param {string} cell @param {number} width @param {number} column */
function pad(cell, width, column) {
  return column === 0 || column === 6 ? cell.padEnd(width) : cell.padStart(width)
}

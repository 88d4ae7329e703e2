/** Turns raw rows of a sheet into rows of the table: cells in the order of the columns, merged cells reported or filled. */
import type { Value } from '#shared/model/value.ts'
import type { FilesSettings } from '../settings.ts'
import type { RowProblem, TableColumn, TableRow } from '../table.ts'
import { type CellRange, columnLetters, covers } from './cell-ranges.ts'
import { type CellContext, cellMeaning } from './cell-value.ts'
import type { RawSheetRow } from './sheet-rows.ts'

/** What the first pass over a sheet found. */
export interface Survey {
  readonly columns: readonly TableColumn[]
  readonly merges: readonly CellRange[]
  readonly hasFormulas: boolean
  readonly hasOddDates: boolean
  readonly hiddenRows: number
  readonly rowCount: number
}

export interface SurveyedSheet {
  readonly settings: FilesSettings
  readonly survey: Survey
}

/** Rows must come in order. Answers undefined for rows without any value. */
export function createRowReader(
  { settings, survey }: SurveyedSheet,
  context: CellContext,
): (row: RawSheetRow) => TableRow | undefined {
  const merges = [...survey.merges]
    .filter((merge) => merge.lastRow > settings.headerRow)
    .sort((a, b) => a.firstRow - b.firstRow)
  const filled = new Map<CellRange, Value>()
  let active: CellRange[] = []
  let nextMerge = 0
  return (row) => {
    for (; (merges[nextMerge]?.firstRow ?? Number.POSITIVE_INFINITY) <= row.number; nextMerge++)
      active.push(...merges.slice(nextMerge, nextMerge + 1))
    active = active.filter((merge) => merge.lastRow >= row.number || (filled.delete(merge) && false))
    const { cells, problems } = plainRow(row, survey.columns.length, context)
    for (const merge of active) {
      if (settings.merged === 'report') problems.push(mergedProblem(merge, row.number))
      else fillMerged({ merge, row: row.number, cells, filled })
    }
    return cells.every((cell) => cell === null) && problems.length === 0
      ? undefined
      : { number: row.number, cells, problems }
  }
}

function plainRow(row: RawSheetRow, columnCount: number, context: CellContext) {
  const cells: Value[] = Array.from({ length: columnCount }, () => null)
  const problems: RowProblem[] = []
  for (const cell of row.cells) {
    const { value, problem } = cellMeaning(cell, row.number, context)
    const columnIndex = cell.column - 1
    if (problem) problems.push({ ...problem, columnIndex })
    if (columnIndex < columnCount) cells[columnIndex] = value
    else if (value !== null) problems.push(beyondHeader(cell.column, row.number, value))
  }
  return { cells, problems }
}

function beyondHeader(column: number, row: number, value: Value): RowProblem {
  return {
    code: 'beyond-header',
    message: `Cell ${columnLetters(column)}${row} holds a value, but its column has no name in the header.`,
    value,
    next: 'Name the column in the header row, or empty the cell.',
  }
}

function mergedProblem(merge: CellRange, row: number): RowProblem {
  return {
    code: 'merged-cells',
    message: `Row ${row} is part of the merged cells ${merge.text}: it is not certain for which rows and columns their value counts.`,
    columnIndex: merge.firstColumn - 1,
    next: 'Take the merge apart in the sheet, or set "merged" of the connection to fill.',
  }
}

interface Filling {
  readonly merge: CellRange
  readonly row: number
  readonly cells: Value[]
  readonly filled: Map<CellRange, Value>
}

function fillMerged({ merge, row, cells, filled }: Filling): void {
  if (!filled.has(merge)) filled.set(merge, row === merge.firstRow ? (cells[merge.firstColumn - 1] ?? null) : null)
  for (let column = merge.firstColumn; column <= Math.min(merge.lastColumn, cells.length); column++) {
    if (covers(merge, row, column)) cells[column - 1] = filled.get(merge) ?? null
  }
}

/** A table of translated values, and how one is read from what was copied out of a spreadsheet. Pure. */

export type Literal = string | number | boolean | null
export type ValueTable = Readonly<Record<string, Literal>>

export interface Pasted {
  readonly values: ValueTable
  readonly count: number
  /** Number of the first row that cannot be used, from 1. */
  readonly badRow: number | undefined
}

/** Two columns, separated by a tab as spreadsheets copy them, or by a semicolon. Texts stay texts: 007 is not 7. */
export function readPasted(text: string): Pasted {
  const values = new Map<string, Literal>()
  const rows = text.split(/\r?\n/)
  let badRow: number | undefined
  for (const [index, row] of rows.entries()) {
    if (row.trim() === '') continue
    const cells = row.includes('\t') ? row.split('\t') : row.split(';')
    const [from, to] = cells.map(unquoted)
    if (from === undefined || to === undefined || from === '') badRow ??= index + 1
    else values.set(from, to)
  }
  return { values: Object.fromEntries(values), count: values.size, badRow }
}

/** Spreadsheets put cells with tabs, quotes or line breaks into quotation marks. */
function unquoted(cell: string): string {
  const trimmed = cell.trim()
  return trimmed.length >= 2 && trimmed.startsWith('"') && trimmed.endsWith('"')
    ? trimmed.slice(1, -1).replaceAll('""', '"')
    : trimmed
}

/** Cell addresses and ranges: 'B2' is column 2, row 2. */

export interface CellRange {
  readonly text: string
  readonly firstRow: number
  readonly lastRow: number
  readonly firstColumn: number
  readonly lastColumn: number
}

/** Number of a column from the letters an address begins with; 0 where there are none. */
export function columnOf(address: string): number {
  let column = 0
  for (let index = 0; index < address.length; index++) {
    const letter = address.charCodeAt(index) & ~32
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
  }
  return column
}

/** Letters of a column: 28 is AB. */
export function columnLetters(column: number): string {
  let letters = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return letters
}

/** Undefined for what is no range of cells. */
export function rangeOf(text: string): CellRange | undefined {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/i.exec(text)
  if (!match) return undefined
  const [, from = '', row = '', to = from, toRow = row] = match
  return { text, firstRow: Number(row), lastRow: Number(toRow), firstColumn: columnOf(from), lastColumn: columnOf(to) }
}

export function covers(range: CellRange, row: number, column: number): boolean {
  return row >= range.firstRow && row <= range.lastRow && column >= range.firstColumn && column <= range.lastColumn
}

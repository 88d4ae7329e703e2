/** Names of columns from a header row: unique, never empty; what had to be changed is said. */

export interface HeaderNames {
  readonly names: readonly string[]
  /** One list per column. */
  readonly notes: readonly (readonly string[])[]
}

/** Trims names, calls unnamed columns "column 3" and numbers names that come twice. */
export function headerNames(cells: readonly string[]): HeaderNames {
  const taken = new Set<string>()
  const names: string[] = []
  const notes: string[][] = []
  for (const [index, cell] of cells.entries()) {
    const own: string[] = []
    const base = cell.normalize('NFC').replace(/\s+/g, ' ').trim() || `column ${index + 1}`
    if (cell.trim() === '') own.push(`has no name in the header and is called "${base}"`)
    let name = base
    for (let number = 2; taken.has(name); number++) name = `${base} (${number})`
    if (name !== base) own.push(`the name "${base}" comes more than once in the header; this one is called "${name}"`)
    taken.add(name)
    names.push(name)
    notes.push(own)
  }
  return { names, notes }
}

/** Names where no header row exists. */
export function numberedNames(count: number): HeaderNames {
  const names = Array.from({ length: count }, (_, index) => `column ${index + 1}`)
  return { names, notes: names.map(() => []) }
}

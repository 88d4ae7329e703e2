/** Changes of a mapping, each a new mapping: rows are never changed in place. Pure. */
import type { Row } from '#shared/mapping/schema/mapping-schema.ts'

export type Rows = readonly Row[]

/** Sets the row of a field, in its place or at the end. */
export function setRow(rows: Rows, row: Row): Rows {
  const index = rows.findIndex(({ to }) => to === row.to)
  return index < 0 ? [...rows, row] : rows.map((old, at) => (at === index ? row : old))
}

export function removeRow(rows: Rows, to: string): Rows {
  return rows.filter((row) => row.to !== to)
}

/** A row with some settings changed; undefined takes a setting out. */
export function patchRow<AnyRow extends object>(
  row: AnyRow,
  patch: { readonly [K in keyof AnyRow]?: AnyRow[K] | undefined },
): AnyRow {
  const next = { ...row, ...patch }
  // Absent and undefined are the same to the mapping, but not to the comparison of versions.
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)) as AnyRow
}

/** The kinds of source a row can have; changing the kind drops what belonged to the other. */
export type SourceKind = 'field' | 'fields' | 'value' | 'items' | 'object' | 'worked-out'

export function sourceKind(row: Pick<Row, 'from' | 'value' | 'items' | 'object'>): SourceKind {
  if (row.items) return 'items'
  if (row.object) return 'object'
  if (row.value !== undefined) return 'value'
  if (row.from === undefined) return 'worked-out'
  return typeof row.from === 'string' ? 'field' : 'fields'
}

/** Moves an item of a list one place up or down. */
export function moved<Item>(items: readonly Item[], index: number, by: -1 | 1): readonly Item[] {
  const other = index + by
  if (other < 0 || other >= items.length) return items
  return items.map((item, at) => (at === index ? items[other] : at === other ? items[index] : item) as Item)
}

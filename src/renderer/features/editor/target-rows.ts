/** The mapping as the table shows it: one line per destination field, what needs a person first. Pure. */
import type { FieldView } from '#shared/contract/connections.ts'
import type { Row } from '#shared/mapping/schema/mapping-schema.ts'

export type TargetState =
  /** The destination demands it and nothing fills it. */
  | 'required'
  | 'mapped'
  /** Mapped, but the destination has no such field any more. */
  | 'gone'
  /** Mapped, but the service sets it by itself. */
  | 'read-only'
  | 'free'

export interface TargetLine {
  readonly name: string
  readonly label: string
  readonly field: FieldView | undefined
  readonly state: TargetState
  readonly isRequired: boolean
  readonly row: Row | undefined
  /** Place in the mapping; -1 where there is none. */
  readonly index: number
}

const order: readonly TargetState[] = ['gone', 'read-only', 'required', 'mapped', 'free']

/** Required fields on top, then mapped, then free ones; within each as the service lists them. */
export function targetLines(mapping: readonly Row[], fields: readonly FieldView[]): readonly TargetLine[] {
  const known = new Set(fields.map(({ name }) => name))
  const own = fields.flatMap((field) => lineOf(field, mapping))
  const others = mapping.flatMap((row, index): readonly TargetLine[] =>
    known.has(row.to)
      ? []
      : [{ name: row.to, label: row.to, field: undefined, state: 'gone', isRequired: false, row, index }],
  )
  const rank = (line: TargetLine): number =>
    line.isRequired && line.state === 'mapped' ? 2 : order.indexOf(line.state)
  return [...others, ...own].sort((a, b) => rank(a) - rank(b))
}

function lineOf(field: FieldView, mapping: readonly Row[]): readonly TargetLine[] {
  const index = mapping.findIndex(({ to }) => to === field.name)
  const row = mapping[index]
  const isRequired = field.required === true && field.readOnly !== true
  // What only the service sets is not offered; where it is mapped all the same, the person must see it.
  if (field.readOnly && !row) return []
  const state = row ? (field.readOnly ? 'read-only' : 'mapped') : isRequired ? 'required' : 'free'
  return [{ name: field.name, label: field.label ?? field.name, field, state, isRequired, row, index }]
}

/** Source fields a row names that the source does not have (any more). */
export function missingSources(row: Row, known: ReadonlySet<string>): readonly string[] {
  const named =
    typeof row.from === 'string' ? [row.from] : [...(row.from ?? []), ...(row.items ? [row.items.from] : [])]
  return named.filter((path) => !known.has(path) && !known.has(path.split('.')[0] ?? path))
}

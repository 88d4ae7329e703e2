/** What a mapping makes of odd values: which rows answer, and whether the record would wait. Pure. */
import type { Row } from '#shared/mapping/schema/mapping-schema.ts'
import type { Value, Values } from '#shared/model/value.ts'
import { type EdgeCase, edgeCases } from './edge-cases.ts'
import type { Preview } from './preview.ts'
import { pathsOf } from './source-paths.ts'

export interface TriedCase extends EdgeCase {
  /** The rows that read the field, with what they make of it. */
  readonly results: readonly { readonly to: string; readonly becomes: Value | undefined }[]
  /** Why the record would wait. */
  readonly problem: string | undefined
  readonly isWaiting: boolean
}

/** Source fields the rows read, each once, in the order of the rows. */
export function fieldsRead(rows: readonly Row[]): readonly string[] {
  return [...new Set(rows.flatMap(pathsOf))].filter((path) => !path.startsWith('^'))
}

export function casesOf(rows: readonly Row[], samples: readonly Values[]): readonly EdgeCase[] {
  return samples.length === 0 ? [] : edgeCases(fieldsRead(rows), samples)
}

export function tryCase(one: EdgeCase, rows: readonly Row[], preview: Preview): TriedCase {
  const readers = rows.filter((row) => pathsOf(row).includes(one.field))
  const previews = readers.map((row) => ({ to: row.to, preview: preview.of(row, one.record) }))
  const problem = previews.flatMap((each) => each.preview.mistake?.message ?? each.preview.issues[0]?.message ?? [])[0]
  return {
    ...one,
    results: previews.map(({ to, preview: { becomes } }) => ({ to, becomes })),
    problem,
    isWaiting: previews.some((each) => each.preview.isWaiting),
  }
}

/** The source fields a row reads. Pure. */
import type { InnerRow } from '#shared/mapping/schema/mapping-schema.ts'

export function pathsOf(row: InnerRow): readonly string[] {
  if (row.items) return [row.items.from]
  if (row.object) return [...new Set(row.object.flatMap(pathsOf))]
  return typeof row.from === 'string' ? [row.from] : (row.from ?? [])
}

/**
 * Refuses to plan or run where a field the integration uses is gone. Absent is not empty: a column that was renamed,
 * or that the account may no longer see, would otherwise be written as nothing over what stands at the destination.
 */
import { AppError } from '#shared/errors.ts'
import type { ObjectDescription } from '#shared/model/object.ts'

export interface UsedFields {
  /** Names and paths of the source: 'email', 'address.city'. */
  readonly read: readonly string[]
  readonly written: readonly string[]
}

export interface FieldPlaces {
  /** Names of the connections, as people know them. */
  readonly sourceName: string
  readonly destinationName: string
  readonly source: ObjectDescription
  readonly destination: ObjectDescription
}

/** Throws AppError (config): `source-field-gone` or `destination-field-gone`, with the names in `details.fields`. */
export function refuseGoneFields(used: UsedFields, places: FieldPlaces): void {
  const unread = goneFrom(places.source, used.read)
  if (unread.length > 0) {
    throw new AppError({
      kind: 'config',
      code: 'source-field-gone',
      message: `${places.source.label} of “${places.sourceName}” has no ${wordsOf(unread)} any more, and the integration reads it.`,
      kept: 'Nothing was written: a field that is gone is not taken for an empty one.',
      next: 'Bring the field back under its old name, or choose another one in the integration; then make a plan.',
      details: { fields: unread.join(', ') },
    })
  }
  const unwritten = goneFrom(places.destination, used.written)
  if (unwritten.length === 0) return
  throw new AppError({
    kind: 'config',
    code: 'destination-field-gone',
    message: `${places.destination.label} of “${places.destinationName}” has no ${wordsOf(unwritten)} any more, and the integration fills it.`,
    kept: 'Nothing was written.',
    next: 'Bring the field back under its old name, or stop filling it in the integration; then make a plan.',
    details: { fields: unwritten.join(', ') },
  })
}

/** Fields that are used and not described; none where the description does not claim to be complete. */
function goneFrom({ fields, hasOtherFields }: ObjectDescription, used: readonly string[]): readonly string[] {
  if (hasOtherFields || fields.length === 0) return []
  const known = new Set(fields.map(({ name }) => name))
  // Paths may be names with dots in them: every beginning of a known name may be asked for beside it.
  const beginnings = new Set(fields.map(({ name }) => firstOf(name)))
  return used.filter((path) => !known.has(path) && !known.has(firstOf(path)) && !beginnings.has(path))
}

function firstOf(path: string): string {
  return path.split('.')[0] ?? path
}

function wordsOf(fields: readonly string[]): string {
  return `${fields.length === 1 ? 'field' : 'fields'} ${fields.map((field) => `“${field}”`).join(', ')}`
}

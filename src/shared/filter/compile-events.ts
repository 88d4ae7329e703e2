/** Which events let a record take part: created, updated, or a chosen field changed. */
import { stableStringify } from '../json.ts'
import { compileField } from '../mapping/field-path.ts'
import type { Values } from '../model/value.ts'
import type { Events } from './filter-schema.ts'

export type RecordEvent =
  | { readonly kind: 'created' }
  | { readonly kind: 'updated'; readonly before: Values; readonly after: Values }

/**
 * Compiles events into a test. A field changed if it now has another value than before; a field that is absent now
 * was not said and therefore did not change.
 */
export function compileEvents(events: Events): (event: RecordEvent) => boolean {
  const takesCreated = events.includes('created')
  const takesUpdated = events.includes('updated')
  const fields = events.flatMap((event) => (typeof event === 'string' ? [] : event.changed)).map(compileField)
  return (event) => {
    if (event.kind === 'created') return takesCreated
    return takesUpdated || fields.some((read) => hasChanged(read(event.before), read(event.after)))
  }
}

function hasChanged(before: Values[string] | undefined, after: Values[string] | undefined): boolean {
  if (after === undefined) return false
  return before === undefined || stableStringify(before) !== stableStringify(after)
}

export function explainEvents(events: Events): string {
  const words = events.map((event) => {
    if (event === 'created') return 'a record is created'
    return event === 'updated' ? 'a record is updated' : `${event.changed.join(' or ')} changes`
  })
  return `When ${words.join(', or ')}`
}

/** Whether a counterpart carries the marks of a record that is gone: then that has been dealt with. */
import type { Values } from '#shared/model/value.ts'
import { isSameValue } from '../diff.ts'

/** `marks`: the fields that the integration sets; undefined: it marks nothing. */
export function isMarked(base: Values, marks: Values | undefined): boolean {
  return marks !== undefined && Object.entries(marks).every(([field, value]) => isSameValue(base[field], value))
}

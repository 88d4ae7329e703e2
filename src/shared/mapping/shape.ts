/** Tells lists and objects apart. Array.isArray does not narrow readonly lists, so it is said here once. */
import type { Value, Values } from '../model/value.ts'

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value)
}

/** An object with fields: neither null nor a list. */
export function isRecord(value: Value | undefined): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

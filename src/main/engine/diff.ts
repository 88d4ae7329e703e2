/** Compares mapped values with what the destination holds, under each row's write rule. Pure. */
import { type Json, stableStringify } from '#shared/json.ts'
import type { WriteRule } from '#shared/mapping/evaluate-types.ts'
import type { Value, Values } from '#shared/model/value.ts'

export interface Difference {
  /** Fields to send; empty: nothing to do. */
  readonly changes: Values
  /** The same fields as they were; a field that was absent is null. */
  readonly before: Values
  /** What the destination holds afterwards. */
  readonly nextBase: Values
}

export function diff(mapped: Values, current: Values, writeRuleOf: (field: string) => WriteRule): Difference {
  const changes: Record<string, Value> = {}
  const before: Record<string, Value> = {}
  const nextBase: Record<string, Value> = { ...current }
  for (const [field, value] of Object.entries(mapped)) {
    const now = current[field]
    if (!isWritten(writeRuleOf(field), value, now) || isSameValue(value, now)) continue
    changes[field] = value
    before[field] = now ?? null
    nextBase[field] = value
  }
  return { changes, before, nextBase }
}

function isWritten(rule: WriteRule, value: Value, now: Value | undefined): boolean {
  if (rule === 'on-create') return false
  if (rule === 'when-not-empty') return !isEmptyValue(value)
  if (rule === 'fill-empty') return isEmptyValue(now)
  return true
}

/** Empty text, null, absent and an empty list are the same emptiness; 0 and false are values. */
export function isEmptyValue(value: Value | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** Equality of content: emptiness equals emptiness, text compares in NFC, objects without regard to key order. */
export function isSameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b || (isEmptyValue(a) && isEmptyValue(b))) return true
  if (a === undefined || b === undefined || a === null || b === null) return false
  if (typeof a === 'string' && typeof b === 'string') return a.normalize('NFC') === b.normalize('NFC')
  if (typeof a !== 'object' || typeof b !== 'object') return false
  // Value is JSON by definition; the two types differ only in their names.
  return stableStringify(a as Json) === stableStringify(b as Json)
}

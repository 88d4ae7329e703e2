/** Finds out the fields of an object from a sample of its records, where the settings declare none. */
import { isJsonObject, type Json } from '#shared/json.ts'
import type { FieldType } from '#shared/model/object.ts'
import type { FieldSettings } from './field-settings.ts'

/** Top-level fields of the sample, in order of appearance. Money is never guessed: an amount reads as decimal. */
export function inferFields(records: readonly Json[], idField: string): readonly FieldSettings[] {
  const names = new Set(records.flatMap((record) => (isJsonObject(record) ? Object.keys(record) : [])))
  return [...names].map((name) => {
    const values = records.map((record) => (isJsonObject(record) ? record[name] : undefined))
    const type = commonType(values.filter((value) => value !== undefined && value !== null))
    return {
      name,
      // A dot or bracket in a name is part of the name, not a step.
      ...(/[.[\]]/.test(name) && { at: `["${name}"]` }),
      type,
      ...(values.some((value) => value === undefined) && { isOptional: true }),
      ...(name === idField && { readOnly: true }),
    }
  })
}

/** One type for all values, otherwise `any`: a guess that fails on the hundredth record is worse than none. */
function commonType(values: readonly (Json | undefined)[]): FieldType {
  const types = new Set(values.map(typeOf))
  const [first] = types
  if (types.size === 2 && types.has('number') && types.has('decimal')) return 'decimal'
  if (types.size === 2 && types.has('email') && types.has('text')) return 'text'
  return types.size === 1 && first ? first : 'any'
}

function typeOf(value: Json | undefined): FieldType {
  if (typeof value === 'number') return Number.isInteger(value) ? 'number' : 'decimal'
  if (typeof value === 'boolean') return 'boolean'
  if (Array.isArray(value)) return 'list'
  if (typeof value !== 'string') return 'object'
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return 'date'
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(value)) return 'instant'
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? 'email' : 'text'
}

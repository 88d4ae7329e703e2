import type { Value, Values } from '#shared/model/value.ts'

/** What a person recognises a record by: the first text among its keys, else its first text, else its id; 120 characters at most. */
export function labelRecord(keys: readonly (Value | undefined)[], values: Values, externalId: string): string {
  return (keys.find(isText) ?? Object.values(values).find(isText) ?? externalId).slice(0, 120)
}

function isText(value: Value | undefined): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

/** What of a record could be written again: what is kept of a record before it is deleted. */
import type { ObjectDescription } from '#shared/model/object.ts'
import type { Values } from '#shared/model/value.ts'
import { isEmptyValue } from './diff.ts'
import { pick } from './source-side.ts'

/** Without what the service itself adds (numbers, times), and without what is empty. */
export function writableValues(values: Values, description: ObjectDescription): Values {
  const fields = Object.keys(values).filter((field) => isWritable(description, field) && !isEmptyValue(values[field]))
  return pick(values, fields)
}

export function isWritable({ fields, hasOtherFields }: ObjectDescription, name: string): boolean {
  const field = fields.find((one) => one.name === name)
  return field ? field.readOnly !== true : hasOtherFields === true
}

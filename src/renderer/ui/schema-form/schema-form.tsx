/** A form made from a JSON Schema: a new connector or step needs no screen of its own. */
import type { JsonObject } from '#shared/json.ts'
import { type ChoosePath, type Problem, SchemaFormContext } from './form-context.ts'
import { GroupFields } from './group-fields.tsx'
import type { Schema } from './schema.ts'

export interface SchemaFormProps {
  readonly schema: Schema
  readonly value: JsonObject
  readonly onChange: (value: JsonObject) => void
  readonly problems?: readonly Problem[]
  readonly choosePath?: ChoosePath | undefined
}

export function SchemaForm({ schema, value, onChange, problems = [], choosePath }: SchemaFormProps) {
  return (
    <SchemaFormContext value={{ root: schema, problems, choosePath }}>
      <GroupFields schema={schema} value={value} place="" onChange={onChange} />
    </SchemaFormContext>
  )
}

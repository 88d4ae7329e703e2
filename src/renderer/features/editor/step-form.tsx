/** The settings of one step: a grid for translated values, a checked line for calculations, otherwise a form from its schema. */
import { SchemaForm } from '#renderer/ui/schema-form/schema-form.tsx'
import { isJsonObject, type JsonObject } from '#shared/json.ts'
import type { Row } from '#shared/mapping/schema/mapping-schema.ts'
import type { Step } from '#shared/mapping/schema/step-schema.ts'
import { CalculationField } from './calculation-field.tsx'
import classes from './editor.module.css'
import { useEditor } from './editor-context.ts'
import { nameOf, optionsOf } from './step-kinds.ts'
import { useStepKinds } from './use-editor.ts'
import { ValueMap, type ValueMapOptions } from './value-map.tsx'

export interface StepFormProps {
  readonly step: Step
  readonly row: Row
  /** 'steps.1' */
  readonly place: string
  /** `typedIn`: what is typed in one place, letter by letter, is one step of the draft; without it this is one of its own. */
  readonly onChange: (step: Step, typedIn?: string) => void
}

export function StepForm({ step, row, place, onChange }: StepFormProps) {
  const { preview } = useEditor()
  const name = nameOf(step)
  const options = optionsOf(step)
  const kind = useStepKinds().find((one) => one.name === name)
  const mistake = preview.mistakeOf(row)
  // The options fit the step of this name: they were read from a definition or made by a form of its schema.
  const change = (next: unknown, typedIn?: string): void => onChange({ [name]: next } as Step, typedIn)
  const type = (next: unknown): void => change(next, 'form')
  if (!kind) return null
  if (name === 'map-values') return <ValueMap options={options as ValueMapOptions} row={row} onChange={change} />
  if (name === 'calculate') return <CalculationField value={String(options)} onChange={type} />
  const prefix = `${place}.${name}.`
  const problems = mistake?.place.startsWith(prefix)
    ? [{ place: mistake.place.slice(prefix.length), message: mistake.message }]
    : []
  const isGroup = isJsonObject(kind.options.properties)
  return (
    <div className={classes.stepForm}>
      <p className={classes.quiet}>{kind.description}</p>
      {isGroup ? (
        <SchemaForm schema={kind.options} value={options as JsonObject} problems={problems} onChange={type} />
      ) : (
        <SchemaForm
          schema={{ type: 'object', properties: { [name]: kind.options }, required: [name], ...defsOf(kind.options) }}
          value={{ [name]: options as never }}
          problems={problems}
          onChange={(next) => type(next[name])}
        />
      )}
    </div>
  )
}

function defsOf(options: JsonObject): JsonObject {
  return isJsonObject(options.$defs) ? { $defs: options.$defs } : {}
}

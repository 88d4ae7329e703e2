/** Names chosen by the person, each with a value: headers, columns by table. */
import { Button, TextInput } from '@mantine/core'
import { isJsonObject, type Json, type JsonObject } from '#shared/json.ts'
import { type FieldProps, placeIn, useFormContext, useProblem } from './form-context.ts'
import { settingLabel } from './labels.ts'
import { fieldKind, type Schema, startValue, textAt } from './schema.ts'
import { SchemaField } from './schema-field.tsx'
import classes from './schema-form.module.css'
import { text } from './text.ts'

export function TableField({ item, ...props }: FieldProps & { readonly item: Schema }) {
  const { root } = useFormContext()
  const problem = useProblem(props.place)
  const entries = Object.entries(isJsonObject(props.value) ? props.value : {})
  const label = settingLabel(props.name)
  const isPlain = ['text', 'choice', 'number'].includes(fieldKind(item, root).kind)
  const change = (next: readonly (readonly [string, Json])[]): void =>
    props.onChange(next.length === 0 ? undefined : (Object.fromEntries(next) as JsonObject))
  return (
    <fieldset className={classes.set}>
      <legend>{label}</legend>
      {textAt(props.schema, 'description') && <p className={classes.help}>{textAt(props.schema, 'description')}</p>}
      {entries.map(([name, value], index) => (
        // The name is being typed: it cannot be the identity of its own input.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={index} className={isPlain ? classes.pair : classes.set}>
          <TextInput
            label={text.name}
            value={name}
            autoComplete="off"
            onChange={(event) => {
              const renamed = event.currentTarget.value
              if (!entries.some(([other], at) => other === renamed && at !== index))
                change(entries.map((entry, at) => (at === index ? [renamed, value] : entry)))
            }}
          />
          <SchemaField
            name={text.value}
            schema={item}
            value={value}
            isRequired
            place={placeIn(props.place, name)}
            onChange={(next) => change(entries.map((entry, at) => (at === index ? [name, next ?? ''] : entry)))}
          />
          <Button
            variant="default"
            size="sm"
            aria-label={text.remove(name)}
            onClick={() => change(entries.filter((_, at) => at !== index))}
          >
            {text.remove('')}
          </Button>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          size="sm"
          disabled={entries.some(([name]) => name === '')}
          onClick={() => change([...entries, ['', startValue(item, root)]])}
        >
          {text.add('an entry')}
        </Button>
      </div>
      {problem && <p className={classes.problem}>{problem}</p>}
    </fieldset>
  )
}

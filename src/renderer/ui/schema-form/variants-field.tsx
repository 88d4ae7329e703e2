/** One of several forms, told apart by one choice: how a service signs requests, how it cuts lists into pages. */
import { NativeSelect } from '@mantine/core'
import { isJsonObject } from '#shared/json.ts'
import { type FieldProps, useProblem } from './form-context.ts'
import { GroupFields } from './group-fields.tsx'
import { optionLabel, settingLabel } from './labels.ts'
import { propertiesOf, textAt, type Variant } from './schema.ts'
import classes from './schema-form.module.css'
import { text } from './text.ts'

export interface VariantsFieldProps extends FieldProps {
  readonly tag: string
  readonly variants: readonly Variant[]
}

export function VariantsField({ tag, variants, ...props }: VariantsFieldProps) {
  const problem = useProblem(props.place)
  const value = isJsonObject(props.value) ? props.value : undefined
  const chosen = variants.find((variant) => variant.value === value?.[tag])
  const label = settingLabel(props.name)
  const words = chosen && propertiesOf(chosen.schema).find(({ name }) => name === tag)?.schema
  return (
    <fieldset className={classes.set}>
      <legend>{label}</legend>
      {textAt(props.schema, 'description') && <p className={classes.help}>{textAt(props.schema, 'description')}</p>}
      <NativeSelect
        label={settingLabel(tag)}
        description={words && textAt(words, 'description')}
        value={chosen?.value ?? ''}
        data={[
          ...(chosen && props.isRequired ? [] : [{ value: '', label: text.notSet }]),
          ...variants.map((variant) => ({ value: variant.value, label: optionLabel(variant.value) })),
        ]}
        onChange={(event) => {
          const next = event.currentTarget.value
          props.onChange(next === '' ? undefined : { [tag]: next })
        }}
      />
      {chosen && value && (
        <GroupFields schema={chosen.schema} value={value} place={props.place} without={tag} onChange={props.onChange} />
      )}
      {problem && <p className={classes.problem}>{problem}</p>}
    </fieldset>
  )
}

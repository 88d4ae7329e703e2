/** One field of a form, drawn by its kind. */
import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { isJsonObject } from '#shared/json.ts'
import { ChoosePathButton } from './choose-path-button.tsx'
import { type FieldProps, useFormContext, useProblem } from './form-context.ts'
import { GroupFields } from './group-fields.tsx'
import { fieldLabel, optionLabel } from './labels.ts'
import { ListField } from './list-field.tsx'
import { RawField } from './raw-field.tsx'
import { fieldKind, resolved, startValue, textAt } from './schema.ts'
import classes from './schema-form.module.css'
import { TableField } from './table-field.tsx'
import { text } from './text.ts'
import { VariantsField } from './variants-field.tsx'

export function SchemaField(props: FieldProps) {
  const { root } = useFormContext()
  const schema = resolved(props.schema, root)
  const field = fieldKind(schema, root)
  const own = { ...props, schema }
  if (schema.const !== undefined) return null
  switch (field.kind) {
    case 'text':
      return <TextField {...own} isLong={field.isLong} />
    case 'number':
      return <NumberField {...own} />
    case 'yes-no':
      return <YesNoField {...own} />
    case 'choice':
      return <ChoiceField {...own} options={field.options} />
    case 'texts':
      return <TextsField {...own} />
    case 'list':
      return <ListField {...own} item={field.item} />
    case 'group':
      return <GroupField {...own} />
    case 'table':
      return <TableField {...own} item={field.value} />
    case 'variants':
      return <VariantsField {...own} tag={field.tag} variants={field.variants} />
    case 'raw':
      return <RawField {...own} />
  }
}

function useWords({ name, schema, place, isRequired }: FieldProps) {
  const error = useProblem(place)
  return {
    label: fieldLabel(name, schema),
    description: textAt(schema, 'description'),
    withAsterisk: isRequired,
    error,
  }
}

function TextField({ isLong, ...props }: FieldProps & { readonly isLong: boolean }) {
  const words = useWords(props)
  const shared = {
    ...words,
    value: typeof props.value === 'string' ? props.value : '',
    placeholder: usual(props),
    autoComplete: 'off',
  }
  const change = (value: string): void => props.onChange(value === '' ? undefined : value)
  if (isLong)
    return <Textarea {...shared} autosize minRows={2} onChange={(event) => change(event.currentTarget.value)} />
  return (
    <div className={classes.withButton}>
      <TextInput {...shared} onChange={(event) => change(event.currentTarget.value)} />
      <ChoosePathButton schema={props.schema} label={words.label} onChosen={change} />
    </div>
  )
}

function usual({ schema }: FieldProps): string | undefined {
  const { default: value } = schema
  return typeof value === 'string' || typeof value === 'number' ? text.usualIs(optionLabel(String(value))) : undefined
}

/** Keeps what is typed until it is a number, so that '-' or '1,' can be written on the way. */
function NumberField(props: FieldProps) {
  const words = useWords(props)
  const [typed, setTyped] = useState<string>()
  const change = (value: string): void => {
    const isNumber = /^-?\d+(\.\d+)?$/.test(value.trim())
    setTyped(isNumber || value.trim() === '' ? undefined : value)
    if (value.trim() === '') props.onChange(undefined)
    else if (isNumber) props.onChange(Number(value))
  }
  return (
    <TextInput
      {...words}
      inputMode="numeric"
      autoComplete="off"
      placeholder={usual(props)}
      value={typed ?? (typeof props.value === 'number' ? String(props.value) : '')}
      error={typed === undefined ? words.error : text.notNumber}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}

function YesNoField(props: FieldProps) {
  const { withAsterisk: _required, ...words } = useWords(props)
  const isOn = props.value ?? props.schema.default ?? false
  const leave = props.schema.default === true ? false : undefined
  return (
    <Checkbox
      {...words}
      checked={isOn === true}
      onChange={(event) => props.onChange(event.currentTarget.checked ? true : leave)}
    />
  )
}

function ChoiceField({ options, ...props }: FieldProps & { readonly options: readonly string[] }) {
  const words = useWords(props)
  const { default: standard } = props.schema
  const empty = typeof standard === 'string' ? text.usualIs(optionLabel(standard)) : text.notSet
  const isEmptyOffered = !props.isRequired || props.value === undefined
  return (
    <NativeSelect
      {...words}
      value={typeof props.value === 'string' ? props.value : ''}
      data={[
        ...(isEmptyOffered ? [{ value: '', label: props.isRequired ? text.choose : empty }] : []),
        ...options.map((option) => ({ value: option, label: optionLabel(option) })),
      ]}
      onChange={(event) => props.onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
    />
  )
}

function TextsField(props: FieldProps) {
  const words = useWords(props)
  const lines = Array.isArray(props.value) ? props.value.map(String) : []
  const change = (value: string): void => {
    const next = value.split('\n')
    props.onChange(value === '' ? undefined : next)
  }
  return (
    <Textarea
      {...words}
      description={[words.description, text.onePerLine].filter(Boolean).join(' ')}
      autosize
      minRows={1}
      maxRows={8}
      value={lines.join('\n')}
      onChange={(event) => change(event.currentTarget.value)}
      onBlur={() => {
        const filled = lines.map((line) => line.trim()).filter((line) => line !== '')
        props.onChange(filled.length === 0 ? undefined : filled)
      }}
    />
  )
}

/** An optional group stands closed until it is wanted: its fields would otherwise look as if they had to be filled. */
function GroupField(props: FieldProps) {
  const { root } = useFormContext()
  const { label, description, error } = useWords(props)
  const isOn = props.isRequired || isJsonObject(props.value)
  return (
    <fieldset className={classes.set}>
      <legend>{label}</legend>
      {description && <p className={classes.help}>{description}</p>}
      {!props.isRequired && (
        <Checkbox
          label={text.switchOn(label)}
          checked={isOn}
          onChange={() => props.onChange(isOn ? undefined : startValue(props.schema, root))}
        />
      )}
      {isOn && (
        <GroupFields
          schema={props.schema}
          value={isJsonObject(props.value) ? props.value : {}}
          place={props.place}
          onChange={props.onChange}
        />
      )}
      {error && <p className={classes.problem}>{error}</p>}
    </fieldset>
  )
}

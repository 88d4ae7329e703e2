/** A list of groups or values: each item in a frame of its own, added at the end, removed one by one. */
import { Button } from '@mantine/core'
import { isJsonObject, type Json } from '#shared/json.ts'
import { type FieldProps, placeIn, useFormContext, useProblem } from './form-context.ts'
import { GroupFields } from './group-fields.tsx'
import { settingLabel } from './labels.ts'
import { fieldKind, type Schema, startValue, textAt } from './schema.ts'
import { SchemaField } from './schema-field.tsx'
import classes from './schema-form.module.css'
import { text } from './text.ts'

export function ListField({ item, ...props }: FieldProps & { readonly item: Schema }) {
  const { root } = useFormContext()
  const problem = useProblem(props.place)
  const items: readonly Json[] = Array.isArray(props.value) ? props.value : []
  const label = settingLabel(props.name)
  const one = singular(label)
  const change = (next: readonly Json[]): void =>
    props.onChange(next.length === 0 && !props.isRequired ? undefined : next)
  return (
    <fieldset className={classes.set}>
      <legend>{label}</legend>
      {textAt(props.schema, 'description') && <p className={classes.help}>{textAt(props.schema, 'description')}</p>}
      {items.map((value, index) => (
        <Item
          // Items have no identity of their own; they are only added at the end.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={index}
          title={titleOf(value) ?? text.item(one, index + 1)}
          schema={item}
          value={value}
          place={placeIn(props.place, index)}
          onChange={(next) => change(items.map((old, at) => (at === index ? (next ?? null) : old)))}
          onRemove={() => change(items.filter((_, at) => at !== index))}
        />
      ))}
      <div>
        <Button variant="default" size="sm" onClick={() => change([...items, startValue(item, root)])}>
          {text.add(one.toLowerCase())}
        </Button>
      </div>
      {problem && <p className={classes.problem}>{problem}</p>}
    </fieldset>
  )
}

interface ItemProps {
  readonly title: string
  readonly schema: Schema
  readonly value: Json
  readonly place: string
  readonly onChange: (value: Json | undefined) => void
  readonly onRemove: () => void
}

function Item({ title, schema, value, place, onChange, onRemove }: ItemProps) {
  const { root } = useFormContext()
  return (
    <section className={classes.set} aria-label={title}>
      <div className={classes.itemHead}>
        <strong>{title}</strong>
        <Button variant="subtle" color="red" size="compact-sm" onClick={onRemove} aria-label={text.remove(title)}>
          {text.remove('')}
        </Button>
      </div>
      {fieldKind(schema, root).kind === 'group' ? (
        <GroupFields schema={schema} value={isJsonObject(value) ? value : {}} place={place} onChange={onChange} />
      ) : (
        <SchemaField name={title} schema={schema} value={value} isRequired place={place} onChange={onChange} />
      )}
    </section>
  )
}

function titleOf(value: Json): string | undefined {
  if (!isJsonObject(value)) return undefined
  const name = value.label ?? value.name
  return typeof name === 'string' && name !== '' ? name : undefined
}

function singular(label: string): string {
  return label.endsWith('ies') ? `${label.slice(0, -3)}y` : label.replace(/s$/, '')
}

/** The fields of a group: what is needed first, the rest folded away. */
import type { Json, JsonObject } from '#shared/json.ts'
import { placeIn, useFormContext } from './form-context.ts'
import { type Property, propertiesOf, resolved, type Schema } from './schema.ts'
import { SchemaField } from './schema-field.tsx'
import classes from './schema-form.module.css'
import { text } from './text.ts'

export interface GroupFieldsProps {
  readonly schema: Schema
  readonly value: JsonObject
  readonly place: string
  readonly onChange: (value: JsonObject) => void
  /** A property that is shown elsewhere. */
  readonly without?: string
}

/** Few optional fields are shown at once; many are folded. */
const fewFields = 3

export function GroupFields({ schema, value, place, onChange, without }: GroupFieldsProps) {
  const { root } = useFormContext()
  const properties = propertiesOf(resolved(schema, root)).filter(({ name }) => name !== without)
  const isShown = ({ isRequired, schema: own }: Property): boolean => isRequired || own.isCommon === true
  const needed = properties.filter(isShown)
  const optional = properties.filter((property) => !isShown(property))
  const isFolded = optional.length > fewFields || (needed.length > 0 && optional.length > 1)
  const first = isFolded && needed.length === 0 ? optional.slice(0, 1) : []
  const rest = optional.filter((property) => !first.includes(property))
  const field = (property: Property) => (
    <SchemaField
      key={property.name}
      {...property}
      value={value[property.name]}
      place={placeIn(place, property.name)}
      onChange={(next) => onChange(withValue(value, property.name, next))}
    />
  )
  if (!isFolded) return <div className={classes.group}>{properties.map(field)}</div>
  return (
    <div className={classes.group}>
      {[...needed, ...first].map(field)}
      <More place={place} value={value} properties={rest}>
        {rest.map(field)}
      </More>
    </div>
  )
}

interface MoreProps {
  readonly place: string
  readonly value: JsonObject
  readonly properties: readonly Property[]
  readonly children: React.ReactNode
}

function More({ place, value, properties, children }: MoreProps) {
  const { problems } = useFormContext()
  const setCount = properties.filter(({ name }) => value[name] !== undefined).length
  const isBroken = properties.some(({ name }) =>
    problems.some((problem) => `${problem.place}.`.startsWith(`${placeIn(place, name)}.`)),
  )
  return (
    <details className={classes.more} open={isBroken || undefined}>
      <summary>
        {text.more}
        {setCount > 0 && <span className={classes.count}>{text.moreSet(setCount)}</span>}
      </summary>
      <div className={classes.group}>{children}</div>
    </details>
  )
}

function withValue(group: JsonObject, name: string, value: Json | undefined): JsonObject {
  if (value !== undefined) return { ...group, [name]: value }
  const { [name]: _gone, ...rest } = group
  return rest
}

/** Schemas of an OpenAPI document as fields: allOf merged, unions and circles cut short, the rest `any`. */
import { isJsonList } from '#main/connector-kit/body-path.ts'
import { isJsonObject, type Json, type JsonObject } from '#shared/json.ts'
import type { FieldType } from '#shared/model/object.ts'
import type { FieldSettings } from '../field-settings.ts'
import type { OpenApiDocument } from './openapi-document.ts'

export interface FlatSchema {
  readonly type: string | undefined
  readonly format: string | undefined
  readonly properties: ReadonlyMap<string, Json>
  readonly required: ReadonlySet<string>
  readonly items: Json | undefined
  readonly node: JsonObject
}

const deepest = 20

/** A schema with its references, allOf and "or null" resolved. Undefined where it says nothing usable. */
export function flatten(
  document: OpenApiDocument,
  node: Json | undefined,
  above: readonly JsonObject[] = [],
): FlatSchema | undefined {
  const schema = document.resolve(node)
  if (!schema) return undefined
  const known = flattened.get(schema)
  if (known) return known
  if (above.includes(schema) || above.length > deepest) {
    document.note('A schema contains itself or is nested too deeply; its inner part was left out.')
    return undefined
  }
  const flat = flattenOnce(document, schema, [...above, schema])
  flattened.set(schema, flat)
  return flat
}

/** Each schema is flattened once: without this, a few lines of allOf would unfold into millions. */
const flattened = new WeakMap<JsonObject, FlatSchema>()

function flattenOnce(document: OpenApiDocument, schema: JsonObject, above: readonly JsonObject[]): FlatSchema {
  const parts = partsOf(document, schema).flatMap((part) => flatten(document, part, above) ?? [])
  const own = ownPart(schema)
  const all = [...parts, own]
  return {
    type: own.type ?? parts.find((part) => part.type !== undefined)?.type,
    format: own.format ?? parts.find((part) => part.format !== undefined)?.format,
    properties: new Map(all.flatMap((part) => [...part.properties])),
    required: new Set(all.flatMap((part) => [...part.required])),
    items: own.items ?? parts.find((part) => part.items !== undefined)?.items,
    node: Object.assign({}, ...parts.map((part) => part.node), schema),
  }
}

/** What is merged into a schema: all of `allOf`, and the one member of a union that is not null. */
function partsOf(document: OpenApiDocument, schema: JsonObject): readonly Json[] {
  const all = isJsonList(schema.allOf) ? schema.allOf : []
  const union = [schema.oneOf, schema.anyOf].find(isJsonList)
  const members = (union ?? []).filter((member) => document.resolve(member)?.type !== 'null')
  return members.length === 1 ? [...all, ...members] : all
}

function ownPart(schema: JsonObject): FlatSchema {
  const types = isJsonList(schema.type) ? schema.type : [schema.type]
  const named = types.filter((type) => typeof type === 'string' && type !== 'null')
  const required = isJsonList(schema.required) ? schema.required : []
  const properties = isJsonObject(schema.properties) ? schema.properties : undefined
  return {
    type: named.length === 1 ? String(named[0]) : properties ? 'object' : undefined,
    format: typeof schema.format === 'string' ? schema.format : undefined,
    properties: new Map(Object.entries(properties ?? {})),
    required: new Set(required.filter((name): name is string => typeof name === 'string')),
    items: schema.items,
    node: schema,
  }
}

/** The fields of a record. Money is never guessed: amounts come as numbers, and a note asks for the unit. */
export function fieldsOf(document: OpenApiDocument, schema: FlatSchema, idField: string): readonly FieldSettings[] {
  return [...schema.properties].map(([name, node]) => {
    const property = flatten(document, node)
    const type = property ? typeOf(property) : 'any'
    if (type === 'any' && name !== idField) document.note(`The type of ${name} is not clear; it is taken as it comes.`)
    if (/amount|price|total|balance/i.test(name) && (type === 'number' || type === 'decimal')) {
      document.note(`${name} looks like money: set its type to money and say whether it counts cents.`)
    }
    const inner = innerFieldsOf(document, property)
    return {
      name,
      type,
      ...attributesOf(property, { name, idField, isRequired: schema.required.has(name) }),
      ...(inner.length > 0 && { fields: [...inner] }),
    }
  })
}

/** The fields of each item of a list, or of a group; what stands inside those is not described. */
function innerFieldsOf(
  document: OpenApiDocument,
  property: FlatSchema | undefined,
): readonly NonNullable<FieldSettings['fields']>[number][] {
  const group = property?.type === 'array' ? flatten(document, property.items) : property
  return [...(group?.properties ?? [])].map(([name, node]) => {
    const inner = flatten(document, node)
    const { label, maxLength, options } = attributesOf(inner, { name, idField: '', isRequired: true })
    return {
      name,
      type: inner ? typeOf(inner) : 'any',
      ...(label !== undefined && { label }),
      ...(group?.required.has(name) && { required: true }),
      ...(maxLength !== undefined && { maxLength }),
      ...(options !== undefined && { options }),
    }
  })
}

function attributesOf(
  property: FlatSchema | undefined,
  { name, idField, isRequired }: { name: string; idField: string; isRequired: boolean },
): Partial<FieldSettings> {
  const { title, readOnly, maxLength, enum: options } = property?.node ?? {}
  const texts = isJsonList(options) ? options.filter((one) => typeof one === 'string') : []
  return {
    ...(/[.[\]]/.test(name) && { at: `["${name}"]` }),
    ...(typeof title === 'string' && title !== '' && { label: title }),
    ...((readOnly === true || name === idField) && { readOnly: true }),
    ...(!isRequired && name !== idField && { isOptional: true }),
    ...(typeof maxLength === 'number' && Number.isSafeInteger(maxLength) && maxLength > 0 && { maxLength }),
    ...(texts.length > 0 && { options: texts.map(String) }),
  }
}

const typesByName: Readonly<Record<string, FieldType>> = {
  integer: 'number',
  number: 'decimal',
  boolean: 'boolean',
  array: 'list',
  object: 'object',
  'string date': 'date',
  'string date-time': 'instant',
  'string email': 'email',
  'string decimal': 'decimal',
}

function typeOf({ type, format }: FlatSchema): FieldType {
  if (type === undefined) return 'any'
  return typesByName[`${type} ${format}`] ?? typesByName[type] ?? (type === 'string' ? 'text' : 'any')
}

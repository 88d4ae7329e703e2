/** What a JSON Schema asks for, as kinds of fields a form can draw. Schemas come from the core; nothing here checks values. */
import { isJsonObject, type Json, type JsonObject } from '#shared/json.ts'

export type Schema = JsonObject

export type FieldKind =
  | { readonly kind: 'text'; readonly isLong: boolean }
  | { readonly kind: 'number' }
  | { readonly kind: 'yes-no' }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  /** A list of plain texts, one per line. */
  | { readonly kind: 'texts' }
  | { readonly kind: 'list'; readonly item: Schema }
  | { readonly kind: 'group'; readonly properties: readonly Property[] }
  /** Names chosen by the person, each with a value. */
  | { readonly kind: 'table'; readonly value: Schema }
  /** One of several groups, told apart by a constant. */
  | { readonly kind: 'variants'; readonly tag: string; readonly variants: readonly Variant[] }
  /** Anything else: written as JSON. */
  | { readonly kind: 'raw' }

export interface Property {
  readonly name: string
  readonly schema: Schema
  readonly isRequired: boolean
}

export interface Variant {
  readonly value: string
  readonly schema: Schema
}

/** `root` resolves references. */
export function fieldKind(schema: Schema, root: Schema): FieldKind {
  const own = resolved(schema, root)
  const variants = variantsOf(own, root)
  if (variants) return variants
  if (Array.isArray(own.enum) && own.enum.every((option) => typeof option === 'string'))
    return { kind: 'choice', options: own.enum }
  switch (own.type) {
    case 'string':
      return { kind: 'text', isLong: typeof own.maxLength === 'number' && own.maxLength > 1_000 }
    case 'number':
    case 'integer':
      return { kind: 'number' }
    case 'boolean':
      return { kind: 'yes-no' }
    case 'array':
      return listKind(own, root)
    case 'object':
      return objectKind(own)
    default:
      return { kind: 'raw' }
  }
}

function listKind(schema: Schema, root: Schema): FieldKind {
  if (!isJsonObject(schema.items)) return { kind: 'raw' }
  const item = resolved(schema.items, root)
  return item.type === 'string' && !Array.isArray(item.enum) ? { kind: 'texts' } : { kind: 'list', item: schema.items }
}

function objectKind(schema: Schema): FieldKind {
  if (isJsonObject(schema.properties)) return { kind: 'group', properties: propertiesOf(schema) }
  return isJsonObject(schema.additionalProperties)
    ? { kind: 'table', value: schema.additionalProperties }
    : { kind: 'raw' }
}

export function propertiesOf(schema: Schema): readonly Property[] {
  if (!isJsonObject(schema.properties)) return []
  const required = Array.isArray(schema.required) ? schema.required : []
  return Object.entries(schema.properties).flatMap(([name, property]) =>
    isJsonObject(property) ? [{ name, schema: property, isRequired: required.includes(name) }] : [],
  )
}

/** A choice between groups that differ by one constant property, as { kind: 'bearer' }. */
function variantsOf(schema: Schema, root: Schema): FieldKind | undefined {
  const choices = Array.isArray(schema.oneOf) ? schema.oneOf : Array.isArray(schema.anyOf) ? schema.anyOf : undefined
  const groups = choices?.filter(isJsonObject).map((choice) => resolved(choice, root))
  if (!groups || groups.length !== choices?.length) return undefined
  const tag = tagOf(groups[0])
  if (tag === undefined) return undefined
  const variants = groups.flatMap((group) => {
    const value = constantOf(group, tag)
    return value === undefined ? [] : [{ value, schema: group }]
  })
  return variants.length === groups.length ? { kind: 'variants', tag, variants } : undefined
}

function tagOf(group: Schema | undefined): string | undefined {
  return propertiesOf(group ?? {}).find(({ schema }) => typeof schema.const === 'string')?.name
}

function constantOf(group: Schema, tag: string): string | undefined {
  const value = propertiesOf(group).find(({ name }) => name === tag)?.schema.const
  return typeof value === 'string' ? value : undefined
}

/** Follows `$ref` into the root's `$defs`; what stands beside it (a description) wins. */
export function resolved(schema: Schema, root: Schema): Schema {
  if (typeof schema.$ref !== 'string') return schema
  const name = schema.$ref.split('/').at(-1) ?? ''
  const target = isJsonObject(root.$defs) ? root.$defs[name] : undefined
  if (!isJsonObject(target)) return schema
  const { $ref: _ref, ...beside } = schema
  return { ...resolved(target, root), ...beside }
}

/** What a new item or a group that is switched on starts with: its constants, and nothing else. */
export function startValue(schema: Schema, root: Schema): Json {
  const field = fieldKind(schema, root)
  switch (field.kind) {
    case 'group': {
      const constants = field.properties.filter(({ schema: property }) => property.const !== undefined)
      return Object.fromEntries(constants.map(({ name, schema: property }) => [name, property.const ?? null]))
    }
    case 'variants':
      return { [field.tag]: field.variants[0]?.value ?? '' }
    case 'texts':
    case 'list':
      return []
    case 'table':
    case 'raw':
      return {}
    case 'yes-no':
      return false
    case 'choice':
      return field.options[0] ?? ''
    case 'number':
      return 0
    case 'text':
      return ''
  }
}

export function textAt(schema: Schema, key: 'description' | 'title'): string | undefined {
  const text = schema[key]
  return typeof text === 'string' ? text : undefined
}

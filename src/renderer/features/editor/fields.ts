/** Fields of both sides as the editor lists them: with labels, samples, and paths into objects. */
import type { FieldView } from '#shared/contract/connections.ts'
import { readPath } from '#shared/mapping/field-path.ts'
import type { Values } from '#shared/model/value.ts'

export interface SourceField {
  /** As a mapping names it. */
  readonly path: string
  readonly label: string
  readonly type: FieldView['type']
  readonly note?: string
}

/** Every field of the source that can be mapped, objects opened up; lists stay whole. */
export function sourceFields(fields: readonly FieldView[]): readonly SourceField[] {
  return fields.flatMap((field) => [one(field, ''), ...inner(field, '')])
}

/** Fields of the items of a list. */
export function itemFields(fields: readonly FieldView[], list: string): readonly SourceField[] {
  const found = findField(fields, list)
  return sourceFields(found?.fields ?? [])
}

export function findField(fields: readonly FieldView[], path: string): FieldView | undefined {
  const exact = fields.find(({ name }) => name === path)
  if (exact) return exact
  const [first = '', ...rest] = path.split('.')
  const parent = fields.find(({ name }) => name === first)
  return rest.length === 0 || !parent?.fields ? undefined : findField(parent.fields, rest.join('.'))
}

function one(field: FieldView, prefix: string): SourceField {
  return {
    path: prefix + field.name,
    label: field.label ?? field.name,
    type: field.type,
    ...(field.note === undefined ? {} : { note: field.note }),
  }
}

function inner(field: FieldView, prefix: string): readonly SourceField[] {
  if (field.type !== 'object' || !field.fields) return []
  const path = `${prefix}${field.name}.`
  return field.fields.flatMap((child) => [one(child, path), ...inner(child, path)])
}

/** Fields as the samples show them, where the service does not describe them: names in the order of their appearance. */
export function fieldsOfSamples(samples: readonly Values[]): readonly FieldView[] {
  const found = new Map<string, FieldView>()
  for (const sample of samples) {
    for (const [name, value] of Object.entries(sample)) {
      if (found.has(name) || value === null) continue
      found.set(name, { name, type: Array.isArray(value) ? 'list' : typeof value === 'object' ? 'object' : 'any' })
    }
  }
  return [...found.values()]
}

/** Up to `count` different values of a field that are not empty, as they stand in the samples. */
export function sampleValues(samples: readonly Values[], path: string, count: number): readonly Values[string][] {
  const seen = new Map<string, Values[string]>()
  for (const sample of samples) {
    const value = sample[path] ?? readPath(sample, path.split('.'))
    if (value === undefined || value === null || value === '') continue
    seen.set(JSON.stringify(value), value)
    if (seen.size === count) break
  }
  return [...seen.values()]
}

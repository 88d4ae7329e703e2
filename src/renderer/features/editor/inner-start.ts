/** What the fields of an item begin with: those the destination describes, filled from fields of the same name. Pure. */
import type { FieldView } from '#shared/contract/connections.ts'
import type { InnerRow } from '#shared/mapping/schema/mapping-schema.ts'
import { findField, itemFields, type SourceField } from './fields.ts'
import { valueAt } from './source-words.tsx'
import { plainName } from './suggest-rows.ts'

/** Where the destination describes nothing, one field to begin with. */
const undescribed: readonly InnerRow[] = [{ to: 'name', value: '' }]

/** Required fields always, others where the source has something of that name. */
export function startInner(targets: readonly FieldView[], sources: readonly SourceField[]): InnerRow[] {
  const rows = targets
    .filter(({ readOnly }) => !readOnly)
    .flatMap((target): InnerRow[] => {
      const names = [plainName(target.name), plainName(target.label ?? target.name)]
      const source = sources.find(({ path }) => names.includes(plainName(path)))
      if (source) return [{ to: target.name, from: source.path }]
      return target.required ? [{ to: target.name, value: '' }] : []
    })
  return rows.length > 0 ? rows : [...undescribed]
}

/** Fields every item needs and nothing fills. */
export function missingInner(targets: readonly FieldView[], rows: readonly InnerRow[]): readonly FieldView[] {
  return targets.filter(({ name, required, readOnly }) => required && !readOnly && !rows.some(({ to }) => to === name))
}

/** Fields inside a list or a group of the destination. */
export function innerTargets(fields: readonly FieldView[], name: string): readonly FieldView[] {
  return findField(fields, name)?.fields ?? []
}

export interface ListSource {
  readonly fields: readonly FieldView[]
  readonly values: readonly { readonly [field: string]: unknown }[]
}

/** Fields of the items of a list at the source: as described, otherwise as the samples show them. */
export function fieldsInside(list: string, { fields, values }: ListSource): readonly SourceField[] {
  const described = itemFields(fields, list)
  if (described.length > 0) return described
  const names = new Set<string>()
  for (const record of values) {
    const items = valueAt(record as Parameters<typeof valueAt>[0], list)
    if (!Array.isArray(items)) continue
    for (const item of items)
      if (typeof item === 'object' && item !== null) for (const name of Object.keys(item)) names.add(name)
  }
  return [...names].map((name) => ({ path: name, label: name, type: 'any' }))
}

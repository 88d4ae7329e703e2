/** Rows for fields that are called the same on both sides: a start, nothing clever. Pure. */
import type { FieldView } from '#shared/contract/connections.ts'
import type { Row } from '#shared/mapping/schema/mapping-schema.ts'
import type { Step } from '#shared/mapping/schema/step-schema.ts'
import type { SourceField } from './fields.ts'

/** Only fields that have no row yet, and only where exactly one source field has the name. */
export function suggestRows(
  targets: readonly FieldView[],
  sources: readonly SourceField[],
  taken: ReadonlySet<string>,
): readonly Row[] {
  const byName = Map.groupBy(sources, ({ path }) => plainName(path))
  return targets.flatMap((target): readonly Row[] => {
    if (target.readOnly || taken.has(target.name) || target.type === 'list' || target.type === 'object') return []
    const names = new Set([plainName(target.name), plainName(target.label ?? target.name)])
    const found = [...names].flatMap((name) => byName.get(name) ?? [])
    const [source, ...others] = [...new Set(found)]
    if (!source || others.length > 0) return []
    const steps = stepsFor(target)
    return [{ to: target.name, from: source.path, ...(steps.length > 0 ? { steps } : {}) }]
  })
}

/** Rows that take plain values back to where they came from. What was put together or worked out has no way back by itself. */
export function turnRows(rows: readonly Row[], fields: readonly FieldView[]): readonly Row[] {
  return rows.flatMap(({ to, from }): readonly Row[] => {
    const field = typeof from === 'string' ? fields.find(({ name }) => name === from) : undefined
    if (!field || field.readOnly) return []
    const steps = stepsFor(field)
    return [{ to: field.name, from: to, ...(steps.length > 0 ? { steps } : {}) }]
  })
}

/** 'E-mail', 'e_mail' and 'EMAIL' are the same name. */
export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
}

/** What a value of this type nearly always needs. */
export function stepsFor({ type }: Pick<FieldView, 'type'>): readonly Step[] {
  if (type === 'email') return ['normalize-email']
  if (type === 'phone') return ['phone']
  return type === 'text' ? ['trim'] : []
}

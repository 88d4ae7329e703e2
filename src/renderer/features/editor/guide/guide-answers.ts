/** What the guided creation asks, and the integration that comes of the answers. Pure. */
import type { FieldView } from '#shared/contract/connections.ts'
import type { Row } from '#shared/mapping/schema/mapping-schema.ts'
import type { Definition } from '../draft.ts'
import type { SourceField } from '../fields.ts'
import { stepsFor, suggestRows, turnRows } from '../suggest-rows.ts'
import type { ObjectView } from '../use-editor.ts'

export const existingPolicies = ['update', 'link-only', 'skip'] as const
export type ExistingPolicy = (typeof existingPolicies)[number]

export interface End {
  readonly connection: string
  /** Empty until one is chosen. */
  readonly object: string
}

export interface GuideAnswers {
  readonly source: End | undefined
  readonly destination: End | undefined
  /** Destination field by which a record is recognised, and the source field that fills it. */
  readonly key: { readonly to: string; readonly from: string } | undefined
  /** False: every record counts as new. */
  readonly isMatched: boolean
  readonly existing: ExistingPolicy
  /** Changes of either side go to the other. */
  readonly isBothWays: boolean
  /** Undefined: not touched yet. */
  readonly name: string | undefined
}

export const noAnswers: GuideAnswers = {
  source: undefined,
  destination: undefined,
  key: undefined,
  isMatched: true,
  existing: 'update',
  isBothWays: false,
  name: undefined,
}

/** Objects something can be written to. */
export function writableObjects(objects: readonly ObjectView[]): readonly ObjectView[] {
  return objects.filter(({ writes }) => Object.keys(writes).length > 0)
}

/** Fields records can be recognised by: the keys of the object first, then other single values. */
export function keyFields({ keys, fields }: ObjectView): readonly FieldView[] {
  const single = fields.filter(({ type, readOnly }) => type !== 'list' && type !== 'object' && readOnly !== true)
  const isKey = ({ name, unique }: FieldView): boolean => keys.includes(name) || unique === true
  return [...single.filter(isKey), ...single.filter((field) => !isKey(field))]
}

/** The first key the source has a field of the same name for; otherwise the first key and the first field. */
export function suggestKey(object: ObjectView, sources: readonly SourceField[]): GuideAnswers['key'] {
  const fields = keyFields(object)
  for (const field of fields.slice(0, Math.max(1, object.keys.length))) {
    const [row] = suggestRows([field], sources, new Set())
    if (row && typeof row.from === 'string') return { to: field.name, from: row.from }
  }
  const [to, from] = [fields[0]?.name, sources[0]?.path]
  return to === undefined || from === undefined ? undefined : { to, from }
}

export interface GuideFacts {
  readonly id: string
  readonly fields: readonly FieldView[]
  readonly sources: readonly SourceField[]
  /** The source's fields as they are described: some of them cannot be written. */
  readonly sourceFields: readonly FieldView[]
}

/** The integration, with the key and every field of the same name filled; undefined while an answer is missing. */
export function definitionOf(
  answers: GuideAnswers,
  { id, fields, sources, sourceFields }: GuideFacts,
): Definition | undefined {
  const { source, destination, key, isMatched, existing } = answers
  const name = answers.name?.trim() ?? ''
  if (!source?.object || !destination?.object || !key || name === '') return undefined
  const others = suggestRows(fields, sources, new Set([key.to]))
  const mapping = [keyRow(key, fields), ...others]
  const match = isMatched ? [key.to] : []
  const common = { id, name, source, destination, match, mapping, defaults: {} }
  if (!answers.isBothWays) return { ...common, pattern: 'one-way', policies: { existing } }
  const back = turnRows(mapping, sourceFields)
  // Without a single row that leads back there is nothing to keep in step.
  if (back.length === 0) return undefined
  const isKeyBack = isMatched && back.some(({ to }) => to === key.from)
  return {
    ...common,
    pattern: 'two-way',
    back: { match: isKeyBack ? [key.from] : [], mapping: back },
    policies: { existing: 'update', conflict: 'hold' },
  }
}

function keyRow({ to, from }: NonNullable<GuideAnswers['key']>, fields: readonly FieldView[]): Row {
  const field = fields.find(({ name }) => name === to)
  const steps = field ? stepsFor(field) : []
  return { to, from, ...(steps.length > 0 ? { steps } : {}) }
}

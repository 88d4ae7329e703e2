/** Whole records: from the wire with issues for what cannot be used, and back into a body. */

import { valueAt, wrapAt } from '#main/connector-kit/body-path.ts'
import { AppError } from '#shared/errors.ts'
import { isJsonObject, type Json } from '#shared/json.ts'
import type { RemoteRecord } from '#shared/model/connected.ts'
import type { DataIssue } from '#shared/model/issue.ts'
import type { Value, Values } from '#shared/model/value.ts'
import type { FieldSettings } from './field-settings.ts'
import type { ObjectSettings } from './object-settings.ts'
import { fromWire, toWire } from './wire-values.ts'

/** An object with its fields known: declared ones, or inferred ones. */
export type KnownObject = Omit<ObjectSettings, 'fields'> & {
  readonly fields: readonly FieldSettings[]
  /** The fields are those of a sample: others may exist. */
  readonly isInferred?: boolean
}

/** The record of a wire item. Throws AppError (data) where it is no object or has no id: nothing can be linked to it. */
export function readRecord(object: KnownObject, item: Json, place: string): RemoteRecord {
  const externalId = idOf(object, item)
  if (externalId === undefined) throw recordWithoutId(object, place)
  const { values, issues } = readValues(object, item, place)
  const version = versionOf(object, item)
  const updatedAt = updatedAtOf(object, values)
  return {
    externalId,
    values,
    place,
    ...(version !== undefined && { version }),
    ...(updatedAt !== undefined && { updatedAt }),
    ...(issues.length > 0 && { issues }),
  }
}

function readValues(object: KnownObject, item: Json, place: string): { values: Values; issues: readonly DataIssue[] } {
  const values: Record<string, Value> = {}
  const issues: DataIssue[] = []
  for (const field of object.fields) {
    const isId = field.name === object.idField
    const wire = isId ? idOf(object, item) : valueAt(item, field.at ?? field.name)
    if (wire === undefined || wire === null) {
      if (wire === null) values[field.name] = null
      if (field.required) issues.push(issueOf('value-missing', field, { place, problem: 'is missing' }))
      continue
    }
    const read = isId ? { value: wire } : fromWire(field, wire, item)
    if ('value' in read) values[field.name] = read.value
    else issues.push(issueOf('wrong-type', field, { place, problem: read.problem, value: wire }))
  }
  return { values, issues }
}

function issueOf(
  code: string,
  field: FieldSettings,
  { place, problem, value }: { place: string; problem: string; value?: Value },
): DataIssue {
  return {
    code,
    message: `${field.label ?? field.name} ${problem}.`,
    field: field.name,
    place,
    next: 'Correct it at the service, or change the type of the field in the connection.',
    ...(value !== undefined && { value }),
  }
}

const knownFields = new WeakMap<readonly FieldSettings[], ReadonlyMap<string, FieldSettings>>()

/** Looked up for every record: made once for an object. */
function fieldsByName({ fields }: Pick<KnownObject, 'fields'>): ReadonlyMap<string, FieldSettings> {
  const known = knownFields.get(fields)
  if (known) return known
  const made = new Map(fields.map((field) => [field.name, field]))
  knownFields.set(fields, made)
  return made
}

/** The id as text, whatever the service makes of it. */
export function idOf(object: Pick<KnownObject, 'idField' | 'fields'>, item: Json): string | undefined {
  const field = fieldsByName(object).get(object.idField)
  const id = valueAt(item, field?.at ?? object.idField)
  if (typeof id === 'number') return String(id)
  return typeof id === 'string' && id !== '' ? id : undefined
}

/** The version a record carries itself; ETags come with the answer instead. */
export function versionOf({ version }: KnownObject, item: Json): string | undefined {
  if (version?.from !== 'field' || version.field === undefined) return undefined
  const found = valueAt(item, version.field)
  return typeof found === 'number' || typeof found === 'string' ? String(found) : undefined
}

function updatedAtOf(object: KnownObject, values: Values): string | undefined {
  const field = object.list?.incremental?.updatedAtField
  const found = field === undefined ? undefined : values[field]
  if (typeof found !== 'string') return undefined
  // An instant is ISO already; any other type that holds a time is converted.
  if (found.length === 24 && found.endsWith('Z')) return found
  return Number.isNaN(Date.parse(found)) ? undefined : new Date(found).toISOString()
}

/** The body of a write, without its wrapping. Throws AppError (data) for a value the service cannot be given. */
export function writeRecord(object: KnownObject, values: Values): Json {
  const fields = fieldsByName(object)
  const body: Record<string, Json> = {}
  for (const name of Object.keys(values)) {
    const field = fields.get(name)
    if (!field || field.readOnly) throw cannotWrite(object, name, field ? 'cannot be written' : 'is not a field of it')
    try {
      // The name is a key of the values.
      for (const [at, wire] of toWire(field, values[name] as Value)) {
        if (isPlain(at)) body[at] = wire
        else Object.assign(body, merged(body, wrapAt(at, wire)))
      }
    } catch (thrown) {
      throw cannotWrite(object, name, thrown instanceof Error ? thrown.message : 'cannot be written')
    }
  }
  return body
}

/** A place of one step, which is nearly every place: set without walking. */
function isPlain(at: string): boolean {
  return !at.includes('.') && !at.includes('[')
}

/** Deep union of two bodies; the second wins. Lists are values, not merged. */
export function merged(left: Json, right: Json): Record<string, Json> {
  const result: Record<string, Json> = isJsonObject(left) ? { ...left } : {}
  if (!isJsonObject(right)) return result
  for (const [name, value] of Object.entries(right)) {
    const before = result[name]
    result[name] = isJsonObject(value) && isJsonObject(before) ? merged(before, value) : value
  }
  return result
}

/**
 * Stops the reading where a declared field is in no record of a page: a renamed field would otherwise empty the
 * destination. Throws AppError (data, `field-missing`).
 */
export function assertFieldsPresent(object: KnownObject, items: readonly Json[], place: string): void {
  if (items.length === 0) return
  for (const field of object.fields) {
    // Without its id a record cannot be read at all; that has an error of its own.
    if (field.isOptional || field.name === object.idField) continue
    if (items.some((item) => valueAt(item, field.at ?? field.name) !== undefined)) continue
    throw new AppError({
      kind: 'data',
      code: 'field-missing',
      message: `${object.label}: the field ${field.label ?? field.name} is in none of the ${items.length} records of ${place}.`,
      kept: 'Nothing was written: an absent field is not an empty one.',
      next: 'Look whether the service renamed the field or the key lost a permission. If it may be absent, say so in the field.',
      details: { object: object.name, field: field.name, records: items.length },
    })
  }
}

function recordWithoutId(object: KnownObject, place: string): AppError {
  return new AppError({
    kind: 'data',
    code: 'id-missing',
    message: `${object.label}: a record on ${place} has no ${object.idField}.`,
    kept: 'Nothing was changed.',
    next: 'Check in the connection which field carries the id, and where the records stand in the answer.',
    details: { object: object.name, idField: object.idField },
  })
}

function cannotWrite(object: KnownObject, field: string, why: string): AppError {
  return new AppError({
    kind: 'data',
    code: 'value-unwritable',
    message: `${object.label}: ${field} ${why}.`,
    kept: 'Nothing was sent.',
    next: 'Correct the mapping or the value.',
    details: { object: object.name, field },
  })
}

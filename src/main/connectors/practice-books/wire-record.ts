/** Between the wire and Patchbay's values: money is decimal text there; a field of an unexpected kind parks its record. */
import { isJsonObject, type Json, type JsonObject } from '#shared/json.ts'
import type { RemoteRecord } from '#shared/model/connected.ts'
import type { DataIssue } from '#shared/model/issue.ts'
import type { FieldDescription } from '#shared/model/object.ts'
import { isMoney, type Value, type Values } from '#shared/model/value.ts'
import { cannotWrite, unexpectedAnswer } from '../../connector-kit/connector-errors.ts'
import { moneyFromWire, moneyToWire } from '../../connector-kit/wire-money.ts'
import type { ObjectSpec } from './objects.ts'
import { service } from './settings.ts'

/** Throws AppError (data, `answer-unexpected`) for what is not a record at all. */
export function remoteRecord(spec: ObjectSpec, wire: Json | undefined): RemoteRecord {
  if (!isJsonObject(wire) || typeof wire.id !== 'string' || typeof wire.version !== 'number')
    throw unexpectedAnswer(service, 'a record')
  const values: Record<string, Value> = {}
  const issues: DataIssue[] = []
  for (const field of spec.description.fields) {
    const given = wire[field.name]
    if (given === undefined) continue
    const value = readValue(field, given)
    if (value === undefined) issues.push(oddValue(field, given))
    else values[field.name] = value
  }
  return {
    externalId: wire.id,
    values,
    version: String(wire.version),
    ...(typeof wire.updated_at === 'string' ? { updatedAt: wire.updated_at } : {}),
    ...(issues.length > 0 ? { issues } : {}),
  }
}

/** A record that was deleted there or made inactive: gone, as far as Patchbay is concerned. */
export function isInactive(wire: Json | undefined): boolean {
  return isJsonObject(wire) && wire.active === false
}

/** undefined: the value is not of the kind of its field. */
function readValue(field: FieldDescription, given: Json): Value | undefined {
  if (given === null) return null
  switch (field.type) {
    case 'number':
      return Number.isSafeInteger(given) ? given : undefined
    case 'money':
      return isJsonObject(given) ? moneyFromWire(given.amount ?? null, given.currency, 'major') : undefined
    case 'list':
      return readLines(field.fields ?? [], given)
    default:
      return typeof given === 'string' ? given : undefined
  }
}

/** What a line leaves empty is left out, so that equal lines are equal values. */
function readLines(fields: readonly FieldDescription[], given: Json): Value | undefined {
  if (!Array.isArray(given)) return undefined
  const lines: Value[] = []
  for (const line of given) {
    if (!isJsonObject(line)) return undefined
    const values: Record<string, Value> = {}
    for (const field of fields) {
      const value = readValue(field, line[field.name] ?? null)
      if (value === undefined) return undefined
      if (value !== null) values[field.name] = value
    }
    lines.push(values)
  }
  return lines
}

function oddValue(field: FieldDescription, value: Json): DataIssue {
  return {
    code: 'unexpected-value',
    message: `${field.label ?? field.name} came from the practice books in a form that cannot be read: ${JSON.stringify(value).slice(0, 80)}.`,
    field: field.name,
    value,
    next: 'Correct it in the practice books.',
  }
}

/** The fields as they are sent. Throws AppError (data) for fields the object does not have, may not be set, or are not money. */
export function wireFields(spec: ObjectSpec, values: Values): JsonObject {
  const wire: Record<string, Json> = {}
  for (const [name, value] of Object.entries(values)) {
    const field = spec.description.fields.find((one) => one.name === name)
    if (!field || field.readOnly)
      throw cannotWrite(spec.description.label, { name, why: field ? 'cannot be set' : 'does not exist' })
    wire[name] = wireValue(spec, field, value)
  }
  return wire
}

function wireValue(spec: ObjectSpec, field: FieldDescription, value: Value): Json {
  if (value === null) return null
  if (field.type === 'money') return wireMoney(spec, field, value)
  if (field.type !== 'list') return value
  if (!Array.isArray(value))
    throw cannotWrite(spec.description.label, { name: field.name, why: 'needs a list of lines' })
  // Array.isArray gives any[]: the items of a Value are Values.
  return (value as readonly Value[]).map((line) => wireLine(spec, field, line))
}

function wireLine(spec: ObjectSpec, list: FieldDescription, line: Value): JsonObject {
  const isLine = typeof line === 'object' && line !== null && !Array.isArray(line)
  if (!isLine) throw cannotWrite(spec.description.label, { name: list.name, why: 'needs lines with fields' })
  const wire: Record<string, Json> = {}
  for (const [name, value] of Object.entries(line)) {
    const field = list.fields?.find((one) => one.name === name)
    const path = `${list.name}.${name}`
    if (!field) throw cannotWrite(spec.description.label, { name: path, why: 'does not exist' })
    if (value !== null) wire[name] = wireValue(spec, { ...field, name: path }, value)
  }
  return wire
}

function wireMoney(spec: ObjectSpec, { name }: FieldDescription, value: Value): JsonObject {
  if (!isMoney(value))
    throw cannotWrite(spec.description.label, { name, why: 'needs an amount in cents and a currency' })
  const { currency } = value
  try {
    return { amount: moneyToWire(value, 'major', 'text'), currency }
  } catch {
    throw cannotWrite(spec.description.label, { name, why: `has the unknown currency ${currency.slice(0, 10)}` })
  }
}

/** Between the wire and Patchbay's values. A field of an unexpected kind parks its record. */
import { isJsonObject, type Json, type JsonObject } from '#shared/json.ts'
import type { RemoteRecord } from '#shared/model/connected.ts'
import type { DataIssue } from '#shared/model/issue.ts'
import type { FieldDescription } from '#shared/model/object.ts'
import type { Value, Values } from '#shared/model/value.ts'
import { cannotWrite, unexpectedAnswer } from '../../connector-kit/connector-errors.ts'
import { service } from './settings.ts'
import { subscriber } from './subscriber.ts'

/** Throws AppError (data, `answer-unexpected`) for what is not a subscriber at all. */
export function remoteSubscriber(wire: Json | undefined): RemoteRecord {
  if (!isJsonObject(wire) || typeof wire.email !== 'string' || typeof wire.status !== 'string')
    throw unexpectedAnswer(service, 'a subscriber')
  const values: Record<string, Value> = {}
  const issues: DataIssue[] = []
  for (const field of subscriber.fields) {
    const value = wire[field.name]
    if (value === undefined) continue
    if (fits(field, value)) values[field.name] = value
    else issues.push(oddValue(field, value))
  }
  return {
    externalId: wire.email,
    values,
    ...(typeof wire.updated_at === 'string' ? { updatedAt: wire.updated_at } : {}),
    ...(issues.length > 0 ? { issues } : {}),
  }
}

function fits({ type }: FieldDescription, value: Json): boolean {
  if (value === null) return true
  return type === 'list' ? Array.isArray(value) : typeof value === 'string'
}

function oddValue(field: FieldDescription, value: Json): DataIssue {
  return {
    code: 'unexpected-value',
    message: `${field.label ?? field.name} came from the practice list in a form that cannot be read: ${JSON.stringify(value).slice(0, 80)}.`,
    field: field.name,
    value,
    next: 'Correct it in the practice list.',
  }
}

/** The fields beside the address, as they are sent. Throws AppError (data) for what does not exist or may not be set. */
export function wireFields(values: Values): JsonObject {
  const wire: Record<string, Json> = {}
  for (const [name, value] of Object.entries(values)) {
    const field = subscriber.fields.find((one) => one.name === name)
    if (!field || field.readOnly)
      throw cannotWrite(subscriber.label, { name, why: field ? 'cannot be set' : 'does not exist' })
    if (name !== 'email') wire[name] = value
  }
  return wire
}

/** Between the wire and Patchbay's values: money joins two wire fields; a field of an unexpected kind parks its record. */
import { isJsonObject, type Json, type JsonObject } from '#shared/json.ts'
import type { RemoteRecord } from '#shared/model/connected.ts'
import type { DataIssue } from '#shared/model/issue.ts'
import type { FieldDescription } from '#shared/model/object.ts'
import { isMoney, type Value, type Values } from '#shared/model/value.ts'
import { cannotWrite, unexpectedAnswer } from '../../connector-kit/connector-errors.ts'
import type { MoneyField, ObjectSpec } from './objects.ts'
import { service } from './settings.ts'

/** Throws AppError (data, `answer-unexpected`) for what is not a record at all. */
export function remoteRecord(spec: ObjectSpec, wire: Json | undefined): RemoteRecord {
  if (!isJsonObject(wire) || typeof wire.id !== 'string' || typeof wire.version !== 'number')
    throw unexpectedAnswer(service, 'a record')
  const values: Record<string, Value> = {}
  const issues: DataIssue[] = []
  for (const field of spec.description.fields) {
    const money = spec.money.find((one) => one.name === field.name)
    const value = money ? moneyValue(money, wire) : wire[field.name]
    if (value === undefined) continue
    if (fits(field, value)) values[field.name] = value
    else issues.push(oddValue(field, value))
  }
  return {
    externalId: wire.id,
    values,
    version: String(wire.version),
    ...(typeof wire.updated_at === 'string' ? { updatedAt: wire.updated_at } : {}),
    ...(issues.length > 0 ? { issues } : {}),
  }
}

function moneyValue(money: MoneyField, wire: JsonObject): Json | undefined {
  const amountMinor = wire[money.amountField]
  const currency = wire[money.currencyField]
  if (amountMinor === undefined || currency === undefined) return undefined
  return amountMinor === null && currency === null ? null : { amountMinor, currency }
}

function fits(field: FieldDescription, value: Json): boolean {
  if (value === null) return true
  switch (field.type) {
    case 'number':
      return Number.isSafeInteger(value)
    case 'boolean':
      return typeof value === 'boolean'
    case 'list':
      return Array.isArray(value)
    case 'money':
      return isMoney(value)
    default:
      return typeof value === 'string'
  }
}

function oddValue(field: FieldDescription, value: Json): DataIssue {
  return {
    code: 'unexpected-value',
    message: `${field.label ?? field.name} came from the practice CRM in a form that cannot be read: ${JSON.stringify(value).slice(0, 80)}.`,
    field: field.name,
    value,
    next: 'Correct it in the practice CRM.',
  }
}

/** The fields as they are sent. Throws AppError (data) for fields the object does not have, may not be set, or are not money. */
export function wireFields(spec: ObjectSpec, values: Values): JsonObject {
  const wire: Record<string, Json> = {}
  for (const [name, value] of Object.entries(values)) {
    const field = spec.description.fields.find((one) => one.name === name)
    if (!field || field.readOnly)
      throw cannotWrite(spec.description.label, { name, why: field ? 'cannot be set' : 'does not exist' })
    const money = spec.money.find((one) => one.name === name)
    if (money) Object.assign(wire, wireMoney(spec, money, value))
    else wire[name] = value
  }
  return wire
}

function wireMoney(spec: ObjectSpec, money: MoneyField, value: Value): JsonObject {
  if (value === null) return { [money.amountField]: null, [money.currencyField]: null }
  if (!isMoney(value))
    throw cannotWrite(spec.description.label, { name: money.name, why: 'needs an amount in cents and a currency' })
  return { [money.amountField]: value.amountMinor, [money.currencyField]: value.currency }
}

/** The field of Patchbay that a wire field belongs to, for messages. */
export function fieldOfWire(spec: ObjectSpec, wireField: string): string {
  return spec.money.find((one) => one.amountField === wireField || one.currencyField === wireField)?.name ?? wireField
}

/**
 * Values between the wire and Patchbay, one rule per field type. A value that is not what was declared is told as
 * a problem in words, never bent into shape: bent values end up on invoices.
 */

import { valueAt } from '#main/connector-kit/body-path.ts'
import { isJsonObject, type Json } from '#shared/json.ts'
import type { FieldType } from '#shared/model/object.ts'
import { isMoney, type Value } from '#shared/model/value.ts'
import { decimalText, moneyFromWire, moneyToWire } from '../../connector-kit/wire-money.ts'
import type { FieldSettings } from './field-settings.ts'
import { dateFromWire, dateToWire, instantFromWire, instantToWire } from './wire-dates.ts'

export type Read = { readonly value: Value } | { readonly problem: string }

/** Reads one field of a record, whose value on the wire is neither absent nor null. */
export function fromWire(field: FieldSettings, wire: Json, record: Json): Read {
  return readers[field.type](wire, field, record)
}

type Reader = (wire: Json, field: FieldSettings, record: Json) => Read

const readText: Reader = (wire) => (typeof wire === 'string' ? { value: wire } : wrong('text', wire))

const readers: { readonly [T in FieldType]: Reader } = {
  text: readText,
  email: readText,
  phone: readText,
  number: (wire) => (isNumber(wire) ? { value: wire } : wrong('a number', wire)),
  decimal: (wire) => {
    const text = decimalText(wire)
    return text === undefined ? wrong('a decimal number', wire) : { value: text }
  },
  boolean: (wire) => (typeof wire === 'boolean' ? { value: wire } : wrong('yes or no', wire)),
  date: (wire, field) => checked('a date', wire, dateFromWire(wire, field.dateFormat ?? 'iso')),
  instant: (wire, field) =>
    checked('a point in time', wire, instantFromWire(wire, field.dateFormat ?? 'iso', field.isUtc ?? false)),
  money: (wire, field, record) => {
    const { currency, currencyAt } = field.money ?? {}
    const named = currencyAt === undefined ? currency : valueAt(record, currencyAt)
    return checked('an amount of money', wire, moneyFromWire(wire, named, field.money?.unit ?? 'minor'))
  },
  list: (wire) => (Array.isArray(wire) ? { value: wire } : wrong('a list', wire)),
  object: (wire) => (isJsonObject(wire) ? { value: wire } : wrong('a group of fields', wire)),
  any: (wire) => ({ value: wire }),
}

function checked(what: string, wire: Json, value: Value | undefined): Read {
  return value === undefined ? wrong(what, wire) : { value }
}

function wrong(expected: string, wire: Json): Read {
  return { problem: `is ${JSON.stringify(wire).slice(0, 80)}, not ${expected}` }
}

/** A number, or the digits of one too long for a number. */
function isNumber(wire: Json): boolean {
  return typeof wire === 'number' || (typeof wire === 'string' && /^-?\d{16,}$/.test(wire))
}

/** What is written for a value of Patchbay, as pairs of place and content; throws Error in words where it cannot be. */
export function toWire(field: FieldSettings, value: Value): readonly (readonly [string, Json])[] {
  const at = field.at ?? field.name
  if (value === null) return [[at, null]]
  if (field.type === 'date') return [[at, dateToWire(value, field.dateFormat ?? 'iso')]]
  if (field.type === 'instant') return [[at, instantToWire(value, field.dateFormat ?? 'iso')]]
  if (field.type !== 'money') return [[at, value]]
  if (!isMoney(value)) throw new Error('is not an amount of money')
  const { money } = field
  if (money?.currency !== undefined && money.currency !== value.currency) {
    throw new Error(`is in ${value.currency}, but the service keeps it in ${money.currency}`)
  }
  const amount = moneyToWire(value, money?.unit ?? 'minor', money?.wire ?? 'number')
  return money?.currencyAt === undefined
    ? [[at, amount]]
    : [
        [at, amount],
        [money.currencyAt, value.currency],
      ]
}

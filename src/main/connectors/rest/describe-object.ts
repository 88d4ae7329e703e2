/** What an object offers, derived from what its settings name: nothing is claimed that is not configured. */
import type { ChangeReading, FieldDescription, ObjectDescription, WriteFacility } from '#shared/model/object.ts'
import type { FieldSettings } from './field-settings.ts'
import type { KnownObject } from './wire-records.ts'

/** The description of an object for the engine and the screens. */
export function describeObject(object: KnownObject): ObjectDescription {
  const { name, label, idField } = object
  return {
    name,
    label,
    idField,
    fields: withId(object).map((field) => describeField(field, idField)),
    ...(object.isInferred && { hasOtherFields: true }),
    keys: (object.find ?? []).map((find) => find.field),
    changes: changesOf(object),
    writes: writesOf(object),
  }
}

function withId({ fields, idField }: KnownObject): readonly FieldSettings[] {
  return fields.some((field) => field.name === idField) ? fields : [{ name: idField, type: 'text' }, ...fields]
}

function describeField(field: FieldSettings, idField: string): FieldDescription {
  const { name, type, label, required, unique, maxLength, options, fields, isNeededToCreate } = field
  const isId = name === idField
  const isRequired = isNeededToCreate || required
  return {
    name,
    type: isId ? 'text' : type,
    ...(label !== undefined && { label }),
    ...(isRequired !== undefined && { required: isRequired }),
    ...((isId || field.readOnly) && { readOnly: true }),
    ...(unique !== undefined && { unique }),
    ...(maxLength !== undefined && { maxLength }),
    ...(options !== undefined && { options }),
    ...(fields !== undefined && { fields: fields.map((inner) => describeField(inner, '')) }),
    ...(field.dateFormat !== undefined && { note: `dates are written as ${field.dateFormat}` }),
  }
}

function changesOf({ list }: KnownObject): ChangeReading {
  if (!list?.incremental) return { kind: 'full' }
  const { granularityMs, lookbackMs } = list.incremental
  return { kind: 'updated-since', granularityMs, lookbackMs }
}

function writesOf(object: KnownObject): ObjectDescription['writes'] {
  const { update, upsert } = object
  const create = createFacility(object)
  return {
    ...(create && { create }),
    ...(update && {
      update: { class: 'C' as const, ...(update.settleMs !== undefined && { settleMs: update.settleMs }) },
    }),
    ...(upsert && { upsert: { class: 'U' as const, ...(upsert.findBy !== undefined && { findBy: upsert.findBy }) } }),
    ...(object.delete && { delete: { class: 'C' as const } }),
  }
}

/** Key before unique before findable before nothing: the strongest facility that is configured. */
function createFacility(object: KnownObject): WriteFacility | undefined {
  const { create, batch } = object
  if (!create) return undefined
  const { idempotency, isUnique, findBy, isIndexDelayed, settleMs } = create
  const found = findBy === undefined ? 'N' : isIndexDelayed ? 'S' : 'F'
  const writeClass = idempotency ? 'K' : isUnique ? 'U' : found
  // Without a key per item, a batch sent again would lose what class K promises; in class N one lost answer would
  // hold every record of the batch.
  const keepsClass = writeClass === 'K' ? batch?.keyField !== undefined : writeClass !== 'N'
  const isBatched = batch !== undefined && keepsClass
  return {
    class: writeClass,
    ...(idempotency && { keyTtlMs: idempotency.ttlMs }),
    ...(findBy !== undefined && { findBy }),
    ...(settleMs !== undefined && { settleMs }),
    ...(isBatched && { batchSize: batch.max }),
  }
}

/** What a connector says about the objects of a service: fields, keys, how changes are read, how writes stay single. */

export const fieldTypes = [
  'text',
  'number',
  'decimal',
  'boolean',
  'date',
  'instant',
  'money',
  'email',
  'phone',
  'list',
  'object',
  'any',
] as const
export type FieldType = (typeof fieldTypes)[number]

export interface FieldDescription {
  readonly name: string
  readonly label?: string
  readonly type: FieldType
  readonly required?: boolean
  readonly readOnly?: boolean
  /** The service refuses a second record with the same value. */
  readonly unique?: boolean
  readonly maxLength?: number
  readonly options?: readonly string[]
  /** Fields of the items of a list or of an object. */
  readonly fields?: readonly FieldDescription[]
  /** The object this field points to. */
  readonly refersTo?: string
  /** What was detected or is odd, in words: 'dates read as day/month/year'. */
  readonly note?: string
}

/**
 * What a destination offers against doing a write twice:
 * K idempotency key, U upsert or enforced unique key, C conditional or absolute update,
 * F findable by marker or natural key at once, S findable later (index lag), N nothing.
 */
export const writeClasses = ['K', 'U', 'C', 'F', 'S', 'N'] as const
export type WriteClass = (typeof writeClasses)[number]

export interface WriteFacility {
  readonly class: WriteClass
  /** How long after sending the service may still be working on a write: no look-up before (F, S). */
  readonly settleMs?: number
  /** How long an idempotency key is remembered (K). */
  readonly keyTtlMs?: number
  /** How many writes one request may carry; absent or 1: one. */
  readonly batchSize?: number
  /** Field by which an uncertain create is looked up (F, S, and K after its key has expired). */
  readonly findBy?: string
}

/** How a service tells what has changed. `full`: everything is read each time. */
export type ChangeReading =
  | { readonly kind: 'full' }
  | { readonly kind: 'updated-since'; readonly granularityMs: number; readonly lookbackMs: number }

export const writeOperations = ['create', 'update', 'upsert', 'delete'] as const
export type WriteOperation = (typeof writeOperations)[number]

export interface ObjectDescription {
  readonly name: string
  readonly label: string
  /** Field that carries the service's own id of a record. */
  readonly idField: string
  readonly fields: readonly FieldDescription[]
  /** There may be more fields than are described (found out from samples): one that is missing here may exist. */
  readonly hasOtherFields?: boolean
  /** Fields a record can be found by (natural keys). */
  readonly keys: readonly string[]
  readonly changes: ChangeReading
  readonly writes: { readonly [O in WriteOperation]?: WriteFacility }
  /** Notes about the object as a whole, in words. */
  readonly notes?: readonly string[]
}

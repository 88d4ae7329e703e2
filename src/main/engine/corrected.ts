/** Puts a person's corrections into a record that was read. Pure. */
import type { RemoteRecord } from '#shared/model/connected.ts'
import type { Value } from '#shared/model/value.ts'
import { isSameValue } from './diff.ts'
import type { Correction } from './ports/sync-store.ts'

/** A correction whose field the source has changed since is passed over: the newer word is the source's. */
export function corrected(record: RemoteRecord, corrections: readonly Correction[]): RemoteRecord {
  const valid = corrections.filter(({ field, was }) => isSameValue(record.values[field], was))
  if (valid.length === 0) return record
  const values: Record<string, Value> = { ...record.values }
  for (const { field, value } of valid) values[field] = value
  // What could not be read of a corrected field no longer stands in the way.
  const issues = record.issues?.filter((issue) => !valid.some(({ field }) => field === issue.field))
  return { ...record, values, ...(issues && { issues }) }
}

/** Reduces a source record to the fields an integration uses: their values and hash tell whether it changed. */
import { hash } from 'node:crypto'
import type { RemoteRecord } from '#shared/model/connected.ts'
import type { Value, Values } from '#shared/model/value.ts'
import type { SourceSide } from './ports/sync-store.ts'

/** The used fields of a record with their hash. Fields that are absent stay absent: absent is not null. */
export function sourceSide(record: RemoteRecord, fields: readonly string[]): SourceSide {
  const base = pick(record.values, fields)
  // The fields come in one fixed order, so plain JSON text is canonical enough: another key order inside a nested
  // object costs one more look at the record, never a wrong write.
  const text = JSON.stringify(base)
  return { externalId: record.externalId, base, text, hash: hashOf(text), version: record.version ?? null }
}

export function pick(values: Values, fields: readonly string[]): Values {
  const picked: Record<string, Value> = {}
  for (const field of fields) {
    const value = values[field]
    if (value !== undefined) picked[field] = value
  }
  return picked
}

/** 128 bits of SHA-256, as hexadecimal. */
export function hashOf(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 32)
}

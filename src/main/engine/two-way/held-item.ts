/** A record of a pair that waits, and how a side of it is named and kept. */
import type { RecordReason } from '#shared/model/run.ts'
import type { FrozenItem, SourceSide } from '../ports/sync-store.ts'
import { labelRecord } from '../record-label.ts'
import { type PairSide, textOf } from './pairs.ts'

export function heldItem(side: PairSide, reason: RecordReason): FrozenItem {
  return {
    action: 'hold',
    operation: null,
    label: labelOf(side),
    source: sideOf(side),
    agreedHash: null,
    destinationId: null,
    values: {},
    before: null,
    after: {},
    nextBase: {},
    version: null,
    reason,
  }
}

export function sideOf({ externalId, now, version }: PairSide): SourceSide {
  return { externalId, base: now, version, ...textOf(now) }
}

/** What a person recognises the record by: its first key, else its first text, else its id. */
export function labelOf({ externalId, now, keys }: PairSide): string {
  return labelRecord(
    (keys ?? []).map((key) => now[key]),
    now,
    externalId,
  )
}

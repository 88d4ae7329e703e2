/** What a run did to each record in sum: a record that was written twice is taken back once. */
import type { RunRecord } from '#shared/model/run.ts'
import type { Values } from '#shared/model/value.ts'
import type { ScratchIndex } from '../ports/sync-store.ts'

export interface NetWrite {
  readonly kind: 'created' | 'updated' | 'deleted'
  /** Id at the service that was written to. */
  readonly externalId: string
  readonly sourceId: string
  readonly label: string
  /** Written fields before the run; a deleted record as a whole. */
  readonly before: Values
  /** Written fields after the run. */
  readonly after: Values
}

/** Adds a record of the run log, in the order of the log. Kept outside the main database: runs can be long. */
export function addWrite(index: ScratchIndex, record: RunRecord): void {
  const write = writeOf(record)
  if (!write) return
  const earlier = index.observed(write.externalId)
  const sum = earlier ? joined(unpacked(earlier.externalId, earlier.values), write) : write
  if (sum) index.observe({ externalId: sum.externalId, values: packed(sum), version: null, updatedAt: null })
  else index.forget(write.externalId)
}

/** Sums in the order of their ids, after `afterId`. */
export function netWrites(index: ScratchIndex, afterId: string, limit: number): readonly NetWrite[] {
  return index.nextObserved(afterId, limit).map(({ externalId, values }) => unpacked(externalId, values))
}

function writeOf({ outcome, sourceId, destinationId, label, before, after }: RunRecord): NetWrite | undefined {
  if (destinationId === null || (outcome !== 'created' && outcome !== 'updated' && outcome !== 'deleted'))
    return undefined
  return { kind: outcome, externalId: destinationId, sourceId, label, before: before ?? {}, after: after ?? {} }
}

/** Undefined: in sum nothing happened to the record. */
function joined(first: NetWrite, second: NetWrite): NetWrite | undefined {
  if (first.kind === 'created' && second.kind === 'deleted') return undefined
  const kind = first.kind === 'created' ? 'created' : second.kind
  return {
    ...second,
    kind,
    before: { ...second.before, ...first.before },
    after: { ...first.after, ...second.after },
  }
}

function packed({ kind, sourceId, label, before, after }: NetWrite): Values {
  return { kind, sourceId, label, before, after }
}

/** Packed by this file. */
function unpacked(externalId: string, values: Values): NetWrite {
  return { externalId, ...(values as unknown as Omit<NetWrite, 'externalId'>) }
}

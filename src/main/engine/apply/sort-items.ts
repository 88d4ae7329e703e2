/** Sorts the decisions of a page into what the write journal records of it: intents, agreements, outcomes, what waits. */
import type { ErrorInfo } from '#shared/errors.ts'
import type { ConnectedObject } from '#shared/model/connected.ts'
import type { RecordReason } from '#shared/model/run.ts'
import type { PagePlan } from '../plan-page.ts'
import type { Ids } from '../ports/surroundings.ts'
import type {
  Agreement,
  FailedRecord,
  FrozenItem,
  IntentDraft,
  PageBatch,
  RecordDraft,
  Unlink,
} from '../ports/sync-store.ts'
import { intentOf } from './intent-of.ts'

export interface PageDecisions extends Pick<PagePlan, 'items' | 'settled' | 'skipped'> {
  /** Both sides agree about some fields without a write. */
  readonly agreements?: readonly Agreement[]
  /** Links that are closed without a write. */
  readonly unlinks?: readonly Unlink[]
  readonly returned?: readonly string[]
}

interface ItemOptions {
  readonly destination: ConnectedObject
  readonly ids: Ids
}

export interface SortedItems {
  readonly intents: IntentDraft[]
  readonly agreements: Agreement[]
  readonly records: RecordDraft[]
  readonly failed: FailedRecord[]
  linkCount: number
}

/** Items that no request can be made for are parked with the reason. */
export function sortItems(items: readonly FrozenItem[], options: ItemOptions): SortedItems {
  const sorted: SortedItems = { intents: [], agreements: [], records: [], failed: [], linkCount: 0 }
  for (const item of items) {
    if (item.operation !== null) addIntent(sorted, item, options)
    else if (item.action === 'link' && item.destinationId !== null) {
      sorted.linkCount += 1
      sorted.agreements.push({
        ...agreementOf({ ...item, destinationId: item.destinationId }),
        ...(item.patches && { patches: item.patches }),
        ...(item.isPartial && { isPartial: true }),
      })
    } else addParked(sorted, item)
  }
  return sorted
}

/** What a page led to beside its intents. */
export function restOf(page: PageDecisions, sorted: SortedItems): Omit<PageBatch, 'intents' | 'progress'> {
  return {
    agreements: [...sorted.agreements, ...page.settled.map(agreementOf), ...(page.agreements ?? [])],
    records: [...sorted.records, ...page.skipped.map(skippedRecord), ...(page.unlinks ?? []).map(unlinkedRecord)],
    failed: sorted.failed,
    ...(page.unlinks && { unlinks: page.unlinks }),
    ...(page.returned && { returned: page.returned }),
  }
}

function addIntent(sorted: SortedItems, item: FrozenItem, options: ItemOptions): void {
  const made = intentOf(item, options.destination, options.ids)
  if ('draft' in made) sorted.intents.push(made.draft)
  else addParked(sorted, { ...item, action: 'fail', reason: reasonOf(made.error) })
}

function reasonOf(error: ErrorInfo): RecordReason {
  const field = error.details?.field
  return {
    code: error.code,
    message: error.message,
    ...(typeof field === 'string' ? { field } : {}),
    ...(error.next === undefined ? {} : { next: error.next }),
  }
}

function addParked(sorted: SortedItems, item: FrozenItem): void {
  const outcome = item.action === 'hold' ? 'held' : 'failed'
  const { label, reason } = item
  sorted.records.push({
    outcome,
    sourceId: item.source.externalId,
    destinationId: item.destinationId,
    label,
    before: item.before,
    after: item.after,
    reason,
  })
  if (reason) sorted.failed.push({ source: item.source, reason, label, conflict: conflictOf(item) })
}

function conflictOf({ reason, before, after, conflict }: FrozenItem): FailedRecord['conflict'] {
  if (conflict) return conflict
  return reason && decidable.has(reason.code) && before ? { source: after, destination: before } : undefined
}

/** What a person decides by saying which side counts: of a record that is gone from the source, its side is empty. */
const decidable: ReadonlySet<string> = new Set(['conflict', 'source-gone', 'mass-delete'])

function agreementOf(settled: {
  source: FrozenItem['source']
  destinationId: string
  nextBase: FrozenItem['nextBase']
  version: string | null
}): Agreement {
  return {
    source: settled.source,
    destination: { externalId: settled.destinationId, base: settled.nextBase, version: settled.version },
  }
}

function unlinkedRecord({ sourceId, destinationId, label, reason }: Unlink): RecordDraft {
  return { outcome: 'skipped', sourceId, destinationId, label, before: null, after: null, reason }
}

function skippedRecord(skipped: PagePlan['skipped'][number]): RecordDraft {
  return {
    outcome: 'skipped',
    sourceId: skipped.source.externalId,
    destinationId: null,
    label: skipped.label,
    before: null,
    after: null,
    reason: skipped.reason,
  }
}

/**
 * What the engine needs remembered: links, the write journal, run logs, plans. Every call is synchronous and
 * atomic: when it returns, it is on disk. Implemented by main/store; the engine never sees SQL.
 */
import type { ErrorInfo } from '#shared/errors.ts'
import type { ConflictSides } from '#shared/model/conflict.ts'
import type { WriteClass, WriteOperation } from '#shared/model/object.ts'
import type { PlanAction } from '#shared/model/plan.ts'
import type {
  Outcome,
  OutcomeCounts,
  RecordReason,
  RunNote,
  RunState,
  RunTimings,
  RunTrigger,
} from '#shared/model/run.ts'
import type { Value, Values } from '#shared/model/value.ts'

/** Where records come from and go to, as the store numbers it. */
export interface Route {
  readonly integrationId: string
  /** Version of the integration's definition: a change of it makes every record worth a look. */
  readonly integrationVersion: number
  readonly sourceStream: number
  readonly destinationStream: number
  /** Two-way: from the destination into the source. */
  readonly isBack?: true
}

/** What is known of a source record from earlier runs of this integration. */
export interface LinkState {
  readonly cluster: number
  /** Null when the record is linked by another integration only, or never agreed. */
  readonly sourceHash: string | null
  readonly agreedVersion: number | null
}

/** The destination's side of a link. `base` null: linked by another integration, values never agreed here. */
export interface DestinationState {
  readonly externalId: string
  readonly base: Values | null
  readonly version: string | null
}

export interface SourceSide {
  readonly externalId: string
  /** Values of the fields the integration uses. */
  readonly base: Values
  /** `base` as JSON text: what the hash was made of and what is stored. */
  readonly text: string
  readonly hash: string
  readonly version: string | null
}

export interface DestinationSide {
  readonly externalId: string
  readonly base: Values
  readonly version: string | null
}

/** New values of a side's base for some of its fields; a field that is not among the values is absent from now on. */
export interface BasePatch {
  readonly fields: readonly string[]
  readonly values: Values
}

/** What both sides agree about where only some fields of a record are settled (two-way). */
export interface SidePatches {
  readonly source: BasePatch
  readonly destination: BasePatch
}

/**
 * What a write takes back of an earlier run: it restores fields, removes a record that run had made, or makes one again
 * that it had deleted. The source's side of the agreement stays as it is, so that the next run does not repeat it.
 */
export type UndoPart =
  | { readonly kind: 'restore'; readonly patch: BasePatch }
  | { readonly kind: 'remove' }
  /** `externalId`: the number that the deleted record had. */
  | { readonly kind: 'recreate'; readonly externalId: string }

/** What the log and the link need once a write is known to have happened; stored with the intent. */
export interface IntentFacts {
  readonly label: string
  readonly source: SourceSide
  /** Changed fields before; null for a create. */
  readonly before: Values | null
  /** Changed fields after; all fields for a create. */
  readonly after: Values
  /** What the destination will hold as far as we know: the next base. */
  readonly nextBase: Values
  /** Version the write was planned from. */
  readonly version: string | null
  /** How to look for the record when it is uncertain whether the write happened. */
  readonly findBy: { readonly field: string; readonly value: string } | null
  /** Why it was decided like this, where that is to be said of the write that happened: the policy. */
  readonly reason?: RecordReason
  /** Only these fields are agreed by the write; absent: the whole record. */
  readonly patches?: SidePatches
  /** Other fields of the record still wait for a decision. */
  readonly isPartial?: boolean
  /** Two-way: the same record is written in the other direction too; it waits until both have happened. */
  readonly isOneOfTwo?: boolean
  readonly undo?: UndoPart
  /** The source record is gone: the write deletes or marks its counterpart. */
  readonly deletion?: DeletionEvidence
}

/** A link that is closed without a write: the source record is gone. */
export interface Unlink {
  readonly sourceId: string
  readonly destinationId: string
  readonly isGoneThere: boolean
  readonly label: string
  readonly reason: RecordReason
}

/** How it is known that the source record is gone: it was missing from the list, and when it was asked for. */
export type DeletionEvidence = 'confirmed'

export interface IntentDraft {
  readonly operation: WriteOperation
  readonly writeClass: WriteClass
  readonly destinationId: string | null
  readonly idempotencyKey: string
  readonly request: string
  readonly facts: IntentFacts
  /** `sent`: may leave as soon as the transaction stands. `ready`: is marked sent on its own just before it leaves. */
  readonly state: 'ready' | 'sent'
}

export type OpenIntentState = 'ready' | 'sent' | 'uncertain' | 'held'

export interface Intent extends IntentDraft {
  readonly id: number
  readonly runId: string
  readonly attempts: number
  readonly firstSentAtMs: number
}

export interface OpenIntent extends Omit<Intent, 'state'> {
  readonly state: OpenIntentState
}

export interface RecordDraft {
  readonly outcome: Outcome
  readonly sourceId: string
  readonly destinationId: string | null
  readonly label: string
  readonly before: Values | null
  readonly after: Values | null
  readonly reason: RecordReason | null
}

/** Both sides agree without a write. */
export interface Agreement {
  readonly source: SourceSide
  readonly destination: DestinationSide
  /** Only these fields are agreed; absent: the whole record. */
  readonly patches?: SidePatches
  /** Other fields of the record still wait for a decision. */
  readonly isPartial?: boolean
}

export interface FailedRecord {
  readonly source: SourceSide
  readonly reason: RecordReason
  /** What people know the record by. */
  readonly label?: string
  /** In a conflict: what both sides hold in the fields that both changed. */
  readonly conflict?: ConflictSides | undefined
}

/** A value of the source that a person corrected: it counts while the source still says what it said then. */
export interface Correction {
  readonly field: string
  readonly was: Value
  readonly value: Value
}

/** Everything one page of source records led to; stored in one transaction together with the progress. */
export interface PageBatch {
  readonly intents: readonly IntentDraft[]
  readonly agreements: readonly Agreement[]
  readonly records: readonly RecordDraft[]
  readonly failed: readonly FailedRecord[]
  readonly unlinks?: readonly Unlink[]
  /** Source ids of records that wait for nothing any more. */
  readonly returned?: readonly string[]
  readonly progress: RunProgress
}

/** How far a run has read its source (or its plan). */
export type ReadPosition =
  | { readonly kind: 'start' }
  | { readonly kind: 'at'; readonly token: string }
  | { readonly kind: 'end' }

export interface RunProgress {
  readonly position: ReadPosition
  readonly readCount: number
  readonly counts: OutcomeCounts
  /** The service's clock when reading began; null where it does not tell. */
  readonly serverTime: string | null
}

/** How an intent ended. */
export type IntentEnd =
  | {
      readonly kind: 'written'
      readonly intent: Intent
      readonly externalId: string
      readonly version: string | null
      /** What the destination answered that it holds now, where it does. */
      readonly values?: Values
    }
  | {
      readonly kind: 'rejected'
      readonly intent: Intent
      readonly outcome: 'held' | 'failed'
      readonly error: ErrorInfo
      readonly field?: string
    }
  | { readonly kind: 'held'; readonly intent: Intent; readonly error: ErrorInfo }
  | { readonly kind: 'withdrawn'; readonly intent: Intent }

export interface Checkpoint {
  readonly since: string | null
  readonly settingsHash: string
  /** When everything was read last, as an instant; null: not known. */
  readonly fullAt: string | null
}

export interface RunStart {
  readonly id: string
  readonly planId: string | null
  readonly startedAt: string
  /** Absent: not told. */
  readonly trigger?: RunTrigger
}

export interface StoredRun extends RunProgress {
  readonly id: string
  readonly planId: string | null
  readonly integrationVersion: number
  readonly state: RunState
}

export interface RunEnd {
  readonly state: RunState
  readonly endedAt: string
  readonly timings: RunTimings
  readonly error: ErrorInfo | null
  readonly notes: readonly RunNote[]
  /** Set only when everything was read: where the next incremental read begins. */
  readonly checkpoint?: Checkpoint
}

export interface LinkStore {
  /** Runs work that asks many questions (also of the scratch index) against one state of the store: much cheaper than each on its own. */
  readonly together: (work: () => void) => void
  readonly linkState: (route: Route, sourceId: string) => LinkState | undefined
  readonly sourceBase: (route: Route, sourceId: string) => Values | null
  readonly destinationState: (route: Route, cluster: number) => DestinationState | undefined
  /** The source record that a destination record is linked with already, if any. */
  readonly linkedSource: (route: Route, destinationId: string) => string | undefined
  /** Source records of this integration with an agreement, in the order of their ids, after `afterId`. */
  readonly linkedSources: (route: Route, afterId: string, limit: number) => readonly string[]
  /** Whether another one-way integration writes to this destination record too. */
  readonly isFedElsewhere: (route: Route, destinationId: string) => boolean
  /** Whether the record is known to have been deleted. */
  readonly isBuried: (stream: number, externalId: string) => boolean
  /** Id in the destination's connection of the record linked with a record of the source's connection. */
  readonly linkedId: (
    from: { connection: string; object: string; externalId: string },
    toConnection: string,
  ) => string | undefined
}

export interface JournalStore {
  /** Stores a page and gives its intents their ids, in order. Nothing of it may leave before `flush` has resolved. */
  readonly recordPage: (route: Route, runId: string, batch: PageBatch) => readonly Intent[]
  /** Nothing may leave before `flush` has resolved. */
  readonly markSent: (intents: readonly Intent[]) => void
  /** Resolves when everything stored before is on the disk. Throws AppError when the disk does not take it. */
  readonly flush: () => Promise<void>
  readonly markReady: (intents: readonly Intent[]) => void
  readonly markUncertain: (intent: Intent, error: ErrorInfo) => void
  /** Closes intents: log, links, failed records and the run's progress in one transaction. */
  readonly end: (route: Route, runId: string, ends: readonly IntentEnd[], progress: RunProgress) => void
  /** The destination was read again: what it holds now becomes the base of that side. */
  readonly renewDestination: (route: Route, destination: DestinationSide) => void
  /** Open intents of the integration, oldest first, at most `limit`; into one destination only, where it is named. */
  readonly openIntents: (
    integrationId: string,
    states: readonly OpenIntentState[],
    limit: number,
    destinationStream?: number,
  ) => readonly OpenIntent[]
  readonly hasOpenIntent: (route: Route, sourceId: string) => boolean
  /** Takes back what was never sent; the records count as failed, so that the next run plans them again. */
  readonly withdrawReady: (integrationId: string) => void
  /** Failed records that were not tried since `before` (ISO instant), longest waiting first. */
  readonly failedRecords: (route: Route, before: string, limit: number) => readonly FailedRecord[]
}

export interface RunStore {
  readonly begin: (route: Route, start: RunStart) => StoredRun
  /** The run of this integration that was stopped half-way, if any. */
  readonly interrupted: (integrationId: string) => StoredRun | undefined
  readonly takeUp: (runId: string) => void
  readonly setState: (runId: string, state: RunState) => void
  readonly finish: (route: Route, runId: string, end: RunEnd) => void
  readonly checkpoint: (route: Route) => Checkpoint | undefined
  /** How far the source of this route has been read, beside the one that `finish` saves. */
  readonly saveCheckpoint: (route: Route, checkpoint: Checkpoint) => void
}

/** A decision frozen in a plan, as the engine needs it to execute exactly this. */
export interface FrozenItem {
  readonly action: PlanAction
  readonly label: string
  readonly source: SourceSide
  /** Hash of the source record at the last agreement when the plan was made; null: none. */
  readonly agreedHash: string | null
  readonly destinationId: string | null
  readonly operation: WriteOperation | null
  /** What is sent: all fields for a create, changed ones for an update. */
  readonly values: Values
  readonly before: Values | null
  readonly after: Values
  readonly nextBase: Values
  readonly version: string | null
  readonly reason: RecordReason | null
  /** Two-way only: written from the destination into the source; then `source` is the record of the destination. */
  readonly direction?: 'back'
  readonly patches?: SidePatches
  readonly isPartial?: boolean
  readonly isOneOfTwo?: boolean
  /** Of a conflict that a person decides field by field. */
  readonly conflict?: ConflictSides
  /** Only in a plan that takes a run back; then `agreedHash` is that of the destination's base. */
  readonly undo?: UndoPart
  readonly deletion?: DeletionEvidence
}

export interface PlanStore {
  /** `undoes`: the run that the plan takes back; null: a plan of what a run would do. */
  readonly beginPlan: (route: Route, plan: { id: string; createdAt: string; undoes: string | null }) => void
  readonly addItems: (
    planId: string,
    items: readonly FrozenItem[],
    progress: { readCount: number; counts: OutcomeCounts },
  ) => void
  readonly readyPlan: (planId: string, nextSince: string | null) => void
  readonly failPlan: (planId: string, error: ErrorInfo) => void
  readonly frozenItems: (
    planId: string,
    afterSeq: number,
    limit: number,
  ) => readonly { seq: number; item: FrozenItem }[]
}

/** Keys of the destination seen while matching, outside the main database: may be thrown away at any time. */
export interface ScratchIndex {
  readonly put: (field: string, key: string, record: ScratchRecord) => void
  readonly find: (field: string, key: string) => readonly ScratchRecord[]
  /** Claims a key for a source record; answers who claimed it before, if anybody. */
  readonly claim: (field: string, key: string, sourceId: string) => string | undefined
  /** Keeps a record that was read, until it is taken or forgotten. */
  readonly observe: (record: ObservedRecord) => void
  readonly observed: (externalId: string) => ObservedRecord | undefined
  readonly forget: (externalId: string) => void
  /** Records that are still kept, in the order of their ids, after `afterId`. */
  readonly nextObserved: (afterId: string, limit: number) => readonly ObservedRecord[]
  /** The source showed this record. */
  readonly see: (externalId: string) => void
  readonly isSeen: (externalId: string) => boolean
  readonly seenCount: () => number
  readonly lastSeen: () => string | undefined
  readonly clear: () => void
}

export interface ObservedRecord extends ScratchRecord {
  /** ISO instant of its last change as the service tells it. */
  readonly updatedAt: string | null
}

export interface ScratchRecord {
  readonly externalId: string
  readonly values: Values
  readonly version: string | null
}

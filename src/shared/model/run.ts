/** A run of an integration, its states and what became of each record. */
import type { ErrorInfo } from '../errors.ts'
import type { Values } from './value.ts'

export const outcomes = ['created', 'updated', 'unchanged', 'deleted', 'skipped', 'held', 'failed'] as const
export type Outcome = (typeof outcomes)[number]

export type OutcomeCounts = { readonly [O in Outcome]: number }

export const noOutcomes: OutcomeCounts = {
  created: 0,
  updated: 0,
  unchanged: 0,
  deleted: 0,
  skipped: 0,
  held: 0,
  failed: 0,
}

export const runStates = ['running', 'paused', 'interrupted', 'finished', 'cancelled', 'failed'] as const
export type RunState = (typeof runStates)[number]

/** Runs a person looks for: those that have not ended, that wait for somebody, or that wrote anything. */
export const runSelections = ['open', 'needs-person', 'changed'] as const
export type RunSelection = (typeof runSelections)[number]

/** What started a run. A run from before there were schedules says nothing. */
export const runTriggers = ['by-hand', 'command-line', 'schedule', 'poll', 'catch-up'] as const
export type RunTrigger = (typeof runTriggers)[number]

/** Where the time of a run went, in milliseconds. Phases overlap: their sum can exceed the duration. */
export interface RunTimings {
  readonly readingMs: number
  readonly mappingMs: number
  readonly waitingMs: number
  readonly writingMs: number
  readonly storingMs: number
}

export interface Run {
  readonly id: string
  readonly integrationId: string
  readonly integrationVersion: number
  readonly planId: string | null
  /** The run that this one takes back. */
  readonly undoes: string | null
  readonly state: RunState
  /** Absent: a run from before this was kept. */
  readonly trigger?: RunTrigger
  readonly startedAt: string
  readonly endedAt: string | null
  readonly readCount: number
  readonly counts: OutcomeCounts
  /** How often it was taken up again after a stop. */
  readonly resumeCount: number
  readonly timings: RunTimings | null
  /** Why it did not finish. */
  readonly error: ErrorInfo | null
  /** What it noticed beside its records. */
  readonly notes: readonly RunNote[]
  /** When its records were removed; absent: they are kept. */
  readonly historyPrunedAt?: string
}

export const undoStates = ['possible', 'not-ended', 'nothing-written', 'over'] as const

/** Whether a run can be taken back. */
export interface UndoInfo {
  readonly state: (typeof undoStates)[number]
  /** ISO instant; null: the run has not ended. */
  readonly until: string | null
  /** The latest run that took it back, wholly or in part. */
  readonly by: string | null
}

/** Something a person should know, though no record waits for it. */
export interface RunNote {
  readonly code: string
  readonly message: string
  readonly next?: string
}

/** One line of the run log. Unchanged and filtered-out records are counted, not logged. */
export interface RunRecord {
  readonly seq: number
  readonly outcome: Outcome
  readonly sourceId: string
  readonly destinationId: string | null
  /** What a person recognises the record by. */
  readonly label: string
  readonly before: Values | null
  readonly after: Values | null
  /** Which rule decided, or what went wrong. */
  readonly reason: RecordReason | null
  readonly at: string
  /** Two-way: written from the destination into the source; then `sourceId` is the record of the destination. */
  readonly isBack?: boolean
}

export interface RecordReason {
  readonly code: string
  readonly message: string
  readonly field?: string
  readonly place?: string
  readonly next?: string
}

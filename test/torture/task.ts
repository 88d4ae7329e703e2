/** What a process of the core is asked to do, and what it says at its end. */
import type { Run } from '#shared/model/run.ts'
import type { Twin } from './twins.ts'

export interface Task {
  /** A definitions file to import first. */
  readonly definitions?: string
  /** A plan is made and approved instead of a run, where nothing was interrupted. */
  readonly isPlanned?: boolean
  /** The process kills itself when it reaches this point for the hit-th time. */
  readonly killAt?: { readonly point: string; readonly hit: number }
  readonly twin?: Twin
}

export interface EndReport {
  readonly run: Pick<Run, 'id' | 'state' | 'counts' | 'resumeCount' | 'error'>
  readonly held: readonly string[]
  /** How often each point was passed, where one was to be killed at. */
  readonly passed: Readonly<Record<string, number>>
}

/** What a run in progress is made of. */
import type { Executor } from './apply/executor.ts'
import type { Tally } from './apply/tally.ts'
import type { Job, RunControl } from './job.ts'
import type { PlanContext } from './plan-page.ts'
import type { StoredRun } from './ports/sync-store.ts'

export interface Reading {
  /** Everything is read of the source; of the destination, both ways. */
  isSourceFull: boolean
  isDestinationFull: boolean
  /** Set in a completeness check: with what reading changes would have begun. */
  checksSince: string | undefined
  /** Records that had to be written, and that reading changes would not have met. */
  missedCount: number
}

export interface RunningParts {
  readonly job: Job
  readonly run: StoredRun
  readonly control: RunControl
  readonly tally: Tally
  readonly executor: Executor
  readonly context: PlanContext
  /** Clock of the destination when a two-way run began to read it. */
  readonly times: { destination: string | null }
  /** How far the reading of this run reaches. */
  readonly reading: Reading
}

/** What a run in progress is made of. */
import type { Executor } from './apply/executor.ts'
import type { Tally } from './apply/tally.ts'
import type { Job, RunControl } from './job.ts'
import type { PlanContext } from './plan-page.ts'
import type { StoredRun } from './ports/sync-store.ts'

export interface RunningParts {
  readonly job: Job
  readonly run: StoredRun
  readonly control: RunControl
  readonly tally: Tally
  readonly executor: Executor
  readonly context: PlanContext
  /** Clock of the destination when a two-way run began to read it. */
  readonly times: { destination: string | null }
}

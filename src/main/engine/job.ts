/** Everything one run or plan of an integration works with, put together by a use case. */
import type { ConnectedObject } from '#shared/model/connected.ts'
import type { DeletePolicy } from '#shared/model/delete-policy.ts'
import type { RunNote } from '#shared/model/run.ts'
import type { PlanContext } from './plan-page.ts'
import type { Clock, Ids } from './ports/surroundings.ts'
import type { JournalStore, LinkStore, PlanStore, RunProgress, RunStore } from './ports/sync-store.ts'
import type { TwoWay } from './two-way/two-way-job.ts'

export interface Job {
  readonly plan: Omit<PlanContext, 'matcher' | 'now'>
  /** Absent: data travels from the source to the destination only. */
  readonly twoWay?: TwoWay
  /** What happens to the counterpart of a record that is gone from the source; absent: it is left. One way only. */
  readonly deletes?: DeletePolicy
  readonly source: ConnectedObject
  readonly destination: ConnectedObject
  readonly store: {
    readonly links: LinkStore
    readonly journal: JournalStore
    readonly runs: RunStore
    readonly plans: PlanStore
  }
  readonly clock: Clock
  readonly ids: Ids
  /** Changes when filter, mapping or settings change: the next read is a full one. */
  readonly settingsHash: string
  /** False where only a full read is right, e.g. a filter relative to today. */
  readonly mayReadIncrementally: boolean
  /** Records per page; absent: what the connector finds best. */
  readonly pageSize?: number
  /** Write requests in flight at once. */
  readonly concurrency: number
  readonly onProgress: (progress: RunProgress) => void
  /** What was noticed before the run began. */
  readonly notes?: readonly RunNote[]
}

/** `stop`: the app is closing; the run is taken up by the next start of the integration. */
export type StopWish = 'none' | 'pause' | 'cancel' | 'stop'

/** What a person wants of a running job; looked at between pages. */
export interface RunControl {
  readonly wish: () => StopWish
  /** Aborts waits and reads at once (shutdown, cancel). */
  readonly signal: AbortSignal
}

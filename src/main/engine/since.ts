/** From which moment on an object has to be read; everything where that is not known, not enough, or to be checked. */
import type { ConnectedObject } from '#shared/model/connected.ts'
import type { Job } from './job.ts'
import type { Route } from './ports/sync-store.ts'

/** So long reading changes is trusted before everything is read once more. */
export const completenessCheckMs = 7 * 24 * 60 * 60 * 1000

export interface Reach {
  /** ISO instant, with the reach back that the service needs. Undefined: read everything. */
  readonly since: string | undefined
  /** Everything is read to see whether reading changes would have missed something: what reading changes would begin with. */
  readonly checksSince: string | undefined
}

export function reachOf(job: Job, object: ConnectedObject, route: Route): Reach {
  const { changes } = object.description
  const checkpoint = job.store.runs.checkpoint(route)
  if (changes.kind !== 'updated-since' || !job.mayReadIncrementally || !checkpoint?.since) return everything
  if (checkpoint.settingsHash !== job.settingsHash) return everything
  const since = new Date(Date.parse(checkpoint.since) - changes.lookbackMs - changes.granularityMs).toISOString()
  const isDue = checkpoint.fullAt === null || job.clock.now() - Date.parse(checkpoint.fullAt) >= completenessCheckMs
  return isDue ? { since: undefined, checksSince: since } : { since, checksSince: undefined }
}

const everything: Reach = { since: undefined, checksSince: undefined }

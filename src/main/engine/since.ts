/** From which moment on an object has to be read; everything where that is not known, or not enough. */
import type { ConnectedObject } from '#shared/model/connected.ts'
import type { Job } from './job.ts'
import type { Route } from './ports/sync-store.ts'

/** ISO instant, with the reach back that the service needs. Undefined: read everything. */
export function sinceOf(job: Job, object: ConnectedObject, route: Route): string | undefined {
  const { changes } = object.description
  const checkpoint = job.store.runs.checkpoint(route)
  if (changes.kind !== 'updated-since' || !job.mayReadIncrementally || !checkpoint?.since) return undefined
  if (checkpoint.settingsHash !== job.settingsHash) return undefined
  return new Date(Date.parse(checkpoint.since) - changes.lookbackMs - changes.granularityMs).toISOString()
}

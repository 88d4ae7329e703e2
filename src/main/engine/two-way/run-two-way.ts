/** Reads both sides of a two-way integration and writes what the merge decided. */
import type { PageToApply } from '../apply/executor.ts'
import type { Job } from '../job.ts'
import type { Route } from '../ports/sync-store.ts'
import type { RunningParts } from '../running-parts.ts'
import { reachOf } from '../since.ts'
import { planTwoWay, type TwoWayPage } from './plan-two-way.ts'
import type { TwoWay } from './two-way-job.ts'

const nothing = { items: [], settled: [], skipped: [], unchangedCount: 0, filteredCount: 0, readCount: 0 } as const

export async function runTwoWay(parts: RunningParts, twoWay: TwoWay, isStopping: () => boolean): Promise<void> {
  const { job, control, executor, times } = parts
  const since = sincesOf(job, twoWay)
  parts.reading.isSourceFull = since.source === undefined
  parts.reading.isDestinationFull = since.destination === undefined
  for await (const page of planTwoWay(job, twoWay, { since, signal: control.signal })) {
    times.destination = page.times.destination
    await executor.applyPage(pageOf(page))
    if (isStopping()) return
  }
  await executor.applyPage({ ...nothing, position: { kind: 'end' } })
}

/** Until the end it starts anew after a stop: what is settled by then is met as unchanged. */
function pageOf(page: TwoWayPage): PageToApply {
  const { items, agreements, unchangedCount, filteredCount, readCount, times } = page
  const serverTime = times.source === null ? {} : { serverTime: times.source }
  return {
    ...nothing,
    items,
    agreements,
    unchangedCount,
    filteredCount,
    readCount,
    ...serverTime,
    position: { kind: 'start' },
  }
}

/** Records that wait are met again only when everything is read: what was decided about them needs both sides as they are. */
export function sincesOf(job: Job, twoWay: TwoWay): { source?: string | undefined; destination?: string | undefined } {
  const now = new Date(job.clock.now()).toISOString()
  const waits = (route: Route): boolean => job.store.journal.failedRecords(route, now, 1).length > 0
  if (waits(job.plan.route) || waits(twoWay.route)) return {}
  return {
    source: reachOf(job, job.source, job.plan.route).since,
    destination: reachOf(job, job.destination, twoWay.route).since,
  }
}

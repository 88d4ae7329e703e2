/**
 * The completeness check: from time to time everything is read although only changes would have to be. What turns out
 * to be new or changed, and is older than what reading changes would have met, had been missed; it is written now.
 */
import type { RemoteRecord } from '#shared/model/connected.ts'
import type { RunNote, RunState } from '#shared/model/run.ts'
import type { PagePlan } from './plan-page.ts'
import type { Reading } from './running-parts.ts'

export function countMissed(
  { items }: Pick<PagePlan, 'items'>,
  records: readonly RemoteRecord[],
  checksSince: string | undefined,
): number {
  if (checksSince === undefined) return 0
  const written = new Set(items.flatMap(({ operation, source }) => (operation === null ? [] : [source.externalId])))
  return records.filter(({ externalId, updatedAt }) => written.has(externalId) && isOlder(updatedAt, checksSince))
    .length
}

/** Compared as times: services write instants in several ways. */
function isOlder(updatedAt: string | undefined, since: string): boolean {
  return updatedAt !== undefined && Date.parse(updatedAt) < Date.parse(since)
}

export function notesOf({ checksSince, missedCount }: Reading, state: RunState): readonly RunNote[] {
  if (checksSince === undefined || state !== 'finished') return []
  if (missedCount === 0) {
    return [
      {
        code: 'complete',
        message: 'Everything was read to check that reading changes only misses nothing: it had missed nothing.',
      },
    ]
  }
  return [
    {
      code: 'missed',
      message: `Everything was read to check that reading changes only misses nothing: ${missedCount} ${missedCount === 1 ? 'record' : 'records'} had been missed, and ${missedCount === 1 ? 'is' : 'are'} dealt with now.`,
      next: 'The service does not tell every change. If this goes on, let the integration run with a filter or a connection that reads everything.',
    },
  ]
}

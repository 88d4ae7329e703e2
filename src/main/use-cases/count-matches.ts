/** Counts how many source records the filter of an integration lets through, reading everything and keeping nothing. */
import { readAhead } from '#main/engine/read-ahead.ts'
import { buildJob, type JobSurroundings } from './build-job.ts'

export type CountMatches = (
  integrationId: string,
  signal: AbortSignal,
) => Promise<{ readCount: number; matchCount: number }>

export function createCountMatches(surroundings: JobSurroundings): CountMatches {
  return async (integrationId, signal) => {
    const { job, release } = await buildJob(integrationId, surroundings, { signal, onProgress: () => undefined })
    const now = new Date(surroundings.clock.now()).toISOString()
    let readCount = 0
    let matchCount = 0
    try {
      for await (const page of readAhead(job.source, { signal })) {
        readCount += page.records.length
        for (const record of page.records) if (job.plan.accepts(record.values, now)) matchCount += 1
      }
    } finally {
      release()
    }
    return { readCount, matchCount }
  }
}

/** Looks through the log of a run in pieces, so that running work goes on in between: a million records take a moment. */
import { setImmediate as othersTurn } from 'node:timers/promises'
import type { RecordLog, RecordQuery } from '#main/store/record-log.ts'
import type { RunRecord } from '#shared/model/run.ts'

/** About 20 ms. */
const pieceRecords = 50_000

/** The same page as without pieces. Ends early with what was found when the signal aborts. */
export async function searchRecords(
  records: Pick<RecordLog, 'page' | 'lastSeq'>,
  query: RecordQuery,
  signal: AbortSignal,
): Promise<readonly RunRecord[]> {
  const found: RunRecord[] = []
  const lastSeq = records.lastSeq(query.runId)
  for (let { afterSeq } = query; afterSeq < lastSeq && !signal.aborted; afterSeq += pieceRecords) {
    const limit = query.limit - found.length
    found.push(...records.page({ ...query, afterSeq, untilSeq: afterSeq + pieceRecords, limit }))
    if (found.length === query.limit) break
    await othersTurn()
  }
  return found
}

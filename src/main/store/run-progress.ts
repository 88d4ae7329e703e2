/** Progress of a run, saved in the transaction of whatever moved it. */
import type Database from 'better-sqlite3'
import type { RunProgress } from '#main/engine/ports/sync-store.ts'

export interface RunProgressWriter {
  readonly save: (runId: string, progress: RunProgress) => void
}

export function createRunProgress(db: Database.Database): RunProgressWriter {
  const update = db.prepare<[string, number, string, string | null, string]>(
    'update run set position = ?, read_count = ?, counts = ?, server_time = ? where id = ?',
  )
  return {
    save: (runId, progress) => {
      update.run(
        JSON.stringify(progress.position),
        progress.readCount,
        JSON.stringify(progress.counts),
        progress.serverTime,
        runId,
      )
    },
  }
}

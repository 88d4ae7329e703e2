/** Remembers deletions: the record leaves its cluster, and its id is never forgotten. Every call runs in its caller's transaction. */
import type Database from 'better-sqlite3'

export interface Deletion {
  readonly stream: number
  readonly externalId: string
  /** How it is known: `undo`, `propagated`, `confirmed` (asked for by its id), `absent-twice`. */
  readonly evidence: string
  /** ISO instant. */
  readonly at: string
}

export interface DeletionWriter {
  /**
   * Takes a deleted record out of its cluster and leaves its tombstone. Nobody agrees about it any more: a record that
   * takes its place one day starts without a base.
   */
  readonly unlink: (deletion: Deletion) => void
  /** The record was made again under another id. */
  readonly exhume: (stream: number, externalId: string) => void
}

export function createDeletionWriter(db: Database.Database): DeletionWriter {
  const selectCluster = db
    .prepare<[number, string], number>('select cluster from member where stream = ? and external_id = ?')
    .pluck()
  const removeAgreements = db.prepare<[number, number, number]>(`
    delete from agreement where cluster = ? and integration in
      (select integration from agreement where cluster = ? and stream = ?)`)
  const removeMember = db.prepare<[number, string]>('delete from member where stream = ? and external_id = ?')
  const bury = db.prepare<[number, string, number, string, string]>(
    'insert or replace into tombstone(stream, external_id, cluster, evidence, at) values (?, ?, ?, ?, ?)',
  )
  const exhume = db.prepare<[number, string]>('delete from tombstone where stream = ? and external_id = ?')

  return {
    exhume: (stream, externalId) => void exhume.run(stream, externalId),
    unlink: ({ stream, externalId, evidence, at }) => {
      const cluster = selectCluster.get(stream, externalId)
      if (cluster === undefined) return
      removeAgreements.run(cluster, cluster, stream)
      removeMember.run(stream, externalId)
      bury.run(stream, externalId, cluster, evidence, at)
    },
  }
}

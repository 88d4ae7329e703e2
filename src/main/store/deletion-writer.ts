/** Remembers deletions: the record leaves its cluster, and its id is never forgotten. Every call runs in its caller's transaction. */
import type Database from 'better-sqlite3'

export interface Deletion {
  readonly stream: number
  readonly externalId: string
  /** How it is known: `undo` (taken back), `confirmed` (missing, also when asked for), `propagated` (deleted by Patchbay). */
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
  /**
   * One integration has dealt with a source record that is gone: it agrees about it no more, and a tombstone is left.
   * Others that read it deal with it themselves.
   */
  readonly release: (integration: number, deletion: Deletion) => void
  /** Leaves a tombstone and keeps the link: the counterpart was marked, not deleted. */
  readonly bury: (deletion: Deletion) => void
  /** The record was made again, or takes part again: the next run looks at it as if it were new. */
  readonly exhume: (stream: number, externalId: string) => void
}

export function createDeletionWriter(db: Database.Database): DeletionWriter {
  const selectCluster = db
    .prepare<[number, string], number>('select cluster from member where stream = ? and external_id = ?')
    .pluck()
  const removeAgreements = db.prepare<[number, number, number]>(`
    delete from agreement where cluster = ? and integration in
      (select integration from agreement where cluster = ? and stream = ?)`)
  const removeOwn = db.prepare<[number, number]>('delete from agreement where integration = ? and cluster = ?')
  const removeMember = db.prepare<[number, string]>('delete from member where stream = ? and external_id = ?')
  const insertTombstone = db.prepare<[number, string, number, string, string]>(
    'insert or replace into tombstone(stream, external_id, cluster, evidence, at) values (?, ?, ?, ?, ?)',
  )
  const exhume = db.prepare<[number, string]>('delete from tombstone where stream = ? and external_id = ?')
  const forgetHash = db.prepare<[number, number, string]>(`
    update agreement set base_hash = x'' where stream = ? and cluster in
      (select cluster from member where stream = ? and external_id = ?)`)

  return {
    release: (integration, { stream, externalId, evidence, at }) => {
      const cluster = selectCluster.get(stream, externalId)
      if (cluster === undefined) return
      removeOwn.run(integration, cluster)
      insertTombstone.run(stream, externalId, cluster, evidence, at)
    },
    bury: ({ stream, externalId, evidence, at }) =>
      void insertTombstone.run(stream, externalId, selectCluster.get(stream, externalId) ?? 0, evidence, at),
    exhume: (stream, externalId) => {
      exhume.run(stream, externalId)
      forgetHash.run(stream, stream, externalId)
    },
    unlink: ({ stream, externalId, evidence, at }) => {
      const cluster = selectCluster.get(stream, externalId)
      if (cluster === undefined) return
      removeAgreements.run(cluster, cluster, stream)
      removeMember.run(stream, externalId)
      insertTombstone.run(stream, externalId, cluster, evidence, at)
    },
  }
}

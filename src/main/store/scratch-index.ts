/** Keys of the destination seen while matching: a temporary table outside the main database, gone with the connection. */
import type Database from 'better-sqlite3'
import type { ScratchIndex } from '#main/engine/ports/sync-store.ts'
import type { Values } from '#shared/model/value.ts'

let nextNumber = 1

/** One index per run or plan; `clear` drops it. Temporary tables live in files of their own (temp_store = FILE). */
export function createScratchIndex(db: Database.Database): ScratchIndex {
  const number = nextNumber++
  const seen = `temp.seen_${number}`
  const claimed = `temp.claimed_${number}`
  db.exec(`
    create table ${seen}(field text, key text, external_id text, record text, version text, primary key (field, key, external_id)) without rowid;
    create table ${claimed}(field text, key text, source_id text, primary key (field, key)) without rowid;`)
  const put = db.prepare(
    `insert or replace into ${seen}(field, key, external_id, record, version) values (?, ?, ?, ?, ?)`,
  )
  const find = db.prepare<[string, string], { external_id: string; record: string; version: string | null }>(
    `select external_id, record, version from ${seen} where field = ? and key = ?`,
  )
  const claim = db.prepare<[string, string, string]>(
    `insert or ignore into ${claimed}(field, key, source_id) values (?, ?, ?)`,
  )
  const claimant = db
    .prepare<[string, string], string>(`select source_id from ${claimed} where field = ? and key = ?`)
    .pluck()

  return {
    put: (field, key, record) =>
      void put.run(field, key, record.externalId, JSON.stringify(record.values), record.version),
    find: (field, key) =>
      find.all(field, key).map((row) => ({
        externalId: row.external_id,
        values: JSON.parse(row.record) as Values,
        version: row.version,
      })),
    claim: (field, key, sourceId) =>
      claim.run(field, key, sourceId).changes > 0 ? undefined : claimant.get(field, key),
    clear: () => db.exec(`drop table if exists ${seen}; drop table if exists ${claimed}`),
  }
}

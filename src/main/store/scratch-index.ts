/** Keys of the destination seen while matching: a temporary table outside the main database, gone with the connection. */
import type Database from 'better-sqlite3'
import type { ObservedRecord, ScratchIndex } from '#main/engine/ports/sync-store.ts'
import type { Values } from '#shared/model/value.ts'

let nextNumber = 1

/** One index per run or plan; `clear` drops it. Temporary tables live in files of their own (temp_store = FILE). */
export function createScratchIndex(db: Database.Database): ScratchIndex {
  const number = nextNumber++
  const seen = `temp.seen_${number}`
  const claimed = `temp.claimed_${number}`
  const observed = `temp.observed_${number}`
  const shown = `temp.shown_${number}`
  db.exec(`
    create table ${seen}(field text, key text, external_id text, record text, version text, primary key (field, key, external_id)) without rowid;
    create table ${claimed}(field text, key text, source_id text, primary key (field, key)) without rowid;
    create table ${observed}(external_id text primary key, record text, version text, updated_at text) without rowid;
    create table ${shown}(external_id text primary key) without rowid;`)
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

  const observe = db.prepare(
    `insert or replace into ${observed}(external_id, record, version, updated_at) values (?, ?, ?, ?)`,
  )
  const selectObserved = db.prepare<[string], ObservedRow>(`select * from ${observed} where external_id = ?`)
  const nextObserved = db.prepare<[string, number], ObservedRow>(
    `select * from ${observed} where external_id > ? order by external_id limit ?`,
  )
  const see = db.prepare<[string]>(`insert or ignore into ${shown}(external_id) values (?)`)
  const isSeen = db.prepare<[string], number>(`select 1 from ${shown} where external_id = ?`).pluck()
  let seenCount = 0
  let lastSeen: string | undefined
  const forget = db.prepare<[string]>(`delete from ${observed} where external_id = ?`)

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
    observe: ({ externalId, values, version, updatedAt }) =>
      void observe.run(externalId, JSON.stringify(values), version, updatedAt),
    observed: (externalId) => {
      const row = selectObserved.get(externalId)
      return row && observedRecord(row)
    },
    forget: (externalId) => void forget.run(externalId),
    nextObserved: (afterId, limit) => nextObserved.all(afterId, limit).map(observedRecord),
    see: (externalId) => {
      seenCount += see.run(externalId).changes
      lastSeen = externalId
    },
    isSeen: (externalId) => isSeen.get(externalId) !== undefined,
    seenCount: () => seenCount,
    lastSeen: () => lastSeen,
    clear: () =>
      db.exec(
        `drop table if exists ${seen}; drop table if exists ${claimed}; drop table if exists ${observed}; drop table if exists ${shown}`,
      ),
  }
}

interface ObservedRow {
  readonly external_id: string
  readonly record: string
  readonly version: string | null
  readonly updated_at: string | null
}

/** Stored above as JSON of Values. */
function observedRecord(row: ObservedRow): ObservedRecord {
  return {
    externalId: row.external_id,
    values: JSON.parse(row.record) as Values,
    version: row.version,
    updatedAt: row.updated_at,
  }
}

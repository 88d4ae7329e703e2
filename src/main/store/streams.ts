/** Numbers for (connection, object) pairs: the big tables carry these instead of names. */
import type Database from 'better-sqlite3'

export interface Streams {
  readonly idOf: (connection: string, object: string) => number
  readonly find: (connection: string, object: string) => number | undefined
}

export function createStreams(db: Database.Database): Streams {
  const select = db
    .prepare<[string, string], number>('select id from stream where connection = ? and object = ?')
    .pluck()
  const insert = db.prepare<[string, string]>('insert into stream(connection, object) values (?, ?)')
  const find = (connection: string, object: string): number | undefined => select.get(connection, object)
  return {
    find,
    idOf: (connection, object) => find(connection, object) ?? Number(insert.run(connection, object).lastInsertRowid),
  }
}

/** Small facts about the installation: its id, and whether it was stopped cleanly. */
import type Database from 'better-sqlite3'

export interface Meta {
  readonly get: (key: string) => string | undefined
  readonly set: (key: string, value: string) => void
}

export function createMeta(db: Database.Database): Meta {
  const get = db.prepare<[string], string>('select value from meta where key = ?').pluck()
  const set = db.prepare('insert into meta(key, value) values (?, ?) on conflict do update set value = excluded.value')
  return { get: (key) => get.get(key), set: (key, value) => void set.run(key, value) }
}

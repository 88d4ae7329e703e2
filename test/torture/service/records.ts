/**
 * The storage of the torture service: what its source holds, what stands at its destination, and a log of every
 * commit. The checker reads this file and asks Patchbay nothing.
 */
import Database from 'better-sqlite3'
import type { Random } from '../random.ts'

export interface Fields {
  readonly key?: string
  readonly name?: string
  readonly amount?: number
  readonly note?: string
}

export interface StoredRecord extends Required<Fields> {
  readonly id: number
  readonly version: number
}

export interface Commit {
  readonly operation: 'create' | 'upsert' | 'update'
  readonly recordId: number | null
  readonly fields: Fields
  readonly idempotencyKey: string | null
  readonly isSenderGone: boolean
}

export interface Change {
  readonly add: number
  readonly change: number
  /** The new ones stand at the destination already. */
  readonly isKnown?: boolean
  /** Changed too: source records whose write is under way just now. */
  readonly keys?: readonly string[]
}

export interface Page {
  readonly data: readonly object[]
  readonly next: string | null
}

export interface Records {
  readonly commit: (commit: Commit) => StoredRecord
  readonly one: (id: number) => StoredRecord | undefined
  /** Records of a key that were committed at or before `untilMs`. */
  readonly byKey: (key: string, untilMs: number) => readonly StoredRecord[]
  readonly page: (from: 'source' | 'record', cursor: number, limit: number, untilMs: number) => Page
  /** The first answer to a write with this key, as it was given then. */
  readonly answered: (idempotencyKey: string) => StoredRecord | undefined
  readonly mutate: (change: Change, random: Random) => void
  /** Somebody else saves every record unchanged: only versions move. */
  readonly touch: () => void
  readonly commitCount: () => number
}

const schema = `
  create table if not exists source(n integer primary key, id text unique, name text, amount integer, note text);
  create table if not exists record(id integer primary key, key text, name text, amount integer, note text, version integer, at integer);
  create index if not exists record_key on record(key);
  create table if not exists commit_log(seq integer primary key, at integer, operation text, record integer, fields text,
    idempotency_key text, sender_gone integer, answer text);
  create index if not exists commit_key on commit_log(idempotency_key) where idempotency_key is not null;`

export function openRecords(path: string): Records {
  const db = new Database(path)
  db.pragma('journal_mode = WAL')
  // This process is not killed; what it commits needs to outlive nothing but itself.
  db.pragma('synchronous = OFF')
  db.exec(schema)
  const one = db.prepare<[number], StoredRecord>('select id, key, name, amount, note, version from record where id = ?')
  const byKey = db.prepare<[string, number], StoredRecord>(
    'select id, key, name, amount, note, version from record where key = ? and at <= ? order by id',
  )
  const insert = db.prepare('insert into record(key, name, amount, note, version, at) values (?, ?, ?, ?, 1, ?)')
  const update = db.prepare(
    'update record set name = coalesce(?, name), amount = coalesce(?, amount), note = coalesce(?, note), version = version + 1 where id = ?',
  )
  const log = db.prepare(
    'insert into commit_log(at, operation, record, fields, idempotency_key, sender_gone, answer) values (?, ?, ?, ?, ?, ?, ?)',
  )
  const answered = db.prepare<[string], string>('select answer from commit_log where idempotency_key = ?').pluck()
  const commits = db.prepare<[], number>('select count(*) from commit_log').pluck()

  const stored = (id: number): StoredRecord => {
    const record = one.get(id)
    if (!record) throw new Error(`no record ${id}`)
    return record
  }

  const commit = db.transaction((made: Commit): StoredRecord => {
    const { operation, fields, idempotencyKey, isSenderGone } = made
    const known = operation === 'upsert' ? byKey.get(fields.key ?? '', Number.MAX_SAFE_INTEGER)?.id : made.recordId
    const { key = null, name = null, amount = null, note = null } = fields
    const id = known ?? Number(insert.run(key, name, amount, note, Date.now()).lastInsertRowid)
    if (known != null) update.run(name, amount, note, known)
    const answer = stored(id)
    log.run(
      Date.now(),
      operation,
      id,
      JSON.stringify(fields),
      idempotencyKey,
      isSenderGone ? 1 : 0,
      JSON.stringify(answer),
    )
    return answer
  })

  return {
    commit: (made) => commit.immediate(made),
    one: (id) => one.get(id),
    byKey: (key, untilMs) => byKey.all(key, untilMs),
    page: pages(db),
    answered: (idempotencyKey) => {
      const text = answered.get(idempotencyKey)
      // Written by `commit` above.
      return text === undefined ? undefined : (JSON.parse(text) as StoredRecord)
    },
    mutate: mutator(db),
    touch: () => void db.prepare('update record set version = version + 1').run(),
    commitCount: () => commits.get() ?? 0,
  }
}

function pages(db: Database.Database): Records['page'] {
  const statements = {
    source: db.prepare<[number, number, number], { at: number }>(
      'select n as at, id, name, amount, note from source where n > ? and 0 <= ? order by n limit ?',
    ),
    record: db.prepare<[number, number, number], { at: number }>(
      'select id as at, id, key, name, amount, note, version from record where id > ? and at <= ? order by id limit ?',
    ),
  }
  return (from, cursor, limit, untilMs) => {
    const rows = statements[from].all(cursor, untilMs, limit)
    const last = rows.length === limit ? rows.at(-1) : undefined
    return { data: rows, next: last ? String(last.at) : null }
  }
}

/** New customers and changed ones, the same for every run with this seed. */
function mutator(db: Database.Database): Records['mutate'] {
  const count = db.prepare<[], number>('select count(*) from source').pluck()
  const insert = db.prepare('insert into source(n, id, name, amount, note) values (?, ?, ?, ?, ?)')
  const copy = db.prepare(
    'insert into record(key, name, amount, note, version, at) select id, name, amount, note, 1, ? from source where n = ?',
  )
  const change = db.prepare('update source set name = ?, amount = ?, note = ? where n = ?')
  const numberOf = db.prepare<[string], number>('select n from source where id = ?').pluck()
  const values = (n: number, random: Random) => [`Customer ${n}`, random.below(1_000_000), `note ${random.below(1e9)}`]
  return db.transaction(({ add, change: changes, isKnown, keys = [] }: Change, random: Random) => {
    const before = count.get() ?? 0
    for (let n = before + 1; n <= before + add; n++) {
      insert.run(n, `k${String(n).padStart(6, '0')}`, ...values(n, random))
      if (isKnown) copy.run(Date.now(), n)
    }
    for (let done = 0; done < changes && before > 0; done++) {
      const n = 1 + random.below(before)
      change.run(...values(n, random), n)
    }
    for (const key of keys) {
      const n = numberOf.get(key)
      if (n !== undefined) change.run(...values(n, random), n)
    }
  })
}

/** What a SQLite file does to a connector: locks, limits, constraints, damage, long numbers, kills. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, test } from 'vitest'
import { AppError } from '#shared/errors.ts'
import type { ConnectedObject, RemoteRecord, WriteReply } from '#shared/model/connected.ts'
import type { WriteOperation } from '#shared/model/object.ts'
import type { Values } from '#shared/model/value.ts'
import { openDatabase } from './open-database.ts'
import { prepareWrite } from './prepare-write.ts'
import { readSchemas } from './schema.ts'
import { sqliteSettingsSchema } from './settings.ts'
import { tableOf as tableOfSchema } from './table.ts'
import { openSqlite } from './testing/open-sqlite.ts'
import { sendBatch } from './write-batch.ts'

const folder = mkdtempSync(join(tmpdir(), 'patchbay-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const quiet = (): AbortSignal => new AbortController().signal
let count = 0

function databaseOf(sql: string): string {
  count += 1
  const path = join(folder, `d${count}.db`)
  const db = new Database(path)
  db.exec(sql)
  db.close()
  return path
}

async function tableOf(sql: string, settings: Record<string, unknown> = {}, name = 't'): Promise<ConnectedObject> {
  return await (await openSqlite({ path: databaseOf(sql), ...settings })).object(name, quiet())
}

async function send(
  object: ConnectedObject,
  operation: WriteOperation,
  list: readonly { externalId?: string; version?: string; values: Values }[],
): Promise<readonly WriteReply[]> {
  const writes = list.map((command, index) => ({
    operation,
    idempotencyKey: String(index),
    request: object.prepare?.({ operation, ...command }) ?? '',
  }))
  return (await object.send?.(writes, quiet())) ?? []
}

async function readAll(object: ConnectedObject, since?: string): Promise<RemoteRecord[]> {
  const records: RemoteRecord[] = []
  for await (const page of object.read?.({ signal: quiet(), pageSize: 2, ...(since === undefined ? {} : { since }) }) ??
    [])
    records.push(...page.records)
  return records
}

const codeOf = async (run: Promise<unknown>): Promise<string> => {
  const thrown = await run.then(
    () => undefined,
    (error: unknown) => error,
  )
  return thrown instanceof AppError ? `${thrown.kind} ${thrown.code}` : `no AppError: ${String(thrown)}`
}

describe('opening', () => {
  test('tells missing, foreign and damaged files apart', async () => {
    const garbage = join(folder, 'garbage.db')
    writeFileSync(garbage, 'this is no database, but long enough to be taken for one. '.repeat(50))
    const inserts = Array.from({ length: 200 }, (_, n) => `INSERT INTO t (v) VALUES ('${'x'.repeat(500)}${n}')`)
    const damaged = databaseOf(`CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); ${inserts.join(';')}`)
    const bytes = readFileSync(damaged)
    bytes.fill(0xee, 4096, 4096 * 20)
    writeFileSync(damaged, bytes)
    expect(await codeOf(openSqlite({ path: join(folder, 'none.db') }))).toBe('config database-missing')
    expect(
      await codeOf(
        openSqlite({ path: join(folder, 'no', 'such', 'x.db'), create: { t: { columns: { id: {} }, key: ['id'] } } }),
      ),
    ).toBe('config database-missing')
    expect(await codeOf(openSqlite({ path: garbage }))).toBe('config not-a-database')
    const reading = openSqlite({ path: damaged })
      .then((connection) => connection.object('t', quiet()))
      .then((object) => readAll(object))
    expect(await codeOf(reading)).toBe('config database-damaged')
  })

  test('makes a declared table when it is absent, and only then', async () => {
    const path = join(folder, 'new.db')
    const settings = {
      path,
      create: {
        customers: {
          columns: { email: {}, 'full name': { required: true }, total: { type: 'decimal' } },
          key: ['email'],
        },
      },
    }
    for (let time = 0; time < 2; time++) {
      const object = await (await openSqlite(settings)).object('customers', quiet())
      expect(
        (await send(object, 'upsert', [{ values: { email: 'a@b.c', 'full name': 'A', total: '19.90' } }]))[0]?.status,
      ).toBe('written')
      expect((await readAll(object)).map((record) => record.values)).toEqual([
        { email: 'a@b.c', 'full name': 'A', total: '19.90' },
      ])
    }
  })

  test('leaves the journal mode as it is', async () => {
    const path = databaseOf('CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY)')
    const object = await (await openSqlite({ path })).object('t', quiet())
    await send(object, 'create', [{ values: { id: '1' } }])
    expect(new Database(path).pragma('journal_mode', { simple: true })).toBe('delete')
  })
})

describe('reading', () => {
  test('keeps long integers, binary and odd names', async () => {
    const object = await tableOf(
      `CREATE TABLE t ("we""ird; DROP" INTEGER PRIMARY KEY, b BLOB, r REAL, inf REAL); INSERT INTO t VALUES (9007199254740993, x'00ff', 0.1, 9e999)`,
    )
    const [record] = await readAll(object)
    expect(record?.externalId).toBe('9007199254740993')
    expect(record?.values).toEqual({ 'we"ird; DROP': '9007199254740993', b: 'AP8=', r: 0.1, inf: null })
    expect(record?.issues?.map((issue) => issue.code)).toEqual(['not-finite'])
  })

  test('loses no row whose primary key is empty', async () => {
    const object = await tableOf(
      "CREATE TABLE t (id TEXT PRIMARY KEY, v TEXT); INSERT INTO t VALUES (NULL, 'a'), (NULL, 'b'), ('x', 'c'), ('y', 'd'), (NULL, 'e')",
    )
    expect((await readAll(object)).map((record) => record.values.v)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  test('reads changes by times of any common form, and never leaves out what has none', async () => {
    const object = await tableOf(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, at); INSERT INTO t (at) VALUES ('2026-03-01 10:00:00'), ('2026-03-02T10:00:00Z'), (1772445600), (1772445600000), (NULL), ('gestern'), (1), ('2026-03-02T11:00:00+02:00')",
      { updatedColumns: { t: 'at' } },
    )
    expect((await readAll(object, '2026-03-02T10:00:00.000Z')).map((record) => record.externalId)).toEqual([
      '2',
      '3',
      '4',
      '5',
      '6',
    ])
  })

  test('reads a view with declared id columns and does not offer it without', async () => {
    const sql =
      'CREATE TABLE t (id INTEGER PRIMARY KEY); CREATE VIEW v AS SELECT id * 2 AS double FROM t; INSERT INTO t VALUES (1), (2), (3)'
    expect(
      (await readAll(await tableOf(sql, { idColumns: { v: ['double'] } }, 'v'))).map((record) => record.externalId),
    ).toEqual(['2', '4', '6'])
    expect(await codeOf(tableOf(sql, {}, 'v'))).toBe('config unknown-object')
  })

  test('finds keys without regard to case, beyond ASCII too', async () => {
    const object = await tableOf(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, mail TEXT UNIQUE); INSERT INTO t (mail) VALUES ('Ärzte@X.de'), (' Bob@X.de '), ('c@x.de')",
    )
    expect(
      (await object.find?.('mail', ['ärzte@x.de', 'bob@x.de'], quiet()))?.map((record) => record.externalId),
    ).toEqual(['1', '2'])
  })
})

describe('writing', () => {
  const customers =
    'CREATE TABLE t (id INTEGER PRIMARY KEY, mail TEXT NOT NULL UNIQUE, n INTEGER CHECK (n > 0), owner INTEGER REFERENCES t (id) DEFERRABLE INITIALLY DEFERRED)'

  test('makes a record once, however often it is sent, and overwrites no other', async () => {
    const object = await tableOf(customers)
    const values = { mail: 'a@b.c', n: 5 }
    expect(await send(object, 'create', [{ values }, { values }])).toMatchObject([
      { status: 'written', externalId: '1' },
      { status: 'written', externalId: '1' },
    ])
    expect(await send(object, 'create', [{ values: { ...values, n: 6 } }])).toMatchObject([
      { status: 'rejected', field: 'n', error: { kind: 'conflict', code: 'record-exists' } },
    ])
    expect((await readAll(object)).map((record) => record.values.n)).toEqual([5])
    expect(() => object.prepare?.({ operation: 'create', values: { n: 1 } })).toThrow(/mail/)
  })

  test('rejects only the record a constraint is about, and names the column', async () => {
    const object = await tableOf(customers)
    const replies = await send(object, 'create', [
      { values: { mail: 'a', n: 1 } },
      { values: { mail: 'b', n: -1 } },
      { values: { mail: 'c', owner: 99 } },
      { values: { mail: 'd', n: 4 } },
    ])
    expect(replies.map((reply) => reply.status)).toEqual(['written', 'rejected', 'rejected', 'written'])
    const nulls = await send(object, 'update', [{ externalId: '1', values: { mail: null } }])
    expect(nulls).toMatchObject([{ status: 'rejected', field: 'mail', error: { kind: 'data' } }])
    expect((await readAll(object)).map((record) => record.values.mail)).toEqual(['a', 'd'])
  })

  test('says that the database is locked, and that nothing was sent', async () => {
    const path = databaseOf(customers)
    const object = await (await openSqlite({ path })).object('t', quiet())
    const other = new Database(path)
    other.exec('BEGIN IMMEDIATE')
    expect(await send(object, 'create', [{ values: { mail: 'a' } }])).toMatchObject([
      { status: 'not-sent', error: { kind: 'transient', code: 'database-locked' } },
    ])
    other.exec('ROLLBACK')
    expect(await send(object, 'create', [{ values: { mail: 'a' } }])).toMatchObject([{ status: 'written' }])
  })

  test('leaves nothing of a batch behind when there is no room, and goes on when there is', async () => {
    const settings = sqliteSettingsSchema.parse({ path: databaseOf(customers) })
    const db = openDatabase(settings)
    const table = readSchemas(db).flatMap((schema) => tableOfSchema(schema, settings) ?? [])[0]
    if (!table) throw new Error('no table')
    const writes = ['a', 'x'.repeat(50_000), 'b'].map((mail) => {
      const request = prepareWrite({ operation: 'create', values: { mail } }, table, table.schema.uniqueKeys)
      return { operation: 'create' as const, idempotencyKey: mail, request }
    })
    const pages = Number(db.pragma('page_count', { simple: true }))
    db.pragma(`max_page_count = ${pages + 2}`)
    const replies = sendBatch({ db, table }, writes)
    expect(replies.map((reply) => reply.status)).toEqual(['not-sent', 'not-sent', 'not-sent'])
    expect(replies[0]).toMatchObject({ error: { kind: 'transient', code: 'database-full' } })
    expect(db.prepare('SELECT count(*) FROM t').pluck().get()).toBe(0n)
    db.pragma('max_page_count = 1000')
    expect(sendBatch({ db, table }, writes).map((reply) => reply.status)).toEqual(['written', 'written', 'written'])
    db.close()
  })

  test('refuses an old version and goes on from the new one', async () => {
    const object = await tableOf(customers)
    await send(object, 'create', [{ values: { mail: 'a', n: 1 } }])
    const [record] = await readAll(object)
    const version = record?.version ?? ''
    await send(object, 'update', [{ externalId: '1', values: { n: 2 } }])
    expect(await send(object, 'update', [{ externalId: '1', version, values: { n: 3 } }])).toMatchObject([
      { status: 'rejected', error: { code: 'stale-version' } },
    ])
    expect(await send(object, 'delete', [{ externalId: '1', version, values: {} }])).toMatchObject([
      { status: 'rejected', error: { code: 'stale-version' } },
    ])
  })

  test('is refused where the settings say read only, and where no key makes it safe', async () => {
    expect((await tableOf(customers, { readOnly: true })).send).toBeUndefined()
    const keyless = await tableOf('CREATE TABLE t (a TEXT)')
    expect([keyless.description.writes.create, keyless.description.notes?.[0]?.includes('unique')]).toEqual([
      undefined,
      true,
    ])
  })

  test('loses and doubles nothing when it is killed', async () => {
    const path = databaseOf('CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT)')
    const script = new URL('./testing/write-records.ts', import.meta.url).pathname
    let kills = 0
    for (let round = 0; round < 6; round++) {
      const child = spawn(process.execPath, [script, path, '2000', '20'], { stdio: ['ignore', 'pipe', 'inherit'] })
      const begun = once(child.stdout, 'data').then(() => true)
      expect(await Promise.race([begun, once(child, 'exit').then(() => false)])).toBe(true)
      await pause(2 + round * 12)
      if (child.exitCode === null) kills += 1
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    }
    const child = spawn(process.execPath, [script, path, '2000', '20'], { stdio: ['ignore', 'ignore', 'inherit'] })
    expect((await once(child, 'exit'))[0]).toBe(0)
    const db = new Database(path)
    expect([
      db.prepare('SELECT count(*), count(DISTINCT id) FROM t').raw().get(),
      db.pragma('integrity_check', { simple: true }),
      kills > 2,
    ]).toEqual([[2000, 2000], 'ok', true])
    db.close()
  })
})

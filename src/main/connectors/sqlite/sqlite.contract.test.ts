/** Tables of a SQLite file keep the contract of connectors: with a text key, with a number, without a unique key. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll } from 'vitest'
import { connectorContract } from '#main/connector-kit/testing/contract-suite.ts'
import { openSqlite } from './testing/open-sqlite.ts'

const folder = mkdtempSync(join(tmpdir(), 'patchbay-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const path = join(folder, 'shop.db')

const seed = async (): Promise<void> => {
  const db = new Database(path)
  db.exec(`CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT, active BOOLEAN, updated TEXT DEFAULT '2026-03-01 10:00:00', big INTEGER);
    CREATE TABLE "odd ""name""" (a TEXT NOT NULL, b INTEGER NOT NULL, "väl ue" REAL, PRIMARY KEY (a, b)) WITHOUT ROWID;
    CREATE TABLE log (marker TEXT, line TEXT, raw BLOB);
    CREATE VIEW actives AS SELECT id, email FROM customers WHERE active = 1`)
  for (let n = 1; n <= 7; n++) {
    db.prepare('INSERT INTO customers (email, name, active, updated, big) VALUES (?, ?, 1, ?, ?)').run(
      `Seed${n}@Example.org`,
      `Ärzte ${n}`,
      `2026-03-0${n} 10:00:00`,
      9007199254740993n,
    )
    db.prepare('INSERT INTO "odd ""name""" VALUES (?, ?, ?)').run(`k${n}`, n, n / 2)
    db.prepare('INSERT INTO log VALUES (?, ?, ?)').run(`m${n}`, null, Buffer.from([n, 0, 255]))
  }
  db.close()
}

connectorContract({
  name: 'a SQLite file',
  open: () =>
    openSqlite({
      path,
      updatedColumns: { customers: 'updated' },
      findBy: { log: 'marker' },
      idColumns: { actives: ['id'] },
    }),
  seed,
  objects: [
    {
      name: 'customers',
      minRecords: 7,
      pageSize: 3,
      refusesStaleVersion: true,
      unknownId: '999999',
      draft: (n) => ({
        email: `new${n}@example.org`,
        name: `Nëw ${n}`,
        active: n % 2 === 0,
        updated: '2026-04-01T00:00:00Z',
        big: `90071992547409${930 + n}`,
      }),
      change: (n) => ({ name: `changed ${n}`, active: null }),
    },
    {
      name: 'odd "name"',
      minRecords: 7,
      pageSize: 2,
      unknownId: '["x","1"]',
      draft: (n) => ({ a: `a${n}`, b: n, 'väl ue': n + 0.25 }),
      change: (n) => ({ 'väl ue': n + 0.5 }),
    },
    {
      name: 'log',
      minRecords: 7,
      pageSize: 3,
      draft: (n) => ({ marker: `Mark ${n}`, line: `line ${n}`, raw: Buffer.from([n]).toString('base64') }),
      change: (n) => ({ line: `other ${n}` }),
    },
    { name: 'actives', minRecords: 7, pageSize: 3 },
  ],
})

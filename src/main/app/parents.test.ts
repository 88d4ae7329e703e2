import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { practiceCall } from '#test/e2e/support/practice-crm.ts'
import { type CoreBench, coreBench } from '#test/support/core-bench.ts'
import { tempFolder } from '#test/support/temp-folder.ts'

const definitions = (path: string): string =>
  JSON.stringify({
    patchbay: 1,
    connections: [{ id: 'office', name: 'Office', connector: 'sqlite', environment: 'practice', settings: { path } }],
    integrations: [
      {
        id: 'companies',
        name: 'Companies',
        source: { connection: 'office', object: 'companies' },
        destination: { connection: 'practice-crm', object: 'company' },
        match: ['domain'],
        mapping: [
          { to: 'domain', from: 'domain' },
          { to: 'name', from: 'name' },
        ],
      },
      {
        id: 'people',
        name: 'People',
        source: { connection: 'office', object: 'people' },
        destination: { connection: 'practice-crm', object: 'contact' },
        match: ['email'],
        mapping: [
          { to: 'email', from: 'email' },
          { to: 'company_id', from: 'company', steps: [{ link: { object: 'companies' } }] },
        ],
      },
    ],
  })

/** An office database with companies and people who belong to them, beside the practice CRM. */
async function office() {
  const path = join(tempFolder(), 'office.db')
  const db = new Database(path)
  db.exec(`
    create table companies(id integer primary key, name text, domain text);
    create table people(id integer primary key, email text, company integer);
    insert into companies values (1, 'One', 'one.parents.example'), (2, 'Two', 'two.parents.example');
    insert into people values (1, 'ana@parents.example', 1), (2, 'bo@parents.example', null);`)
  const folder = tempFolder()
  const bench = await coreBench({ dataFolder: join(folder, 'data') })
  await bench.call('practice.start', {})
  await bench.call('definitions.import', { text: definitions(path), fileName: 'parents.json' })
  return { bench, db, folder }
}

const first = async (bench: CoreBench, id: string) => bench.approve((await bench.plan(id)).id)

interface Contacts {
  readonly data: readonly { readonly company_id: string | null }[]
}

/** What the CRM itself says. */
async function companyOf(folder: string, email: string): Promise<unknown> {
  const query = new URLSearchParams({ email })
  return (await practiceCall<Contacts>(folder, 'crm', ['GET', `/contacts?${query}`])).data[0]?.company_id
}

describe('a record that refers to another one', () => {
  it('waits for it, holds up nobody else, and is written by itself once the other is there', async () => {
    const { bench } = await office()
    const early = await first(bench, 'people')
    expect([early.counts.created, early.counts.failed]).toEqual([1, 1])
    await first(bench, 'companies')
    const later = await bench.run('people')
    expect([later.counts.created, later.counts.failed]).toEqual([1, 0])
  }, 30_000)

  it('keeps the good reference it has when the source names one that nobody knows', async () => {
    const { bench, db, folder } = await office()
    await first(bench, 'companies')
    await first(bench, 'people')
    const good = await companyOf(folder, 'ana@parents.example')
    expect(good).toMatch(/./)
    db.exec('update people set company = 99 where id = 1')
    const run = await bench.run('people')
    expect([run.counts.updated, run.counts.failed, await companyOf(folder, 'ana@parents.example')]).toEqual([
      0,
      1,
      good,
    ])
  }, 30_000)

  it('is shown with its reason as long as it refers to a gone one, and goes on when that is corrected', async () => {
    const { bench, db } = await office()
    await first(bench, 'companies')
    await first(bench, 'people')
    db.exec('delete from companies where id = 1; update people set company = 7 where id = 2')
    for (let round = 0; round < 2; round += 1) expect((await bench.run('people')).counts.failed).toBe(1)
    const { records } = await bench.call('attention.list', { integrationId: 'people' })
    expect(records.map(({ externalId, attempts, reason }) => [externalId, attempts, reason.field])).toEqual([
      ['2', 2, 'company'],
    ])
    db.exec('update people set company = 2 where id = 2')
    const run = await bench.run('people')
    expect([run.counts.updated, run.counts.failed]).toEqual([1, 0])
    expect((await bench.call('attention.list', {})).records).toEqual([])
  }, 30_000)
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { Json } from '#shared/json.ts'
import { type CoreBench, coreBench } from '#test/support/core-bench.ts'

const fields = ['email', 'last_name', 'city']
const same = fields.map((field) => ({ to: field, from: field }))

function definitions(path: string, policies: object): string {
  return JSON.stringify({
    patchbay: 1,
    connections: [
      {
        id: 'own-list',
        name: 'Own list',
        connector: 'sqlite',
        environment: 'practice',
        settings: { path, create: { customers: { key: ['email'], columns: { email: {}, last_name: {}, city: {} } } } },
      },
    ],
    integrations: [
      {
        id: 'both-ways',
        name: 'CRM and own list',
        pattern: 'two-way',
        source: { connection: 'practice-crm', object: 'contact' },
        destination: { connection: 'own-list', object: 'customers' },
        filter: { field: 'email', empty: false },
        match: ['email'],
        mapping: same,
        back: { match: ['email'], mapping: same },
        policies,
      },
    ],
  })
}

interface Crm {
  readonly call: (method: string, path: string, body?: object) => Promise<Json>
}

function crmOf(dataFolder: string): Crm {
  const practice = join(dataFolder, 'practice')
  // Both written by the practice company when it starts.
  const { crmPort } = JSON.parse(readFileSync(join(practice, 'place.json'), 'utf8')) as { crmPort: number }
  const authorization = `Bearer ${readFileSync(join(practice, 'crm', 'access-token'), 'utf8').trim()}`
  return {
    call: async (method, path, body) => {
      const answer = await fetch(`http://127.0.0.1:${crmPort}/v1${path}`, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      })
      return (await answer.json()) as Json
    },
  }
}

async function start(policies: object) {
  const bench = await coreBench()
  await bench.call('practice.start', {})
  const path = join(bench.dataFolder, 'own.db')
  await bench.call('definitions.import', { text: definitions(path, policies), fileName: 'two-way.json' })
  const plan = await bench.plan('both-ways')
  const first = await bench.approve(plan.id)
  return { bench, db: new Database(path), crm: crmOf(bench.dataFolder), plan, first }
}

function written({ counts }: Awaited<ReturnType<CoreBench['run']>>): number {
  return counts.created + counts.updated + counts.deleted
}

describe('a two-way integration between the practice CRM and a database', () => {
  it('keeps both in step: new on either side, changed on either side, and nothing when nothing changed', async () => {
    const { bench, db, crm, plan, first } = await start({})
    expect(first).toMatchObject({ state: 'finished', counts: { ...plan.counts, skipped: 0 } })
    expect(plan.counts.created).toBeGreaterThan(100)
    expect(written(await bench.run('both-ways'))).toBe(0)

    const { email } = db.prepare('select email from customers order by email limit 1').get() as { email: string }
    const { data } = (await crm.call('GET', `/contacts?email=${encodeURIComponent(email)}`)) as {
      data: { id: string; version: number }[]
    }
    const id = data[0]?.id ?? ''
    db.prepare(`insert into customers(email, last_name, city) values ('new@own.example', 'Novak', 'Brno')`).run()
    db.prepare('update customers set city = ? where email = ?').run('Leeds', email)
    await crm.call('PATCH', `/contacts/${id}`, { last_name: 'Renamed' })

    const run = await bench.run('both-ways')
    expect([run.state, run.counts.created, run.counts.updated]).toEqual(['finished', 1, 2])
    const contact = (await crm.call('GET', `/contacts/${id}`)) as { city: string; last_name: string }
    expect([contact.city, contact.last_name]).toEqual(['Leeds', 'Renamed'])
    expect(db.prepare('select last_name, city from customers where email = ?').get(email)).toEqual({
      last_name: 'Renamed',
      city: 'Leeds',
    })
    const made = (await crm.call('GET', '/contacts?email=new@own.example')) as { data: object[] }
    expect(made.data).toHaveLength(1)
    expect(written(await bench.run('both-ways'))).toBe(0)
  }, 60_000)

  it('holds what both changed, says both values, and goes on once the two are the same', async () => {
    const { bench, db, crm } = await start({})
    const { email } = db.prepare('select email from customers order by email limit 1').get() as { email: string }
    const { data } = (await crm.call('GET', `/contacts?email=${encodeURIComponent(email)}`)) as {
      data: { id: string }[]
    }
    const id = data[0]?.id ?? ''
    db.prepare('update customers set city = ? where email = ?').run('Leeds', email)
    await crm.call('PATCH', `/contacts/${id}`, { city: 'Bath' })
    const run = await bench.run('both-ways')
    const held = (await bench.records(run.id)).find(({ reason }) => reason?.code === 'conflict')
    expect([written(run), held?.before, held?.after]).toEqual([0, { city: 'Leeds' }, { city: 'Bath' }])
    db.prepare('update customers set city = ? where email = ?').run('Bath', email)
    const after = await bench.run('both-ways')
    expect((await bench.records(after.id)).some(({ reason }) => reason?.code === 'conflict')).toBe(false)
    expect(written(after)).toBe(0)
  }, 60_000)
})

describe('a definition', () => {
  const cases: readonly [string, object, object, string][] = [
    ['two-way without a way back', { back: undefined }, {}, 'needs the way back'],
    ['one-way with a way back', { pattern: 'one-way' }, {}, 'needs the pattern two-way'],
    ['a policy for an unknown field', {}, { conflicts: [{ fields: ['fax'], policy: 'source' }] }, 'names "fax"'],
    ['both values without a place', {}, { conflicts: [{ fields: ['city'], policy: 'both' }] }, 'keptIn'],
  ]
  it.each(cases)('%s is refused', async (_, parts, policies, words) => {
    const bench = await coreBench()
    const file = JSON.parse(definitions(join(bench.dataFolder, 'x.db'), policies)) as { integrations: object[] }
    const integrations = [
      { ...file.integrations[0], source: { connection: 'own-list', object: 'customers' }, ...parts },
    ]
    const text = JSON.stringify({ ...file, integrations })
    await expect(bench.call('definitions.import', { text, fileName: 'x.json' })).rejects.toThrow(words)
  })
})

import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { coreBench } from '../support/core-bench.ts'
import { loopbackDefinitions } from '../support/loopback-definitions.ts'
import { startService } from '../support/services/start-service.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { type Killing, killUntilDone, startScript } from './killing.ts'

const recordCount = 2_000
const killCount = 10

/** Deterministic moments, spread over a few requests' time. */
function delayMs(kill: number): number {
  return 20 + ((kill * 7919) % 160)
}

async function prepare(mode: 'keys' | 'lookup', integrationId: string, pageSize = 100) {
  const service = await startService('loopback', { customers: 0, mode, maxLifeMs: 180_000 })
  onTestFinished(service.stop)
  const dataFolder = tempFolder()
  const databasePath = join(dataFolder, 'destination.db')
  const bench = await coreBench({ dataFolder })
  await bench.call('definitions.import', {
    text: loopbackDefinitions({ url: service.url, mode, settleMs: 300, databasePath, pageSize }),
    fileName: 'kill.json',
  })
  // Approved on an empty source: what follows is the streaming run.
  await bench.approve((await bench.plan(integrationId)).id)
  await bench.stop()
  await post(`${service.url}/reset`, { customers: recordCount, mode, delayMs: 20 })
  return { service, dataFolder, databasePath }
}

async function post(url: string, body: object): Promise<Record<string, number>> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return (await answer.json()) as Record<string, number>
}

/** A kill while answers are held back: what is in flight then stays in flight until the process is gone. */
function icing(url: string): Pick<Killing, 'freeze' | 'thaw'> {
  return {
    freeze: async () => (await post(`${url}/freeze`, {})).openWrites ?? 0,
    thaw: async () => void (await post(`${url}/thaw`, {})),
  }
}

async function statsOf(url: string): Promise<Record<string, number>> {
  return (await (await fetch(`${url}/stats`)).json()) as Record<string, number>
}

describe('a run that is killed at random moments', () => {
  for (const mode of ['keys', 'lookup'] as const) {
    it(`loses nothing and repeats nothing, destination with ${mode}`, async () => {
      const { service, dataFolder } = await prepare(mode, 'to-contacts')
      const result = await killUntilDone({
        start: () => startScript('run-child.ts', dataFolder, 'to-contacts'),
        delayMs,
        maximalKills: killCount,
        ...icing(service.url),
      })
      const stats = await statsOf(service.url)
      console.log(
        `${mode}: ${result.kills} kills, ${stats.abandonedWrites} writes in flight at them, ${JSON.stringify(stats)}`,
      )
      expect([result.kills, result.run.state]).toEqual([killCount, 'finished'])
      expect(stats.abandonedWrites).toBeGreaterThanOrEqual(killCount)
      expect([stats.contacts, stats.duplicates]).toEqual([recordCount, 0])
      expect(result.run.counts.created).toBe(recordCount)
    }, 180_000)
  }

  it('loses nothing and repeats nothing, into SQLite', async () => {
    const { service, dataFolder, databasePath } = await prepare('keys', 'to-database', 25)
    const result = await killUntilDone({
      start: () => startScript('run-child.ts', dataFolder, 'to-database'),
      // A table takes 25 rows in a moment: the run is killed within a few pages, each of which takes 20 ms to read.
      delayMs: (kill) => 5 + (delayMs(kill) % 60),
      maximalKills: killCount,
      freeze: async () => 1,
      thaw: async () => undefined,
    })
    await service.stop()
    const db = new Database(databasePath, { readonly: true })
    const counts = db.prepare('select count(*) as rows, count(distinct external_id) as ids from customers').get()
    const integrity = db.pragma('integrity_check', { simple: true })
    db.close()
    console.log(`sqlite: ${result.kills} kills, ${JSON.stringify(counts)}`)
    expect([result.kills, integrity, result.run.state]).toEqual([killCount, 'ok', 'finished'])
    expect(counts).toEqual({ rows: recordCount, ids: recordCount })
  }, 180_000)

  it('repeats records without the journal (the twin that shows the test can fail)', async () => {
    const service = await startService('loopback', {
      customers: recordCount,
      mode: 'lookup',
      delayMs: 20,
      maxLifeMs: 180_000,
    })
    onTestFinished(service.stop)
    const stateFile = join(tempFolder(), 'cursor.txt')
    await killUntilDone({
      start: () => startScript('run-without-journal.ts', service.url, stateFile),
      delayMs: (kill) => 300 + delayMs(kill),
      maximalKills: 10,
      ...icing(service.url),
    })
    const stats = await statsOf(service.url)
    console.log(`twin: ${stats.duplicates} duplicates of ${stats.contacts} contacts`)
    expect(stats.duplicates).toBeGreaterThan(0)
  }, 120_000)
})

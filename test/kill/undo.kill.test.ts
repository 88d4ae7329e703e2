import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { coreBench } from '../support/core-bench.ts'
import { loopbackDefinitions } from '../support/loopback-definitions.ts'
import { startService } from '../support/services/start-service.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { killUntilDone, startScript } from './killing.ts'

const recordCount = 4_000
const oldCount = 500
const killCount = 6

/** Rows that stood in the table before the run, under the ids of the first customers. */
function fillOld(databasePath: string): void {
  const db = new Database(databasePath)
  const insert = db.prepare('insert into customers(external_id, full_name) values (?, ?)')
  for (let index = 1; index <= oldCount; index++) insert.run(`cus_${String(index).padStart(8, '0')}`, 'Old name')
  db.close()
}

function rowsOf(databasePath: string) {
  const db = new Database(databasePath, { readonly: true })
  const rows = db
    .prepare("select count(*) as all_rows, sum(full_name = 'Old name' and email is null) as old from customers")
    .get()
  const integrity = db.pragma('integrity_check', { simple: true })
  db.close()
  return { rows, integrity }
}

/** A run that changed and made rows, and its approved plan to undo, begun and stopped at once. */
async function prepare() {
  const service = await startService('loopback', { customers: recordCount, mode: 'keys', maxLifeMs: 180_000 })
  onTestFinished(service.stop)
  const databasePath = join(tempFolder(), 'destination.db')
  const bench = await coreBench()
  await bench.call('definitions.import', {
    text: loopbackDefinitions({ url: service.url, databasePath, pageSize: 500 }),
    fileName: 'undo.json',
  })
  const empty = await bench.plan('to-database')
  fillOld(databasePath)
  await bench.call('plans.discard', { planId: empty.id })
  const run = await bench.approve((await bench.plan('to-database')).id)
  const { planId } = await bench.call('runs.plan-undo', { runId: run.id })
  while ((await bench.call('plans.get', { planId })).state === 'making')
    await new Promise((resolve) => setTimeout(resolve, 20))
  const undo = await bench.call('plans.approve', { planId })
  await bench.stop()
  return { run, dataFolder: bench.dataFolder, databasePath, undoId: undo.runId }
}

describe('an undo that is killed at random moments', () => {
  it('takes everything back once, and nothing twice', async () => {
    const { run, dataFolder, databasePath } = await prepare()
    expect([run.counts.created, run.counts.updated]).toEqual([recordCount - oldCount, oldCount])
    const result = await killUntilDone({
      start: () => startScript('run-child.ts', dataFolder, 'to-database'),
      delayMs: (kill) => 5 + ((kill * 7919) % 60),
      maximalKills: killCount,
      freeze: async () => 1,
      thaw: async () => undefined,
    })
    console.log(`undo: ${result.kills} kills, ${JSON.stringify(result.run.counts)}`)
    expect([result.kills, result.run.state]).toEqual([killCount, 'finished'])
    expect(result.run.counts).toMatchObject({ deleted: recordCount - oldCount, updated: oldCount, held: 0, failed: 0 })
    expect(rowsOf(databasePath)).toEqual({ rows: { all_rows: oldCount, old: oldCount }, integrity: 'ok' })
  }, 180_000)
})

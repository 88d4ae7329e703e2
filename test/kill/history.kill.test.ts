import { once } from 'node:events'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { databaseName, openStore } from '#main/store/open-store.ts'
import { daysAgo, historyNowMs, pastOf } from '../support/history-past.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { startScript } from './killing.ts'

const oldRecords = 60_000
const killCount = 12

/** An old run, one of today, and a failed record that waits. */
function prepare(): string {
  const folder = tempFolder()
  openStore({ folder, nowMs: () => historyNowMs }).close()
  const db = new Database(join(folder, databaseName))
  const { addRun } = pastOf(db)
  addRun({ id: 'old', daysAgo: 800, records: oldRecords })
  addRun({ id: 'today', daysAgo: 0, records: 500 })
  db.exec(`insert into failed_record(integration, stream, external_id, snapshot, reason, first_at, last_at, attempts)
    values ('customers', 1, 'R-6', '{}', '{}', '2020-01-01', '2020-01-01', 3)`)
  db.close()
  return folder
}

/** Lets it work for a moment, then kills it. Answers what it said when it came to its end before. */
async function pruneAndKill(folder: string, afterMs: number): Promise<string | undefined> {
  const child = startScript('run-pruning.ts', folder)
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  await once(child.stdout ?? child, 'data')
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs)
  await once(child, 'close')
  clearTimeout(timer)
  return child.signalCode === 'SIGKILL' ? undefined : said.trim().split('\n').at(-1)
}

function lookAt(folder: string) {
  const db = new Database(join(folder, databaseName))
  const { rowsOf } = pastOf(db)
  const facts = {
    integrity: db.pragma('integrity_check', { simple: true }),
    old: rowsOf('old'),
    today: rowsOf('today'),
    waiting: db.prepare('select count(*) from failed_record').pluck().get(),
    prunedAt: db.prepare(`select history_pruned_at from run where id = 'old'`).pluck().get(),
  }
  db.close()
  return facts
}

it('a removal of old history that is killed again and again leaves a whole database each time, and comes to its end', async () => {
  const folder = prepare()
  const before = statSync(join(folder, databaseName)).size
  let left = oldRecords
  let kills = 0
  for (; kills < killCount; kills += 1) {
    if ((await pruneAndKill(folder, 15 + ((kills * 7919) % 120))) !== undefined) break
    const { old, prunedAt, ...facts } = lookAt(folder)
    expect(facts).toEqual({ integrity: 'ok', today: 500, waiting: 1 })
    expect(old).toBeLessThanOrEqual(left)
    // Whoever looks at the run is told, as soon as the first record is gone.
    expect(prunedAt).toBe(old === oldRecords ? null : daysAgo(0))
    left = old
  }
  expect(left).toBeLessThan(oldRecords)
  expect(kills).toBeGreaterThanOrEqual(3)
  await pruneAndKill(folder, 60_000)
  expect(lookAt(folder)).toMatchObject({ integrity: 'ok', old: 0, today: 500, waiting: 1 })
  expect(statSync(join(folder, databaseName)).size).toBeLessThan(before - 5_000_000)
}, 120_000)

/** History as the window and the command line use it, through the whole core. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { databaseName, openStore } from '#main/store/open-store.ts'
import { historyDefaults } from '#shared/model/history.ts'
import { coreBench } from '#test/support/core-bench.ts'
import { daysAgo, historyNowMs, pastOf } from '#test/support/history-past.ts'
import { realClock } from '#test/support/real-clock.ts'
import { tempFolder } from '#test/support/temp-folder.ts'

async function withPast() {
  const dataFolder = tempFolder()
  openStore({ folder: dataFolder, nowMs: () => historyNowMs }).close()
  const db = new Database(join(dataFolder, databaseName))
  const { addRun, addPlan } = pastOf(db)
  addRun({ id: 'old', daysAgo: 500, records: 300 })
  addPlan({ id: 'plan', daysAgo: 500, items: 20, state: 'applied' })
  addRun({ id: 'young', daysAgo: 40, records: 300 })
  addRun({ id: 'today', daysAgo: 0, records: 5 })
  db.close()
  return coreBench({ dataFolder, clock: { ...realClock, now: () => historyNowMs } })
}

it('the facts tell what history takes, how far back it goes and how long it is kept', async () => {
  const { call } = await withPast()
  const facts = await call('history.get', {})
  expect(facts).toMatchObject({ settings: historyDefaults, oldestAt: daysAgo(500), isOverLimit: false, prunedAt: null })
  expect(facts.historyBytes).toBeGreaterThan(100_000)
  expect(facts.databaseBytes).toBeGreaterThan(facts.historyBytes)
})

it('a removal by word takes what is old; run and plan say since when their records are gone', async () => {
  const { call } = await withPast()
  const pruned = await call('history.prune', {})
  expect(pruned).toMatchObject({ partCount: 2, rowCount: 320 })
  expect(pruned.facts).toMatchObject({ oldestAt: daysAgo(40), prunedAt: daysAgo(0) })
  const run = await call('runs.get', { runId: 'old' })
  expect([run.counts.updated, run.historyPrunedAt]).toEqual([300, daysAgo(0)])
  expect((await call('runs.records', { runId: 'old' })).records).toEqual([])
  expect((await call('plans.get', { planId: 'plan' })).historyPrunedAt).toBe(daysAgo(0))
  expect(await call('runs.get', { runId: 'young' })).not.toHaveProperty('historyPrunedAt')
})

it('settings are changed one by one; what contradicts itself is refused', async () => {
  const { call } = await withPast()
  expect((await call('history.set', { undoDays: 30 })).settings).toEqual({ ...historyDefaults, undoDays: 30 })
  await expect(call('history.set', { historyDays: 29 })).rejects.toMatchObject({
    info: { code: 'bad-history-setting' },
  })
  expect((await call('history.get', {})).settings).toEqual({ ...historyDefaults, undoDays: 30 })
})

it('the check-up says where history is larger than it may be and all of it can still be undone', async () => {
  const { call, dataFolder } = await withPast()
  const looked = async () => (await call('system.doctor', {})).checks.find(({ name }) => name === 'history')
  await call('history.prune', {})
  expect(await looked()).toMatchObject({ isOk: true, next: null })
  const db = new Database(join(dataFolder, databaseName))
  pastOf(db).addRun({ id: 'large', daysAgo: 3, records: 70_000 })
  db.close()
  await call('history.set', { historyMaxBytes: 10_000_000 })
  await call('history.prune', {})
  expect((await call('history.get', {})).isOverLimit).toBe(true)
  expect(await looked()).toMatchObject({
    isOk: false,
    message: expect.stringContaining('can still be undone (90 days)'),
  })
})

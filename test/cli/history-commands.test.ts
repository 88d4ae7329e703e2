/** history: the same with and without a host. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { databaseName } from '#main/store/open-store.ts'
import { pastOf } from '../support/history-past.ts'
import { type CommandLine, commandLine } from './command-line.ts'

async function walk(cli: CommandLine): Promise<void> {
  expect((await cli.run('history')).json).toMatchObject({
    settings: { historyDays: 365, undoDays: 90 },
    prunedAt: null,
  })
  const set = await cli.run('history', '--keep-days', '60', '--undo-days', '30', '--max-mb', '500')
  expect(set.json.settings).toEqual({ historyDays: 60, undoDays: 30, historyMaxBytes: 500_000_000 })
  const refused = await cli.run('history', '--keep-days', '29')
  expect([refused.code, refused.json.error.code]).toEqual([2, 'bad-history-setting'])
  const pruned = await cli.run('history', '--prune')
  expect(pruned.json).toMatchObject({ partCount: 0, rowCount: 0, facts: { prunedAt: expect.stringMatching(/^20/) } })
}

it('history is shown, set and pruned by a core of its own', async () => {
  await walk(commandLine())
}, 60_000)

it('history is shown, set and pruned through a host that holds the data folder', async () => {
  const cli = commandLine()
  await cli.serve()
  await walk(cli)
}, 60_000)

it('people are told in words', async () => {
  const { out } = await commandLine().say('history')
  expect(out).toContain('Records of runs are kept for 365 days and may take 2000 MB; a run can be undone for 90 days.')
  expect(out).toContain('There is no history yet.')
}, 60_000)

it('the log of a run whose records were removed says so', async () => {
  const cli = commandLine()
  await cli.run('history')
  const db = new Database(join(cli.dataFolder, databaseName))
  const { addRun } = pastOf(db)
  addRun({ id: 'old', daysAgo: 4_000, records: 3 })
  addRun({ id: 'later', daysAgo: 3_000, records: 0 })
  db.close()
  expect((await cli.say('run-log', 'old')).out).toContain('Käte Müller 3')
  expect((await cli.run('history', '--prune')).json.rowCount).toBe(3)
  expect((await cli.say('run-log', 'old')).out).toMatch(/removed at 20\S+; its numbers stay: 3 updated\./)
  expect((await cli.say('run-log', 'later')).out).toContain('Nothing was changed')
}, 60_000)

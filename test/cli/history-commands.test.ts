/** history: the same with and without a host. */
import { expect, it } from 'vitest'
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

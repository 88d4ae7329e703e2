/** schedules and schedule: the same with and without a host. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scheduledDefinitions } from '../support/scheduled-business.ts'
import { type CommandLine, commandLine } from './command-line.ts'

const words = 'every weekday at 18:00 Europe/Berlin'

async function prepared(): Promise<CommandLine> {
  const cli = commandLine()
  const file = join(cli.dataFolder, 'business.json')
  writeFileSync(join(cli.dataFolder, 'list.csv'), 'Number;Name\n1;Ana\n2;Bo\n')
  writeFileSync(file, scheduledDefinitions(cli.dataFolder))
  await cli.run('import', file)
  return cli
}

/** Sets, shows, pauses, resumes and removes a schedule. */
async function walk(cli: CommandLine): Promise<void> {
  expect((await cli.run('schedules')).json.schedules).toMatchObject([{ integrationId: 'customers', schedule: null }])
  const set = await cli.run('schedule', 'customers', words)
  expect([set.code, set.json.scheduled.sentence, set.json.next.length]).toEqual([
    0,
    'Every weekday at 18:00 (Berlin time)',
    5,
  ])
  expect(set.json.next[0]).toMatchObject({ time: '18:00', zone: 'Europe/Berlin' })
  expect((await cli.run('schedule', 'customers')).json).toEqual(set.json)

  expect((await cli.run('schedule', 'customers', '--pause')).json.scheduled.pausedAt).toMatch(/^20/)
  expect((await cli.run('schedules', '--pause-all')).json.allPausedAt).toMatch(/^20/)
  const listed = (await cli.run('schedules')).json
  expect([listed.allPausedAt, listed.schedules[0].pausedAt]).toEqual([expect.any(String), expect.any(String)])
  expect((await cli.run('schedules', '--resume-all')).json.allPausedAt).toBeNull()
  expect((await cli.run('schedule', 'customers', '--resume')).json.scheduled.pausedAt).toBeNull()

  expect((await cli.run('export')).json.text).toContain('zone: Europe/Berlin')
  const off = await cli.run('schedule', 'customers', '--off')
  expect([off.json.scheduled.schedule, off.json.next]).toEqual([null, []])
}

describe('the commands for schedules', () => {
  it('work on a core of their own', async () => {
    await walk(await prepared())
  }, 60_000)

  it('work through a host that holds the data folder', async () => {
    const cli = await prepared()
    await cli.serve()
    await walk(cli)
  }, 60_000)

  it('tell people what is due, and what stands in the way', async () => {
    const cli = await prepared()
    await cli.run('schedule', 'customers', words)
    await cli.run('schedules', '--pause-all')
    const listed = (await cli.say('schedules')).out
    expect(listed).toMatch(
      /customers +Every weekday at 18:00 \(Berlin time\) +\w+day \d{4}-\d\d-\d\d 18:00 Europe\/Berlin +all paused/,
    )
    expect(listed).toMatch(
      /All schedules are paused since \S+: what comes due meanwhile is left out and not caught up\.\n$/,
    )
    const shown = (await cli.say('schedule', 'customers')).out
    expect(shown).toMatch(/^customers: Every weekday at 18:00 \(Berlin time\)\.\nDue: {3}\w+day \d{4}/)
    expect(shown).toContain('Next:  It starts nothing until a plan is approved: patchbay plan customers')
    const off = (await cli.say('schedule', 'customers', '--off')).out
    expect(off).toBe('customers has no schedule: it runs only when somebody starts it.\n')
  }, 60_000)

  it('say what is wrong with words they do not understand, and change nothing', async () => {
    const cli = await prepared()
    const wrong = await cli.run('schedule', 'customers', 'now and then')
    expect([wrong.code, wrong.json.error.code, wrong.json.error.kept]).toEqual([
      2,
      'schedule-invalid',
      'Nothing was saved.',
    ])
    const zone = await cli.run('schedule', 'customers', 'every day at 18:00 Berlin/Mitte')
    expect(zone.json.error.code).toBe('schedule-invalid')
    expect((await cli.run('schedule', 'nobody', words)).json.error.code).toBe('unknown-integration')
    expect((await cli.run('schedule', 'customers', '--pause')).json.error.code).toBe('no-schedule')
    for (const args of [
      ['--off', '--pause'],
      [words, '--off'],
      ['--slots', 'many'],
    ])
      expect((await cli.run('schedule', 'customers', ...args)).json.error.code).toBe('bad-option')
    expect((await cli.run('schedules', '--pause-all', '--resume-all')).json.error.code).toBe('bad-option')
    expect((await cli.run('schedules')).json.schedules[0].schedule).toBeNull()
  }, 60_000)

  it('mark a run of the command line as such', async () => {
    const cli = await prepared()
    const { json } = await cli.run('run', 'customers', '--approve')
    expect(json.run.trigger).toBe('command-line')
    expect((await cli.say('runs')).out).toContain('  command-line  finished')
  }, 60_000)
})

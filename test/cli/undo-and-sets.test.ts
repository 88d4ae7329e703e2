import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type CommandLine, commandLine } from './command-line.ts'

/** One list into two tables of a database: the legs of a fan-out. */
async function prepare(cli: CommandLine): Promise<void> {
  const list = join(cli.dataFolder, 'orders.csv')
  writeFileSync(list, 'Number;Name\n1;Ana\n2;Bo\n')
  const table = (name: string) => `${name}: { key: [number], columns: { number: {}, name: {} } }`
  const leg = (id: string) => `
  - id: to-${id}
    name: To ${id}
    legOf: { set: everything, name: Everything, pattern: fan-out }
    source: { connection: list, object: orders }
    destination: { connection: database, object: ${id} }
    match: [number]
    mapping: [{ to: number, from: Number }, { to: name, from: Name }]`
  const file = join(cli.dataFolder, 'sets.yaml')
  writeFileSync(
    file,
    `patchbay: 1
connections:
  - id: list
    name: List
    connector: files
    settings: { path: ${list}, object: orders, idColumns: [Number], stableMs: 0 }
  - id: database
    name: Database
    connector: sqlite
    settings: { path: ${join(cli.dataFolder, 'office.db')}, create: { ${table('first')}, ${table('second')} } }
integrations:${leg('first')}${leg('second')}
`,
  )
  expect((await cli.run('import', file)).code).toBe(0)
}

describe('the command line', () => {
  it('runs the legs of a set one after the other, and takes the run of one back', async () => {
    const cli = commandLine()
    await prepare(cli)
    const early = await cli.run('run', 'everything')
    expect([early.code, early.json.errors.map(({ code }: { code: string }) => code)]).toEqual([
      2,
      ['plan-first', 'plan-first'],
    ])
    const set = await cli.run('run', 'everything', '--approve')
    expect([set.code, set.json.runs.map((run: { counts: { created: number } }) => run.counts.created)]).toEqual([
      0,
      [2, 2],
    ])

    const [{ id }] = set.json.runs
    const plan = await cli.say('undo', id)
    expect([plan.code, plan.out]).toEqual([0, expect.stringContaining('2 deleted')])
    expect(plan.out).toContain('That run had made the record; it is removed.')
    const undone = await cli.run('undo', id, '--approve')
    expect([undone.code, undone.json.run.undoes, undone.json.run.counts.deleted]).toEqual([0, id, 2])
    const again = await cli.run('undo', undone.json.run.id)
    expect(again.json.plan.counts).toMatchObject({ created: 2, deleted: 0 })
    const nothing = await cli.run('undo', 'no-such-run')
    expect([nothing.code, nothing.json.error.code]).toEqual([2, 'unknown-run'])
  }, 60_000)
})

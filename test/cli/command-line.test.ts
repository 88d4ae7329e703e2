import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type CommandLine, commandLine } from './command-line.ts'

const none = { created: 0, updated: 0, unchanged: 0, deleted: 0, skipped: 0, held: 0, failed: 0 }

/** A customer list and a database, as a definitions file in YAML. */
function writeBusiness(cli: CommandLine): string {
  const list = join(cli.dataFolder, 'customers.csv')
  writeFileSync(list, 'Number;Name;E-mail\n1;Ana Ng;ANA@example.com\n2;Bo Ruiz;bo@example.com\n3;Cem Khan;nonsense\n')
  const file = join(cli.dataFolder, 'business.yaml')
  writeFileSync(
    file,
    `patchbay: 1
connections:
  - id: list
    name: Customer list
    connector: files
    settings: { path: ${list}, object: customers, idColumns: [Number], stableMs: 0 }
  - id: database
    name: Office database
    connector: sqlite
    settings:
      path: ${join(cli.dataFolder, 'office.db')}
      create: { customers: { key: [number], columns: { number: {}, name: {}, email: {} } } }
integrations:
  - id: customers
    name: Customers into the database
    source: { connection: list, object: customers }
    destination: { connection: database, object: customers }
    match: [number]
    mapping:
      - { to: number, from: Number }
      - { to: name, from: Name, steps: [trim] }
      - { to: email, from: E-mail, steps: [normalize-email] }
`,
  )
  return file
}

async function walk(cli: CommandLine): Promise<void> {
  const file = writeBusiness(cli)
  expect((await cli.run('import', file)).json.saved.map((one: { isNew: boolean }) => one.isNew)).toEqual([
    true,
    true,
    true,
  ])
  expect((await cli.run('import', file)).json.saved.map((one: { isNew: boolean }) => one.isNew)).toEqual([
    false,
    false,
    false,
  ])

  const early = await cli.run('run', 'customers')
  expect([early.code, early.json.error.code, early.json.error.next]).toEqual([
    2,
    'plan-first',
    expect.stringContaining('patchbay plan customers'),
  ])

  const planned = await cli.run('plan', 'customers')
  expect([planned.code, planned.json.plan.counts]).toEqual([0, { ...none, created: 2, failed: 1 }])
  const first = await cli.run('run', 'customers', '--plan', planned.json.plan.id)
  expect([first.code, first.json.run.counts]).toEqual([1, { ...none, created: 2, failed: 1 }])

  const again = await cli.run('run', 'customers')
  expect([again.code, again.json.run.counts]).toEqual([1, { ...none, unchanged: 2, failed: 1 }])

  const list = join(cli.dataFolder, 'customers.csv')
  writeFileSync(
    list,
    readFileSync(list, 'utf8').replace('Bo Ruiz', 'Bo Ruiz-Berg').replace('nonsense', 'cem@example.com'),
  )
  const edited = await cli.run('run', 'customers')
  expect([edited.code, edited.json.run.counts]).toEqual([0, { ...none, unchanged: 1, updated: 1, created: 1 }])
  const { records } = (await cli.run('run-log', edited.json.run.id, '--outcome', 'updated')).json
  expect(records).toMatchObject([{ before: { name: 'Bo Ruiz' }, after: { name: 'Bo Ruiz-Berg' } }])

  const shown = await cli.run('runs')
  expect(shown.json.runs).toHaveLength(3)
  expect((await cli.run('doctor')).code).toBe(0)
  expect((await cli.run('schema')).json.properties.connections.items.allOf).toHaveLength(6)
  expect((await cli.run('export')).json.text).toContain('id: customers')
}

describe('the command line', () => {
  it('goes from definitions to the second run on its own core', async () => {
    await walk(commandLine())
  }, 60_000)

  it('does the same through a host that holds the data folder', async () => {
    const cli = commandLine()
    await cli.serve()
    await walk(cli)
  }, 60_000)

  it('plans, approves and runs in one go, as people read it', async () => {
    const cli = commandLine()
    await cli.run('import', writeBusiness(cli))
    const { code, out } = await cli.say('run', 'customers', '--approve')
    expect([code, out]).toEqual([
      1,
      expect.stringMatching(/^Run \S+ of customers: finished, 3 read, 2 created, 1 failed\.\n$/),
    ])
  }, 30_000)

  it('takes a secret from standard input, never from an argument, and never shows it', async () => {
    const cli = commandLine()
    const file = join(cli.dataFolder, 'api.json')
    const settings = {
      baseUrl: 'http://127.0.0.1:9',
      auth: { kind: 'bearer' },
      objects: [{ name: 'a', label: 'A', list: { path: '/a' } }],
    }
    writeFileSync(
      file,
      JSON.stringify({ patchbay: 1, connections: [{ id: 'api', name: 'API', connector: 'rest', settings }] }),
    )
    await cli.run('import', file)
    const set = await cli.runWith('marked-s3cret-42\n', 'secret', 'set', 'api', 'token')
    const listed = await cli.run('connections')
    expect([
      set.code,
      listed.json.connections[0].secrets.find((one: { name: string }) => one.name === 'token').isSet,
    ]).toEqual([0, true])
    const exported = await cli.run('export')
    const tested = await cli.run('connections', '--test')
    expect(tested.code).toBe(3)
    for (const end of [set, listed, exported, tested]) expect(end.out + end.err).not.toContain('marked-s3cret-42')
    expect((await cli.runWith('', 'secret', 'set', 'api', 'token')).json.error.code).toBe('secret-empty')
  }, 30_000)

  it('backs up and restores, and refuses to restore under a running host', async () => {
    const cli = commandLine()
    await cli.run('import', writeBusiness(cli))
    const path = join(cli.dataFolder, 'copy', 'one.db')
    expect((await cli.run('backup', path)).json.path).toBe(path)
    await cli.run('run', 'customers', '--approve')
    expect((await cli.run('restore', path)).code).toBe(0)
    expect((await cli.run('runs')).json.runs).toEqual([])
    await cli.serve()
    const refused = await cli.run('restore', path)
    expect([refused.code, refused.json.error.code]).toEqual([2, 'host-running'])
  }, 60_000)

  it('keeps the practice company running for other commands', async () => {
    const cli = commandLine()
    const practice = await cli.stay('practice')
    const planned = await cli.run('plan', 'customers-to-crm', '--items', '0')
    expect([planned.code, planned.json.plan.counts.created]).toEqual([0, 450])
    practice.kill('SIGTERM')
    const [code] = await once(practice, 'exit')
    expect(code).toBe(0)
  }, 60_000)

  it('proposes a connection from an OpenAPI document', async () => {
    const cli = commandLine()
    const file = join(cli.dataFolder, 'openapi.json')
    const item = { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } }
    const list = {
      get: { responses: { 200: { content: { 'application/json': { schema: { type: 'array', items: item } } } } } },
    }
    writeFileSync(
      file,
      JSON.stringify({
        openapi: '3.0.3',
        info: { title: 'x', version: '1' },
        servers: [{ url: 'https://api.shop.example/v2' }],
        paths: { '/customers': list },
      }),
    )
    const { code, json } = await cli.run('connections', '--from-openapi', file, '--id', 'shop')
    expect([code, json.text]).toEqual([0, expect.stringContaining('baseUrl: https://api.shop.example/v2')])
    const proposal = join(cli.dataFolder, 'shop.yaml')
    writeFileSync(proposal, json.text)
    expect((await cli.run('import', proposal)).code).toBe(0)
  }, 30_000)

  it('names a port that another program has, and starts on another one when none was asked for', async () => {
    const other = createServer()
    other.listen(0, '127.0.0.1')
    await once(other, 'listening')
    onTestFinished(() => void other.close())
    const { port } = other.address() as AddressInfo
    const taken = await commandLine().run('serve', '--port', String(port))
    expect([taken.code, taken.json.error.code]).toEqual([2, 'port-in-use'])
    expect(taken.json.error.message).toBe(`Port ${port} is already used by another program.`)
    await commandLine().serve()
  }, 30_000)

  it('ends with 2 and names the mistake for wrong use', async () => {
    const cli = commandLine()
    expect((await cli.run('nonsense')).code).toBe(2)
    expect((await cli.run('run')).code).toBe(2)
    expect((await cli.run('run', 'unknown')).json.error.code).toBe('unknown-integration')
    expect((await cli.run('runs', '--limit', 'many')).json.error.code).toBe('bad-option')
  }, 30_000)
})

/**
 * Plants marked secrets, drives every path that meets them, failing ones too, and searches everything that was written
 * or handed out: all files of the data folder (database, its log, backups, connector state), log lines, answers, errors.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contract, type ProcedureName } from '#shared/contract/contract.ts'
import { errorInfoOf } from '#shared/errors.ts'
import { type CoreBench, coreBench } from '../support/core-bench.ts'
import { startService } from '../support/services/start-service.ts'
import { tempFolder } from '../support/temp-folder.ts'

const mark = 'marked-s3cret/with+signs="7f9c"'

/** The mark as it could stand in a file: plain, in JSON, in an address, in base64 at every offset. */
const forms = [
  mark,
  JSON.stringify(mark).slice(1, -1),
  encodeURIComponent(mark),
  ...[0, 1, 2].map((offset) =>
    Buffer.from(`${'x'.repeat(offset)}${mark}`)
      .toString('base64')
      .slice(4, -4),
  ),
  Buffer.from(mark).toString('hex'),
]

function findingsIn(places: ReadonlyMap<string, string>): readonly string[] {
  return [...places].filter(([, text]) => forms.some((form) => text.includes(form))).map(([name]) => name)
}

function filesOf(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files.map((file) => [join(file.parentPath, file.name), readFileSync(join(file.parentPath, file.name), 'latin1')]),
  )
}

/** Calls and keeps what came back, as the dispatch would let it out: answers as they are, errors redacted. */
async function seen<N extends ProcedureName>(
  bench: CoreBench,
  places: Map<string, string>,
  name: N,
  input: Parameters<typeof bench.call<N>>[1],
): Promise<void> {
  const answer = await bench.call(name, input).catch((thrown: unknown) => errorOf(bench, thrown))
  places.set(`${name} ${places.size}`, JSON.stringify(answer))
}

function errorOf(bench: CoreBench, thrown: unknown): unknown {
  return { error: bench.core.redactor.error(errorInfoOf(thrown)) }
}

describe('a secret', () => {
  it('stands nowhere in clear, whatever is done with it', async () => {
    const service = await startService('ugly', {})
    const logged: string[] = []
    const bench = await coreBench({ dataFolder: tempFolder(), log: (line) => logged.push(line) })
    const places = new Map<string, string>()
    const object = (name: string, path: string) => ({ name, label: name, list: { path, recordsAt: 'data' } })
    const objects = [
      object('good', '/ok'),
      object('refused', '/status/401'),
      object('echo', '/headers'),
      object('html', '/html'),
      object('broken', '/truncated'),
    ]
    const auths = [
      { kind: 'bearer' },
      { kind: 'basic', username: 'ann' },
      { kind: 'header', header: 'X-Key' },
      { kind: 'query', parameter: 'key' },
    ]
    const fields = ['token', 'password', 'key', 'key']
    const connections = auths.map((auth, index) => ({
      id: `c${index}`,
      name: 'C',
      connector: 'rest',
      environment: 'practice',
      settings: { baseUrl: service.url, auth, objects },
    }))
    const database = {
      id: 'database',
      name: 'D',
      connector: 'sqlite',
      environment: 'practice',
      settings: { path: join(bench.dataFolder, 'd.db'), create: { t: { key: ['id'], columns: { id: {}, name: {} } } } },
    }
    const integrations = connections.flatMap(({ id }) =>
      objects.map(({ name }) => ({
        id: `${id}-${name}`,
        name,
        source: { connection: id, object: name },
        destination: { connection: 'database', object: 't' },
        match: ['id'],
        mapping: [
          { to: 'id', from: 'id' },
          { to: 'name', from: 'name' },
        ],
      })),
    )
    await bench.call('definitions.import', {
      text: JSON.stringify({ patchbay: 1, connections: [...connections, database], integrations }),
      fileName: 'x.json',
    })
    for (const [index, field] of fields.entries()) {
      await seen(bench, places, 'connections.set-secret', { connectionId: `c${index}`, field, value: mark })
      await seen(bench, places, 'connections.test', { connectionId: `c${index}` })
      await seen(bench, places, 'connections.objects', { connectionId: `c${index}` })
    }
    for (const { id } of integrations) {
      const plan = await bench
        .plan(id)
        .catch((thrown: unknown) => errorOf(bench, thrown) as { state?: undefined; id: '' })
      places.set(`plan ${id}`, JSON.stringify(plan))
      if (plan.state !== 'ready') continue
      const run = await bench.approve(plan.id)
      places.set(`run ${id}`, JSON.stringify([run, await bench.records(run.id)]))
    }
    await seen(bench, places, 'backups.make', {})
    for (const name of [
      'connections.list',
      'integrations.list',
      'definitions.export',
      'definitions.schema',
      'runs.list',
      'system.status',
      'system.doctor',
    ] as const)
      await seen(bench, places, name, {})
    await bench.stop()
    await service.stop()
    places.set('log', logged.join('\n'))
    for (const [name, text] of filesOf(bench.dataFolder)) places.set(name, text)
    expect(places.size).toBeGreaterThan(40)
    expect(findingsIn(places)).toEqual([])
  }, 120_000)

  it('is found by this search when it does stand somewhere (the twin)', () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'plain.log'), `sent with ${mark}`)
    writeFileSync(join(folder, 'header.bin'), `Basic ${Buffer.from(`ann:${mark}`).toString('base64')}`)
    writeFileSync(join(folder, 'clean.txt'), 'nothing here')
    expect(
      findingsIn(filesOf(folder))
        .map((path) => path.slice(folder.length + 1))
        .sort(),
    ).toEqual(['header.bin', 'plain.log'])
  })

  it('cannot be read through any procedure: none answers with it', () => {
    const outputs = Object.entries(contract).map(
      ([name, procedure]) =>
        [name, JSON.stringify(procedure.output.toJSONSchema?.({ unrepresentable: 'any' }) ?? {})] as const,
    )
    expect(
      outputs.filter(([, schema]) => /"(token|password|secret|passphrase)"/i.test(schema)).map(([name]) => name),
    ).toEqual([])
  })
})

/** What the editor of the window does to definitions, through the whole core. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { type CoreBench, coreBench } from '#test/support/core-bench.ts'

const list = 'Number;Name;E-mail\n1;Ana;ana@example.com\n2;Bo;bo@example.com\n'
const rows = [
  { to: 'number', from: 'Number' },
  { to: 'name', from: 'Name' },
]

const integration = (more: object = {}) => ({
  id: 'list-to-db',
  name: 'List into the database',
  source: { connection: 'list', object: 'rows' },
  destination: { connection: 'db', object: 'customers' },
  match: ['number'],
  mapping: rows,
  ...more,
})

async function bench(): Promise<CoreBench> {
  const made = await coreBench()
  const { dataFolder } = made
  writeFileSync(join(dataFolder, 'list.csv'), list)
  const save = (id: string, connector: string, settings: object) =>
    made.call('connections.save', {
      definition: { id, name: id, connector, environment: 'practice', settings: settings as never },
      expectedVersion: null,
    })
  const path = join(dataFolder, 'list.csv')
  await save('list', 'files', { path, object: 'rows', idColumns: ['Number'], stableMs: 0 })
  const columns = { number: { required: true }, name: {}, email: {} }
  await save('db', 'sqlite', {
    path: join(dataFolder, 'db.sqlite'),
    create: { customers: { key: ['number'], columns } },
  })
  return made
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  return thrown instanceof AppError ? thrown.code : 'nothing was thrown'
}

describe('a connection in the window', () => {
  it('is saved as a version, shows its settings without secrets, and is read for samples', async () => {
    const { call } = await bench()
    const one = await call('connections.get', { connectionId: 'list' })
    expect([one.version, one.settings.object]).toEqual([1, 'rows'])
    const { samples, hasMore } = await call('connections.samples', { connectionId: 'list', object: 'rows', limit: 1 })
    expect([samples.map(({ values }) => values.Name), hasMore]).toEqual([['Ana'], true])
  })

  it('names the setting that is wrong, and saves nothing', async () => {
    const { call } = await bench()
    const definition = { id: 'bad', name: 'Bad', connector: 'files', environment: 'practice', settings: { pth: 'x' } }
    const saving = call('connections.save', { definition: definition as never, expectedVersion: null })
    await expect(saving).rejects.toMatchObject({
      info: { code: 'definition-invalid', details: { place: 'settings.pth' } },
    })
    expect((await call('connections.list', {})).connections.map(({ id }) => id)).toEqual(['db', 'list'])
  })

  it('is removed with its secrets only when the person was told what stops', async () => {
    const { call } = await bench()
    await call('integrations.save', { definition: integration(), expectedVersion: null })
    expect(await codeOf(call('connections.remove', { connectionId: 'list', stops: [] }))).toBe('stops-others')
    await call('connections.remove', { connectionId: 'list', stops: ['list-to-db'] })
    expect(await codeOf(call('connections.get', { connectionId: 'list' }))).toBe('unknown-connection')
    expect(await codeOf(call('plans.make', { integrationId: 'list-to-db' }))).toBe('unknown-connection')
  })

  it('describes every connector with a form', async () => {
    const { call } = await bench()
    const { connectors } = await call('connectors.list', {})
    expect(connectors.map(({ id }) => id)).toContain('rest')
    for (const { settings } of connectors) expect(settings.type).toBe('object')
  })
})

describe('an integration in the window', () => {
  it('is saved in versions; a version somebody else saved meanwhile is not overwritten', async () => {
    const { call } = await bench()
    const first = await call('integrations.save', { definition: integration(), expectedVersion: null })
    const mine = call('integrations.save', {
      definition: integration({ name: 'Mine' }),
      expectedVersion: first.version,
    })
    expect(await mine).toEqual({ version: 2, isNew: true })
    const theirs = call('integrations.save', { definition: integration({ name: 'Late' }), expectedVersion: 1 })
    await expect(theirs).rejects.toMatchObject({ info: { code: 'changed-meanwhile', details: { savedVersion: 2 } } })
    const { definition, newestVersion } = await call('integrations.definition', { integrationId: 'list-to-db' })
    expect([definition.name, newestVersion]).toEqual(['Mine', 2])
    const old = await call('integrations.definition', { integrationId: 'list-to-db', version: 1 })
    expect(old.definition.name).toBe('List into the database')
  })

  it('says where a definition is wrong', async () => {
    const { call } = await bench()
    const definition = integration({ mapping: [rows[0], { to: 'name', from: 'Name', steps: [{ case: 'loud' }] }] })
    const saving = call('integrations.save', { definition, expectedVersion: null })
    await expect(saving).rejects.toMatchObject({ info: { details: { place: 'mapping.1.steps.0.case' } } })
  })

  it('is saved with a required field unmapped, planned, but not approved', async () => {
    const made = await bench()
    const { call } = made
    await call('integrations.save', {
      definition: integration({ match: [], mapping: [{ to: 'name', from: 'Name' }] }),
      expectedVersion: null,
    })
    const plan = await made.plan('list-to-db')
    const approving = call('plans.approve', { planId: plan.id })
    await expect(approving).rejects.toMatchObject({
      info: { code: 'required-unmapped', details: { fields: 'number' } },
    })
  })

  it('runs on after a new name, but waits for a new plan after a change of what it does', async () => {
    const made = await bench()
    const { call } = made
    await call('integrations.save', { definition: integration(), expectedVersion: null })
    await made.approve((await made.plan('list-to-db')).id)
    await call('integrations.save', { definition: integration({ name: 'Renamed' }), expectedVersion: 1 })
    const run = await made.run('list-to-db')
    expect([run.state, run.counts.unchanged]).toEqual(['finished', 2])

    const mapping = [...rows, { to: 'email', from: 'E-mail' }]
    await call('integrations.save', { definition: integration({ name: 'Renamed', mapping }), expectedVersion: 2 })
    const view = await call('integrations.get', { integrationId: 'list-to-db' })
    expect([view.isApproved, view.isChangedSinceApproval]).toEqual([false, true])
    expect(await codeOf(call('runs.start', { integrationId: 'list-to-db' }))).toBe('plan-first')

    await made.approve((await made.plan('list-to-db')).id)
    expect((await call('integrations.get', { integrationId: 'list-to-db' })).isApproved).toBe(true)
    // Back to what was approved before the last approval: another content than the approved one.
    await call('integrations.save', { definition: integration({ name: 'Renamed' }), expectedVersion: 3 })
    expect(await codeOf(call('runs.start', { integrationId: 'list-to-db' }))).toBe('plan-first')
  })

  it('is removed, and its versions stay', async () => {
    const { call } = await bench()
    await call('integrations.save', { definition: integration(), expectedVersion: null })
    await call('integrations.remove', { integrationId: 'list-to-db' })
    expect((await call('integrations.list', {})).integrations).toEqual([])
    const again = await call('integrations.save', { definition: integration(), expectedVersion: null })
    expect(again.version).toBe(2)
  })
})

describe('the mapping editor', () => {
  it('gets every step with its options as JSON Schema', async () => {
    const { steps } = await (await bench()).call('mapping.steps', {})
    const byName = new Map(steps.map((step) => [step.name, step]))
    expect(byName.get('trim')).toMatchObject({ isBare: true, description: expect.stringContaining('spaces') })
    expect(byName.get('case')?.options).toMatchObject({ enum: ['upper', 'lower', 'title', 'name'] })
    expect(byName.get('fallback')?.options.$defs).toBeDefined()
  })

  it('gets answers for its preview, and the place of a mistake in a calculation', async () => {
    const { call } = await bench()
    const { answers } = await call('mapping.answers', {
      sourceConnection: 'list',
      destinationConnection: 'db',
      questions: [
        { kind: 'calculate', expression: 'value * 2', input: { value: 21 } },
        { kind: 'link', object: 'rows', externalId: '1' },
      ],
    })
    expect(answers).toEqual([
      { found: true, value: 42 },
      { found: false, reason: 'rows 1 is not linked yet.' },
    ])
    const { problem } = await call('mapping.check-calculation', { expression: 'value + ' })
    expect(problem?.position).toBe(8)
    expect((await call('mapping.check-calculation', { expression: 'value + 1' })).problem).toBeNull()
  })
})

describe('the causes of a run', () => {
  it('are what is held or failed, grouped, with the records of each', async () => {
    const made = await bench()
    const { call, dataFolder } = made
    writeFileSync(join(dataFolder, 'list.csv'), `${list}3;;no\n4;;no\n5;Eve;also no\n`)
    const mapping = [
      { to: 'number', from: 'Number' },
      { to: 'name', from: 'Name', required: true },
      { to: 'email', from: 'E-mail', steps: ['normalize-email'] },
    ]
    await call('integrations.save', { definition: integration({ mapping }), expectedVersion: null })
    const plan = await made.plan('list-to-db')
    expect((await call('plans.items', { planId: plan.id, search: 'ana@' })).items).toHaveLength(0)
    expect((await call('plans.items', { planId: plan.id, search: '1' })).items).toHaveLength(1)
    const run = await made.approve(plan.id)
    const { causes } = await call('runs.causes', { runId: run.id })
    expect(causes.map(({ outcome, field, count }) => [outcome, field, count])).toEqual([
      ['failed', 'Name', 2],
      ['failed', 'E-mail', 1],
    ])
    const cause = causes[0]?.code ?? ''
    const ofCause = await call('runs.records', { runId: run.id, outcome: 'failed', cause, field: 'Name' })
    expect(ofCause.records.map(({ sourceId }) => sourceId)).toEqual(['3', '4'])
  })
})

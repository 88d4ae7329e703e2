/**
 * The table of bad input: for each case what a person is told, how the command line ends, and what was kept. Files,
 * services and the destination are real; `npm test -- bad-input` prints the table.
 */
import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { makeWorkbook } from '#main/connectors/files/testing/make-workbook.ts'
import { exitCodeOfError, exitCodeOfRun } from '#main/headless/cli/exit-code.ts'
import { AppError, type ErrorInfo, errorInfoOf } from '#shared/errors.ts'
import { type CoreBench, coreBench } from '../support/core-bench.ts'
import { startService } from '../support/services/start-service.ts'
import { tempFolder } from '../support/temp-folder.ts'

interface Told {
  readonly code: string
  readonly exit: number
  readonly message: string
  readonly kept: string
}

const table: (Told & { readonly name: string })[] = []

afterAll(() => {
  for (const row of table) console.log(`| ${row.name} | ${row.code} | ${row.exit} | ${row.message} | ${row.kept} |`)
})

const good = 'Number;Name;E-mail\n1;Ana;ana@example.com\n2;Bo;bo@example.com\n'
const rows = [
  { to: 'number', from: 'Number' },
  { to: 'name', from: 'Name' },
  { to: 'email', from: 'E-mail', steps: ['normalize-email'] },
]

interface Case {
  readonly bytes?: string | Buffer
  readonly fileName?: string
  readonly settings?: object
  readonly mapping?: readonly object[]
  readonly match?: readonly string[]
}

function definitionsOf(folder: string, connection: object, one: Case, source: string): string {
  const columns = { number: {}, name: {}, email: {} }
  return JSON.stringify({
    patchbay: 1,
    connections: [
      { id: 'source', name: 'Source', environment: 'practice', ...connection },
      {
        id: 'database',
        name: 'Database',
        connector: 'sqlite',
        environment: 'practice',
        settings: { path: join(folder, 'destination.db'), create: { customers: { key: ['number'], columns } } },
      },
    ],
    integrations: [
      {
        id: 'case',
        name: 'Case',
        source: { connection: 'source', object: source },
        destination: { connection: 'database', object: 'customers' },
        match: one.match ?? ['number'],
        mapping: one.mapping ?? rows,
      },
    ],
  })
}

/** Imports, plans, approves: what a person is told at the first thing that goes wrong. */
async function tellOf(bench: CoreBench, definitions: string): Promise<Told> {
  try {
    await bench.call('definitions.import', { text: definitions, fileName: 'case.json' })
    const plan = await bench.plan('case')
    if (plan.error) return fromError(plan.error)
    const run = await bench.approve(plan.id)
    if (run.error) return fromError(run.error)
    const bad = (await bench.records(run.id)).find((record) => record.outcome === 'failed' || record.outcome === 'held')
    const { created, failed, held } = run.counts
    return {
      code: bad?.reason?.code ?? 'none',
      exit: exitCodeOfRun(run),
      message: bad?.reason?.message ?? '',
      kept: `${created} written, ${failed + held} wait`,
    }
  } catch (thrown) {
    if (thrown instanceof AppError) return fromError(thrown.info)
    throw thrown
  }
}

function fromError(error: ErrorInfo): Told {
  return {
    code: error.code,
    exit: exitCodeOfError(error),
    message: error.message,
    kept: error.kept ?? 'nothing was written',
  }
}

function note(name: string, told: Told): Told {
  table.push({ name, ...told })
  expect(told.message.length).toBeGreaterThan(10)
  return told
}

const inFile = (folder: string, one: Case): object => ({
  connector: 'files',
  settings: {
    path: join(folder, one.fileName ?? 'list.csv'),
    object: 'rows',
    idColumns: ['Number'],
    stableMs: 0,
    ...one.settings,
  },
})

describe('a bad file', () => {
  const cases: readonly (readonly [string, Case, readonly [string, number]])[] = [
    ['ragged rows', { bytes: `${good}3;Cem\n4;Dee;dee@example.com;more\n` }, ['ragged-row', 1]],
    [
      'declared encoding is wrong',
      {
        bytes: Buffer.from('Number;Name;E-mail\n1;Jos\xe9;jose@example.com\n', 'latin1'),
        settings: { encoding: 'utf-8' },
      },
      ['wrong-encoding', 1],
    ],
    ['empty file', { bytes: '' }, ['file-empty', 1]],
    ['a quote never closed', { bytes: `${good}3;"Cem;cem@example.com\n` }, ['quote-not-closed', 1]],
    ['the file is missing', {}, ['file-missing', 2]],
    ['a column disappeared', { bytes: 'Number;Name\n1;Ana\n' }, ['source-field-gone', 2]],
    ['duplicate ids in the source', { bytes: `${good}2;Bo again;bo2@example.com\n` }, ['id-duplicate', 1]],
    [
      'duplicate match keys in the source',
      { bytes: `${good}3;Ana too;ana@example.com\n`, match: ['email'] },
      ['duplicate-key', 1],
    ],
    [
      'a password-protected workbook',
      { bytes: Buffer.from('d0cf11e0a1b11ae1', 'hex'), fileName: 'list.xlsx' },
      ['workbook-protected', 1],
    ],
    ['a damaged workbook', { bytes: 'PK\u0003\u0004 not really', fileName: 'list.xlsx' }, ['workbook-damaged', 1]],
  ]
  for (const [name, one, expected] of cases) {
    it(`${name}: ${expected[0]}`, async () => {
      const folder = tempFolder()
      if (one.bytes !== undefined) writeFileSync(join(folder, one.fileName ?? 'list.csv'), one.bytes)
      const told = note(
        name,
        await tellOf(await coreBench({ dataFolder: folder }), definitionsOf(folder, inFile(folder, one), one, 'rows')),
      )
      expect([told.code, told.exit]).toEqual(expected)
    }, 30_000)
  }

  it('open in a spreadsheet program: file-open-elsewhere', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'list.csv'), good)
    copyFileSync(join(folder, 'list.csv'), join(folder, '.~lock.list.csv#'))
    const told = note(
      'open in a spreadsheet program',
      await tellOf(
        await coreBench({ dataFolder: folder }),
        definitionsOf(folder, inFile(folder, { settings: { maxWaitMs: 0 } }), {}, 'rows'),
      ),
    )
    expect([told.code, told.exit]).toEqual(['file-open-elsewhere', 3])
  }, 30_000)

  it('a workbook with merged cells: the merged rows wait, the others are written', async () => {
    const folder = tempFolder()
    const sheet = `<sheetData>
      <row r="1"><c r="A1" t="inlineStr"><is><t>Number</t></is></c><c r="B1" t="inlineStr"><is><t>Name</t></is></c><c r="C1" t="inlineStr"><is><t>E-mail</t></is></c></row>
      <row r="2"><c r="A2" t="inlineStr"><is><t>1</t></is></c><c r="B2" t="inlineStr"><is><t>Ana</t></is></c><c r="C2" t="inlineStr"><is><t>ana@example.com</t></is></c></row>
      <row r="3"><c r="A3" t="inlineStr"><is><t>2</t></is></c><c r="B3" t="inlineStr"><is><t>Bo</t></is></c></row>
      </sheetData><mergeCells count="1"><mergeCell ref="B3:C3"/></mergeCells>`
    await makeWorkbook(join(folder, 'list.xlsx'), { sheet })
    const one = { fileName: 'list.xlsx' }
    const told = note(
      'a workbook with merged cells',
      await tellOf(await coreBench({ dataFolder: folder }), definitionsOf(folder, inFile(folder, one), one, 'rows')),
    )
    expect([told.code, told.exit, told.kept]).toEqual(['merged-cells', 1, '1 written, 1 wait'])
  }, 30_000)
})

describe('a bad service', () => {
  const cases: readonly (readonly [string, string, readonly [string, number]])[] = [
    ['HTML instead of JSON', '/html', ['answer-not-json', 1]],
    ['truncated JSON', '/truncated', ['answer-not-json', 1]],
    ['a repeated page token', '/same-token', ['paging-loop', 1]],
    ['the same page again', '/same-page', ['paging-loop', 1]],
    ['ever new pages without end', '/endless', ['paging-loop', 1]],
    ['401', '/status/401', ['not-authorized', 2]],
    ['403', '/status/403', ['not-allowed', 2]],
    ['404', '/status/404', ['list-not-found', 2]],
    ['409', '/status/409', ['conflict', 2]],
    ['413', '/status/413', ['request-too-large', 1]],
    ['422', '/status/422', ['values-refused', 1]],
    ['429 with a long pause', '/status/429?retry-after=3600', ['rate-limited', 3]],
    ['503', '/status/503', ['service-unavailable', 3]],
    ['connection reset', '/reset', ['network-reset', 3]],
    ['reset in the middle of the answer', '/reset-mid-body', ['network-reset', 3]],
    ['a timeout', '/slow', ['network-answer-timeout', 3]],
    ['wrong types', '/wrong-types', ['wrong-type', 1]],
    ['a declared field is missing everywhere', '/missing-field', ['field-missing', 1]],
    ['an answer without end', '/huge', ['network-too-large', 1]],
    ['a redirect to another host', '/elsewhere', ['redirect-elsewhere', 2]],
  ]
  for (const [name, path, expected] of cases) {
    it(`${name}: ${expected[0]}`, async () => {
      const service = await startService('ugly', { elsewhere: 'http://127.0.0.2:9' })
      const folder = tempFolder()
      const [listPath = '', query] = path.split('?')
      const object = {
        name: 'rows',
        label: 'Rows',
        fields: [{ name: 'id' }, { name: 'name', type: 'text' }, { name: 'email', type: 'text' }].map((field) => ({
          type: 'text',
          ...field,
        })),
        list: {
          path: listPath,
          recordsAt: 'data',
          maxPages: 200,
          paging: { kind: 'cursor', parameter: 'cursor', tokenAt: 'next' },
          ...(query === undefined ? {} : { query: Object.fromEntries(new URLSearchParams(query)) }),
        },
      }
      const connection = { connector: 'rest', settings: { baseUrl: service.url, timeoutMs: 1000, objects: [object] } }
      const mapping = [
        { to: 'number', from: 'id' },
        { to: 'name', from: 'name' },
        { to: 'email', from: 'email' },
      ]
      const told = note(
        name,
        await tellOf(await coreBench({ dataFolder: folder }), definitionsOf(folder, connection, { mapping }, 'rows')),
      )
      await service.stop()
      expect([told.code, told.exit]).toEqual(expected)
    }, 60_000)
  }
})

describe('a bad definition', () => {
  const cases: readonly (readonly [string, object, readonly [string, number, string]])[] = [
    [
      'an unknown field in the file',
      { mapping: [{ to: 'number', form: 'Number' }] },
      ['definitions-invalid', 2, 'line'],
    ],
    [
      'a regular expression that explodes',
      { mapping: [...rows, { to: 'x', from: 'Name', steps: [{ extract: { pattern: '(a+)+$(?=b)' } }] }] },
      ['definitions-invalid', 2, 'pattern'],
    ],
    [
      'a calculation that cannot be read',
      { mapping: [...rows, { to: 'x', from: 'Name', steps: [{ calculate: '1 +' }] }] },
      ['definitions-invalid', 2, 'calculation'],
    ],
  ]
  for (const [name, one, [code, exit, words]] of cases) {
    it(`${name}: ${code}`, async () => {
      const folder = tempFolder()
      writeFileSync(join(folder, 'list.csv'), good)
      const told = note(
        name,
        await tellOf(await coreBench({ dataFolder: folder }), definitionsOf(folder, inFile(folder, {}), one, 'rows')),
      )
      expect([told.code, told.exit, told.message]).toEqual([code, exit, expect.stringContaining(words)])
    })
  }

  it('a calculation that never ends parks its record only', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'list.csv'), good)
    const calculate = 'value = "Ana" ? ($f := function($n) { $f($n + 1) }; $f(0)) : value'
    const mapping = [rows[0] ?? {}, { to: 'name', from: 'Name', steps: [{ calculate }] }, rows[2] ?? {}]
    const told = note(
      'a calculation that never ends',
      await tellOf(
        await coreBench({ dataFolder: folder }),
        definitionsOf(folder, inFile(folder, {}), { mapping }, 'rows'),
      ),
    )
    expect([told.exit, told.kept]).toEqual([1, '1 written, 1 wait'])
  }, 60_000)
})

describe('a bad disk or database', () => {
  it('a destination that is locked by another program: the plan stays ready and runs later', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'list.csv'), good)
    const bench = await coreBench({ dataFolder: folder })
    await bench.call('definitions.import', {
      text: definitionsOf(folder, inFile(folder, {}), {}, 'rows'),
      fileName: 'x.json',
    })
    const plan = await bench.plan('case')
    const other = new Database(join(folder, 'destination.db'))
    other.exec('begin exclusive')
    const refused = await bench.approve(plan.id).catch((thrown: unknown) => thrown)
    other.close()
    const told = note('the destination is locked', fromError(errorInfoOf(refused)))
    expect([told.code, told.exit]).toEqual(['database-locked', 3])
    const run = await bench.approve(plan.id)
    expect([run.state, run.counts.created]).toEqual(['finished', 2])
  }, 60_000)
})

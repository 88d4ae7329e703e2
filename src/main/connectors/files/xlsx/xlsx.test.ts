/** Workbooks as they occur: typed cells, dates, merges, damage, bombs. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { makeWorkbook, type WorkbookParts } from '../testing/make-workbook.ts'
import { openFiles, quiet, readAll, temporaryFolder } from '../testing/open-files.ts'
import { numberKind } from './number-format.ts'
import { serialOf, serialText } from './serial-dates.ts'

const folder = await temporaryFolder()
afterAll(folder.remove)
let count = 0

async function bookOf(parts: WorkbookParts): Promise<string> {
  count += 1
  const path = join(folder.path, `b${count}.xlsx`)
  await makeWorkbook(path, parts)
  return path
}

const text = (value: string): string => `<c t="inlineStr"><is><t>${value}</t></is></c>`
const headerOf = (...names: string[]): string => `<row r="1">${names.map(text).join('')}</row>`

async function rowsOf(path: string, settings: Record<string, unknown> = {}) {
  const records = await readAll(await openFiles({ path, object: 'rows', ...settings }))
  return records.map(({ values, issues }) => ({
    values: Object.values(values).slice(0, -1),
    ...(issues ? { issues: issues.map((issue) => `${issue.code} ${issue.field}`) } : {}),
  }))
}

async function codeOf(path: string, settings: Record<string, unknown> = {}): Promise<string> {
  const thrown = await rowsOf(path, settings).then(
    () => undefined,
    (error: unknown) => error,
  )
  return thrown instanceof AppError ? thrown.code : `no AppError: ${String(thrown)}`
}

describe('cells', () => {
  test('become values of their type', async () => {
    const sheet = `<sheetData>${headerOf('a', 'b', 'c', 'd', 'e', 'f')}
      <row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c s="1"><v>45000</v></c><c s="6"><v>45000.5</v></c><c t="b"><v>1</v></c><c><v>19.989999999999998</v></c></row>
      <row r="5"><c r="F5"><v>0.30000000000000004</v></c><c r="B5" t="str"><f>"a"</f><v>ab</v></c><c r="C5" s="2"><v>1</v></c><c r="D5" s="5"><v>1.5</v></c><c r="E5" s="7"><v>0.4375</v></c></row>
      <row><c t="inlineStr"><is><r><t>in </t></r><r><t>rich</t></r><rPh sb="0" eb="1"><t>NO</t></rPh></is></c><c t="d"><v>2024-02-03T00:00:00Z</v></c><c s="3"><v>7</v></c><c s="4"><v>12345678901234567890</v></c></row></sheetData>`
    const path = await bookOf({
      sheet,
      strings: [
        '<r><t>rich </t></r><r><t>text</t></r><rPh sb="0" eb="1"><t>NO</t></rPh>',
        '<t>line_x000D_ _x005F_x0041_</t>',
      ],
    })
    expect((await rowsOf(path)).map((row) => row.values)).toEqual([
      ['rich text', 'line\r _x0041_', '2023-03-15', '2023-03-15T12:00:00', true, 19.99],
      [null, 'ab', '1900-01-01', '36:00:00', '10:30:00', 0.3],
      ['in rich', '2024-02-03', 7, '12345678901234567890', null, null],
    ])
  })

  test('that cannot be used park their row', async () => {
    const sheet = `<sheetData>${headerOf('a', 'b', 'c')}<row><c t="e"><v>#N/A</v></c><c><f>A1</f></c><c s="1"><v>60</v></c><c><v>5</v></c></row><row><c t="s"><v>99</v></c><c s="1"><v>-4</v></c><c><v>x</v></c></row></sheetData>`
    expect((await rowsOf(await bookOf({ sheet }))).map((row) => row.issues)).toEqual([
      ['error-cell a', 'formula-without-value b', 'impossible-date c', 'beyond-header '],
      ['damaged-cell a', 'impossible-date b', 'damaged-cell c'],
    ])
  })

  test('of columns give the column its type', async () => {
    const sheet = `<sheetData>${headerOf('n', 'd', 'x')}<row><c><v>1</v></c><c s="1"><v>45000</v></c><c><v>1</v></c></row><row><c><v>2.5</v></c><c s="1"><v>45001</v></c>${text('two')}</row></sheetData>`
    const [description] = await (await openFiles({ path: await bookOf({ sheet }) })).describe(quiet())
    expect(description?.fields.map((field) => field.type)).toEqual(['number', 'date', 'any', 'text'])
  })
})

describe('merged cells', () => {
  const sheet = `<sheetData>${headerOf('a', 'b', 'c')}<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>9</v></c></row><row r="3"><c r="B3"><v>8</v></c></row><row r="4"><c r="A4"><v>3</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="B1:C1"/></mergeCells>`

  test('park their rows and are named', async () => {
    const path = await bookOf({ sheet })
    expect(await rowsOf(path)).toEqual([
      { values: [1, 9, null], issues: ['merged-cells a'] },
      { values: [null, 8, null], issues: ['merged-cells a'] },
      { values: [3, null, null] },
    ])
    const [description] = await (await openFiles({ path })).describe(quiet())
    expect(description?.notes?.slice(0, 2).map((note) => note.slice(0, 40))).toEqual([
      'Merged cells in the header: B1:C1. Only ',
      'Merged cells among the rows: A2:A3. Thei',
    ])
  })

  test('are filled where the settings say so', async () => {
    expect((await rowsOf(await bookOf({ sheet }), { merged: 'fill' })).map((row) => row.values[0])).toEqual([1, 1, 3])
  })
})

describe('dates', () => {
  test('follow both systems and the day that never was', () => {
    expect([
      serialText(59, 'date', false),
      serialText(60, 'date', false),
      serialText(61, 'date', false),
      serialText(0, 'date', true),
    ]).toEqual(['1900-02-28', undefined, '1900-03-01', '1904-01-01'])
    expect([
      serialOf('1900-03-01'),
      serialOf('1900-02-28'),
      serialOf('2026-02-30'),
      serialText(serialOf('2026-03-01') ?? 0, 'date', false),
    ]).toEqual([61, undefined, undefined, '2026-03-01'])
  })

  test('are told from numbers by their format alone', () => {
    const kinds = [
      '0.00',
      '"day" 0',
      '[Red]0',
      'yyyy\\-mm',
      'd.m.yy h:mm',
      '[h]:mm',
      'mm:ss',
      'General',
      '[$-407]d. mmmm yyyy',
      '#,##0 "m"',
      'h:mm AM/PM',
    ].map((code) => numberKind(164, code))
    expect(kinds).toEqual([
      'number',
      'number',
      'number',
      'date',
      'date-time',
      'duration',
      'time',
      'number',
      'date',
      'number',
      'time',
    ])
  })

  test('of the 1904 system are read as such', async () => {
    const path = await bookOf({
      is1904: true,
      sheet: `<sheetData>${headerOf('d')}<row><c s="1"><v>1</v></c></row></sheetData>`,
    })
    expect((await rowsOf(path))[0]?.values).toEqual(['1904-01-02'])
  })
})

describe('what is refused', () => {
  test('is told apart', async () => {
    const write = async (name: string, bytes: Buffer): Promise<string> => {
      await writeFile(join(folder.path, name), bytes)
      return join(folder.path, name)
    }
    const good = await bookOf({
      sheet: `<sheetData>${headerOf('a')}${'<row><c><v>123456</v></c></row>'.repeat(2000)}</sheetData>`,
    })
    const bytes = await readFile(good)
    const settings = { format: 'xlsx' }
    expect(await codeOf(await write('e.xlsx', Buffer.alloc(0)))).toBe('workbook-empty')
    expect(await codeOf(await write('o.xlsx', Buffer.from('d0cf11e0a1b11ae1'.padEnd(64, '0'), 'hex')))).toBe(
      'workbook-protected',
    )
    expect(await codeOf(await write('t.xlsx', Buffer.from('name;mail\n')))).toBe('workbook-not-a-workbook')
    expect(await codeOf(await write('cut.xlsx', bytes.subarray(0, bytes.length >> 1)), settings)).toBe(
      'workbook-damaged',
    )
    expect(await codeOf(good, { sheet: 'Nope' })).toBe('workbook-sheet-missing')
    expect(await codeOf(await bookOf({ sheet: '<sheetData/>' }))).toBe('header-missing')
    expect(await codeOf(await bookOf({ sheet: '<sheetData><row><c><v>1</v></c></row>' }))).toBe('workbook-damaged')
    expect(
      await codeOf(
        await bookOf({ sheet: `<sheetData>${headerOf('a')}<row r="1048577"><c><v>1</v></c></row></sheetData>` }),
      ),
    ).toBe('workbook-damaged')
  })

  test('a changed byte is noticed by the checksum, although the XML stays valid', async () => {
    const path = await bookOf({ sheet: '' })
    const stored = join(folder.path, 'stored.xlsx')
    const { default: yazl } = await import('yazl')
    const zip = new yazl.ZipFile()
    const { openZip } = await import('./zip-parts.ts')
    const parts = await openZip(path)
    for (const name of parts.names) {
      const chunks: Buffer[] = []
      for await (const chunk of parts.read(name, 1e6)) chunks.push(chunk)
      const body = name.endsWith('sheet1.xml')
        ? Buffer.from(`<worksheet><sheetData>${headerOf('a')}<row><c><v>4711</v></c></row></sheetData></worksheet>`)
        : Buffer.concat(chunks)
      zip.addBuffer(body, name, { compress: false })
    }
    parts.close()
    zip.end()
    const out: Buffer[] = []
    for await (const chunk of zip.outputStream) out.push(Buffer.from(chunk))
    const bytes = Buffer.concat(out)
    await writeFile(stored, bytes)
    expect((await rowsOf(stored))[0]?.values).toEqual([4711])
    bytes.write('4811', bytes.indexOf('4711'))
    await writeFile(stored, bytes)
    expect(await codeOf(stored)).toBe('workbook-damaged')
  })

  test('a bomb, and entities that multiply', async () => {
    const zeros = function* (): Generator<Buffer> {
      yield Buffer.from('<worksheet><sheetData><row><c t="str"><v>')
      for (let n = 0; n < 40; n++) yield Buffer.alloc(1 << 20, 97)
    }
    expect(await codeOf(await bookOf({ sheet: zeros() }))).toBe('workbook-suspicious')
    const laughs = Buffer.from(
      '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>',
    )
    expect(await codeOf(await bookOf({ sheet: [laughs] }))).toBe('workbook-damaged')
  })
})

describe('writing', () => {
  const plain = `<sheetData>${headerOf('id', 'v')}<row>${text('1')}<c><v>5</v></c></row></sheetData>`

  test('refuses a workbook that would lose something', async () => {
    const reasons = async (parts: WorkbookParts): Promise<string> => {
      const [description] = await (
        await openFiles({ path: await bookOf(parts), idColumns: ['id'], sheet: 'A & B' })
      ).describe(quiet())
      return description?.writes.create ? 'writable' : (description?.notes?.at(-1) ?? '')
    }
    expect(await reasons({ sheet: plain })).toBe('writable')
    expect(await reasons({ sheet: plain.replace('<v>5', '<f>1+4</f><v>5') })).toContain('formulas')
    expect(await reasons({ sheet: plain, second: 'Two' })).toContain('other sheets')
    expect(await reasons({ sheet: plain, extra: { 'xl/drawings/drawing1.xml': '<d/>' } })).toContain('charts')
    expect(await reasons({ sheet: plain.replace('<c><v>5', '<c s="6"><v>5.5') })).toContain('times')
  })

  test('keeps the other rows and their types', async () => {
    const path = await bookOf({ sheet: plain })
    const connection = await openFiles({ path, idColumns: ['id'], object: 'rows' })
    const object = await connection.object('rows', quiet())
    const request = object.prepare?.({ operation: 'create', values: { id: '2', v: 7.25 } }) ?? ''
    expect((await object.send?.([{ operation: 'create', request, idempotencyKey: 'k' }], quiet()))?.[0]?.status).toBe(
      'written',
    )
    expect((await readAll(connection)).map((record) => record.values)).toEqual([
      { id: '1', v: 5 },
      { id: '2', v: 7.25 },
    ])
  })

  test('refuses text that a cell does not hold', async () => {
    const object = await (
      await openFiles({ path: await bookOf({ sheet: plain }), idColumns: ['id'], object: 'rows' })
    ).object('rows', quiet())
    expect(() => object.prepare?.({ operation: 'create', values: { id: 'x'.repeat(40_000) } })).toThrow(/32767/)
    expect(() => object.prepare?.({ operation: 'create', values: { id: '3', v: Number.NaN } })).toThrow(/finite/)
  })
})

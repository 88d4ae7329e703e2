/** Ugly CSV files: what is kept, what is said, what is refused. */
import { appendFile, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, describe, expect, test } from 'vitest'
import { AppError } from '#shared/errors.ts'
import type { OpenConnection, WriteReply } from '#shared/model/connected.ts'
import type { WriteOperation } from '#shared/model/object.ts'
import type { Values } from '#shared/model/value.ts'
import { openFiles, quiet, readAll, temporaryFolder } from '../testing/open-files.ts'

const folder = await temporaryFolder()
afterAll(folder.remove)

let count = 0
async function fileOf(content: string | Buffer): Promise<string> {
  count += 1
  const path = join(folder.path, `f${count}.csv`)
  await writeFile(path, content)
  return path
}

async function valuesOf(content: string | Buffer, settings: Record<string, unknown> = {}): Promise<Values[]> {
  const records = await readAll(await openFiles({ path: await fileOf(content), ...settings }))
  return records.map(({ values }) => Object.fromEntries(Object.entries(values).filter(([name]) => name !== '_id')))
}

async function issuesOf(content: string | Buffer, settings: Record<string, unknown> = {}): Promise<string[]> {
  const records = await readAll(await openFiles({ path: await fileOf(content), ...settings }))
  return records.flatMap((record) =>
    (record.issues ?? []).map((issue) => `${issue.code} ${issue.place?.split(' of ')[0]} ${issue.field}`),
  )
}

async function failureOf(run: Promise<unknown>): Promise<AppError> {
  const thrown = await run.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(thrown instanceof AppError)) throw new Error(`expected an AppError, got ${String(thrown)}`)
  return thrown
}

async function describeOf(content: string | Buffer, settings: Record<string, unknown> = {}) {
  const [description] = await (await openFiles({ path: await fileOf(content), ...settings })).describe(quiet())
  if (!description) throw new Error('nothing described')
  return description
}

async function send(
  connection: OpenConnection,
  operation: WriteOperation,
  list: { externalId?: string; version?: string; values: Values }[],
): Promise<readonly WriteReply[]> {
  const object = await connection.object('rows', quiet())
  const writes = list.map((command, index) => ({
    operation,
    idempotencyKey: String(index),
    request: object.prepare?.({ operation, ...command }) ?? '',
  }))
  return (await object.send?.(writes, quiet())) ?? []
}

describe('reading', () => {
  test('finds delimiter, encoding and line ends', async () => {
    const expected = [
      { a: 'é', b: '1,5' },
      { a: 'x\ny', b: '"q"' },
    ]
    const rows = 'a;b\r\né;1,5\r\n"x\ny";"""q"""\r\n'
    for (const bytes of [
      rows,
      `\ufeff${rows}`,
      iconv.encode(rows, 'windows-1252'),
      iconv.encode(rows, 'utf-16le', { addBOM: true }),
      iconv.encode(rows, 'utf-16be', { addBOM: true }),
      iconv.encode(rows, 'utf-16le'),
    ]) {
      expect(await valuesOf(bytes)).toEqual(expected)
    }
    expect(await valuesOf('a\tb\r1\t2\r3\t4')).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ])
    expect(await valuesOf('a|b\n1|2\r\n\n3|4')).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ])
    expect(await valuesOf('only\n"1,5"\n')).toEqual([{ only: '1,5' }])
  })

  test('says what it found, and what is ambiguous', async () => {
    const description = await describeOf(
      iconv.encode('Betrag;Datum;T;Nr;Nr;\n1.234,50;03.04.2026;1.234;1;2;3\n7,5;04.05.2026;2.345;1;2;3\n', 'latin1'),
    )
    expect(description.notes?.slice(0, 2)).toEqual(['Semicolon separated.', 'Plain ASCII text.'])
    expect(description.fields.map((field) => [field.name, field.type, field.note?.slice(0, 38)])).toEqual([
      ['Betrag', 'text', 'numbers with decimal comma'],
      ['Datum', 'text', 'dates written with points, so most lik'],
      ['T', 'text', 'numbers are ambiguous: 1.234 may be a '],
      ['Nr', 'text', 'whole numbers'],
      ['Nr (2)', 'text', 'the name "Nr" comes more than once in '],
      ['column 6', 'text', 'has no name in the header and is calle'],
      ['_id', 'text', 'made of the content of the row and how'],
    ])
    expect((await describeOf('d\n1/2/2026\n')).fields[0]?.note).toContain('ambiguous')
    expect((await describeOf(Buffer.from([0x61, 0x0a, 0xe9, 0x0a]))).notes?.[1]).toContain('Windows-1252')
  })

  test('does not choose between two delimiters that fit equally', async () => {
    const failure = await failureOf((await openFiles({ path: await fileOf('a,b;c\n1,2;3\n') })).describe(quiet()))
    expect([failure.kind, failure.code]).toEqual(['config', 'delimiter-ambiguous'])
  })

  test('keeps ragged rows and says which', async () => {
    expect(await issuesOf('a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n\n1,2,3\n')).toEqual([
      'ragged-row row 2 ',
      'ragged-row row 3 ',
    ])
  })

  test('reports invalid bytes instead of replacing them', async () => {
    const bytes = Buffer.concat([Buffer.from('a,b\nok,é\nbad,'), Buffer.from([0xff, 0xfe]), Buffer.from('\nok,2\n')])
    expect(await issuesOf(bytes, { encoding: 'utf-8' })).toEqual(['wrong-encoding row 3 b'])
    expect(await issuesOf(Buffer.from([0x61, 0x0a, 0x81, 0x0a]))).toEqual(['wrong-encoding row 2 a'])
    expect(await issuesOf('a,b\n1,\0\n')).toEqual(['zero-character row 2 b'])
    expect(await issuesOf(Buffer.from('\ufeffa\n\ud800\n', 'utf16le'))).toEqual(['wrong-encoding row 2 a'])
  })

  test('keeps quotes inside unquoted fields', async () => {
    expect(await valuesOf('a,b\nin 5" pipe,"x"y\n')).toEqual([{ a: 'in 5" pipe', b: '"x"y' }])
  })

  test('refuses what is no table, each in its own words', async () => {
    const code = async (content: string | Buffer, settings = {}) =>
      (await failureOf(openFiles({ path: await fileOf(content), ...settings }).then(readAll))).code
    expect(await code('')).toBe('file-empty')
    expect(await code('\ufeff')).toBe('file-empty')
    expect(await code('\n\n')).toBe('header-missing')
    expect(await code('a\n1\n', { headerRow: 9 })).toBe('header-missing')
    expect(await code('a,b\n1,2\n3,"open\n4,5\n')).toBe('quote-not-closed')
    expect(await code(`a\n"${'x'.repeat(5_000_000)}"\n`)).toBe('row-too-long')
    expect(await code('a\n1\n', { idColumns: ['b'] })).toBe('column-missing')
    expect(await valuesOf('a,b\n')).toEqual([])
  })

  test('names the row of a quote that is never closed', async () => {
    const failure = await failureOf(openFiles({ path: await fileOf('a,b\n1,2\n3,"open\n4,5\n') }).then(readAll))
    expect([failure.kind, failure.info.details?.row]).toEqual(['data', 3])
  })

  test('parks a field of more than 1 MB', async () => {
    expect(await issuesOf(`a,b\n${'x'.repeat(1_100_000)},2\n`)).toEqual(['field-too-long row 2 a'])
  })

  test('converts declared columns and parks what does not fit', async () => {
    const settings = {
      columns: {
        b: { type: 'decimal', decimalMark: ',' },
        d: { type: 'date', dateFormat: 'DD.MM.YYYY' },
        j: { type: 'boolean' },
      },
    }
    expect(await valuesOf('b;d;j\n1.234,50;03.04.2026;ja\n;;\n-7;29.02.2024;0\n', settings)).toEqual([
      { b: '1234.50', d: '2026-04-03', j: true },
      { b: '-7', d: '2024-02-29', j: false },
    ])
    expect(await issuesOf('b;d;j\n1.5;31.02.2026;vielleicht\n', settings)).toEqual([
      'does-not-fit row 2 b',
      'does-not-fit row 2 d',
      'does-not-fit row 2 j',
    ])
  })

  test('tells equal rows apart by how often they came, and parks repeated ids', async () => {
    const ids = (await readAll(await openFiles({ path: await fileOf('a\n1\n1\n2\n') }))).map(
      (record) => record.externalId,
    )
    expect([new Set(ids).size, ids[0]?.slice(0, 16) === ids[1]?.slice(0, 16)]).toEqual([3, true])
    expect(await issuesOf('id,v\n1,x\n1,y\n,z\n', { idColumns: ['id'] })).toEqual([
      'id-duplicate row 3 id',
      'id-missing row 4 id',
    ])
  })

  test('refuses a page token of another version of the file', async () => {
    const path = await fileOf('a\n1\n2\n3\n')
    const connection = await openFiles({ path })
    const object = await connection.object('rows', quiet())
    const first = await object.read?.({ pageSize: 1, signal: quiet() })[Symbol.asyncIterator]().next()
    const pageToken: string = first?.value.next
    await appendFile(path, '4\n')
    const failure = await failureOf(
      (async () => {
        for await (const _page of object.read?.({ pageToken, signal: quiet() }) ?? []);
      })(),
    )
    expect(failure.code).toBe('page-token-stale')
  })

  test('notices a file that changes while it is read, also when the time stamp is put back', async () => {
    const path = await fileOf(`a\n${'line\n'.repeat(200_000)}`)
    const object = await (await openFiles({ path })).object('rows', quiet())
    const before = await stat(path)
    const failure = await failureOf(
      (async () => {
        let isFirst = true
        for await (const _page of object.read?.({ pageSize: 10, signal: quiet() }) ?? []) {
          if (isFirst) {
            await writeFile(path, `a\n${'line\n'.repeat(199_999)}LINE\n`)
            await utimes(path, before.atime, before.mtime)
          }
          isFirst = false
        }
      })(),
    )
    expect([failure.kind, failure.code]).toEqual(['transient', 'file-changed-while-reading'])
  })
})

describe('waiting', () => {
  test('waits until a growing file is at rest', async () => {
    const path = await fileOf('a\n1\n')
    const growing = (async () => {
      for (let n = 2; n <= 6; n++) {
        await new Promise((resolve) => setTimeout(resolve, 40))
        await appendFile(path, `${n}\n`)
      }
    })()
    const records = await readAll(await openFiles({ path, stableMs: 150, pollMs: 20 }))
    await growing
    expect(records).toHaveLength(6)
  })

  test('gives up for now on a file that keeps growing', async () => {
    const path = await fileOf('a\n1\n')
    const sleep = async (): Promise<void> => appendFile(path, '2\n')
    let nowMs = Date.now()
    const clock = { now: () => (nowMs += 10), sleep }
    const failure = await failureOf(openFiles({ path, stableMs: 100, maxWaitMs: 200 }, { clock }).then(readAll))
    expect([failure.kind, failure.code]).toEqual(['transient', 'file-still-growing'])
  })

  test('stops waiting when it is told to', async () => {
    const path = await fileOf('a\n1\n')
    const failure = await failureOf(
      openFiles({ path, stableMs: 600_000 }).then((connection) => connection.object('rows', AbortSignal.timeout(30))),
    )
    expect(failure.kind).toBe('cancelled')
  })

  test('says who has the file open, and goes on when it is closed', async () => {
    const path = await fileOf('a\n1\n')
    const name = path.slice(folder.path.length + 1)
    const lock = join(folder.path, `.~lock.${name}#`)
    await writeFile(lock, ',Anna Schmidt,BUERO-PC,23.11.2026 09:00,file:///x;')
    const failure = await failureOf(openFiles({ path }).then(readAll))
    expect([failure.kind, failure.code]).toEqual(['transient', 'file-open-elsewhere'])
    expect(failure.message).toContain('Anna Schmidt on BUERO-PC')
    await writeFile(join(folder.path, `~$${name}`), Buffer.concat([Buffer.from([4]), Buffer.from('Bert'.padEnd(54))]))
    expect((await failureOf(openFiles({ path }).then(readAll))).message).toContain('Excel (Bert)')
  })

  test('names a missing file and a folder given as a file', async () => {
    expect((await failureOf(openFiles({ path: join(folder.path, 'none.csv') }).then(readAll))).code).toBe(
      'file-missing',
    )
    const connection = openFiles({ path: folder.path })
    expect((await failureOf(connection.then(readAll))).code).toBe('file-is-folder')
  })
})

describe('writing', () => {
  test('keeps every byte of the rows it does not touch', async () => {
    const odd = Buffer.concat([
      Buffer.from('id;name;x\r\n1; "odd" quotes ;a;more\n\n2;"needless";'),
      Buffer.from([0xff, 0x81]),
      Buffer.from('\r\n3;c;z'),
    ])
    const path = await fileOf(odd)
    const connection = await openFiles({ path, idColumns: ['id'], delimiter: ';', encoding: 'windows-1252' })
    const [reply] = await send(connection, 'update', [{ externalId: '3', values: { name: 'ä;b' } }])
    expect(reply?.status).toBe('written')
    const edited = Buffer.concat([odd.subarray(0, odd.indexOf('3;c;z')), iconv.encode('3;"ä;b";z\r\n', 'windows-1252')])
    expect((await readFile(path)).equals(edited)).toBe(true)
    await send(connection, 'update', [{ externalId: '2', values: { name: 'n' } }])
    expect((await readFile(path)).includes(Buffer.concat([Buffer.from('2;n;'), Buffer.from([0xff, 0x81, 0x0d])]))).toBe(
      true,
    )
  })

  test('meets its own row again as the same record and another one as a conflict', async () => {
    const path = await fileOf('id,v\n1,a\n')
    const connection = await openFiles({ path, idColumns: ['id'] })
    const create = (v: string) => send(connection, 'create', [{ values: { id: '2', v } }])
    expect((await create('b'))[0]?.status).toBe('written')
    const written = await readFile(path, 'utf8')
    const stamp = (await stat(path)).mtimeMs
    expect((await create('b'))[0]).toMatchObject({ status: 'written', externalId: '2' })
    expect((await stat(path)).mtimeMs).toBe(stamp)
    expect((await create('c'))[0]).toMatchObject({
      status: 'rejected',
      field: 'v',
      error: { kind: 'conflict', code: 'row-exists' },
    })
    expect(await readFile(path, 'utf8')).toBe(written)
  })

  test('refuses an update of a row that was edited meanwhile', async () => {
    const path = await fileOf('id,v\n1,a\n')
    const connection = await openFiles({ path, idColumns: ['id'] })
    const [record] = await readAll(connection)
    await writeFile(path, 'id,v\n1,edited by hand\n')
    const replies = await send(connection, 'update', [
      { externalId: '1', values: { v: 'ours' }, ...(record?.version ? { version: record.version } : {}) },
    ])
    expect(replies[0]).toMatchObject({ status: 'rejected', error: { code: 'stale-version' } })
    expect(await readFile(path, 'utf8')).toContain('edited by hand')
  })

  test('refuses characters the encoding does not have before anything is sent', async () => {
    const path = await fileOf(Buffer.from([...Buffer.from('id,v\n1,'), 0xe9, 0x0a]))
    const object = await (await openFiles({ path, idColumns: ['id'] })).object('rows', quiet())
    expect(() => object.prepare?.({ operation: 'create', values: { id: '2', v: 'łódź' } })).toThrow(/characters/)
    expect(() => object.prepare?.({ operation: 'create', values: { v: 'x' } })).toThrow(/id/)
    expect(() => object.prepare?.({ operation: 'create', values: { id: '2', other: 'x' } })).toThrow(/no column/)
  })

  test('makes a declared file with its first rows, and refuses what its encoding lacks', async () => {
    const path = join(folder.path, 'made.csv')
    const columns = {
      id: {},
      total: { type: 'decimal', decimalMark: ',' },
      am: { type: 'date', dateFormat: 'DD.MM.YYYY' },
    }
    const settings = { path, createIfMissing: true, idColumns: ['id'], columns, delimiter: ';' }
    const connection = await openFiles(settings)
    expect(await readAll(connection)).toEqual([])
    await send(connection, 'upsert', [{ values: { id: 'ä', total: '1234.50', am: '2026-03-01' } }])
    expect(await readFile(path, 'utf8')).toBe('\ufeffid;total;am\r\nä;1234,50;01.03.2026\r\n')
    expect((await readAll(connection))[0]?.values).toEqual({ id: 'ä', total: '1234.50', am: '2026-03-01' })
    const poor = await openFiles({ ...settings, path: join(folder.path, 'poor.csv'), encoding: 'windows-1252' })
    const object = await poor.object('rows', quiet())
    expect(() => object.prepare?.({ operation: 'create', values: { id: 'ł' } })).toThrow(/characters/)
  })

  test('rejects a write for a column that went away since it was prepared', async () => {
    const path = await fileOf('id,v\n1,a\n')
    const object = await (await openFiles({ path, idColumns: ['id'] })).object('rows', quiet())
    const request = object.prepare?.({ operation: 'update', externalId: '1', values: { v: 'b' } }) ?? ''
    await writeFile(path, 'id,w\n1,a\n')
    expect(await object.send?.([{ operation: 'update', request, idempotencyKey: 'k' }], quiet())).toMatchObject([
      { status: 'rejected', field: 'v' },
    ])
  })

  test('leaves text that looks like a formula alone unless asked', async () => {
    for (const [escapeFormulas, inFile] of [
      [false, '=1+1'],
      [true, "'=1+1"],
    ] as const) {
      const connection = await openFiles({ path: await fileOf('id,v\n1,-5\n'), idColumns: ['id'], escapeFormulas })
      await send(connection, 'create', [{ values: { id: '2', v: '=1+1' } }, { values: { id: '3', v: '-7,5' } }])
      const records = await readAll(connection)
      expect(records.map((record) => record.values.v)).toEqual(['-5', '=1+1', '-7,5'])
      const path = join(folder.path, `f${count}.csv`)
      expect(await readFile(path, 'utf8')).toContain(`2,${inFile}\n`)
    }
  })

  test('offers no writing without id columns, and says why', async () => {
    const description = await describeOf('a\n1\n')
    expect([description.writes, description.notes?.at(-1)?.includes('idColumns')]).toEqual([{}, true])
  })
})

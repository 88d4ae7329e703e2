/** A watched folder: what is new, what was seen, what is moved, and what a kill in between does. */
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { openFiles, quiet, readAll, temporaryFolder } from './testing/open-files.ts'

const made: { readonly remove: () => Promise<void> }[] = []
afterAll(() => Promise.all(made.map((one) => one.remove())))

async function ownFolder(): Promise<{ readonly path: string }> {
  const folder = await temporaryFolder()
  made.push(folder)
  return folder
}

async function makeFolder(settings: Record<string, unknown> = {}) {
  const { path } = await ownFolder()
  const inbox = join(path, 'in')
  await mkdir(inbox)
  const open = () => openFiles({ folder: inbox, pattern: '*.csv', ...settings }, { stateFolder: join(path, 'state') })
  /** One run as the engine does it: reads since the last instant and remembers the new one. */
  let since: string | undefined
  const run = async (): Promise<string[]> => {
    const object = await (await open()).object('rows', quiet())
    const values: string[] = []
    let serverTime: string | undefined
    for await (const page of object.read?.({ ...(since === undefined ? {} : { since }), signal: quiet() }) ?? []) {
      serverTime ??= page.serverTime
      values.push(...page.records.map((record) => Object.values(record.values).slice(0, 2).join('=')))
    }
    since = serverTime
    return values.sort()
  }
  const put = (name: string, content: string): Promise<void> => writeFile(join(inbox, name), content)
  return { inbox, open, run, put }
}

test('gives each file once, and an edited one again', async () => {
  const { run, put } = await makeFolder({ idColumns: ['id'] })
  await put('a.csv', 'id,v\n1,a\n2,b\n')
  expect(await run()).toEqual(['1=a', '2=b'])
  expect(await run()).toEqual([])
  await put('b.csv', 'v,id\nc,3\n')
  expect(await run()).toEqual(['c=3'])
  await put('a.csv', 'id,v\n1,a\n2,B\n')
  expect(await run()).toEqual(['1=a', '2=B'])
})

test('does not give the same content again under another name', async () => {
  const { run, put, inbox, open } = await makeFolder()
  await put('a.csv', 'id,v\n1,a\n')
  await run()
  await copyFile(join(inbox, 'a.csv'), join(inbox, 'copy of a.csv'))
  expect(await run()).toEqual([])
  const [description] = await (await open()).describe(quiet())
  expect(description?.notes?.some((note) => note.includes('copy of a.csv'))).toBe(true)
})

test('gives an id only from the newest file that has it', async () => {
  const { put, open } = await makeFolder({ idColumns: ['id'] })
  await put('a.csv', 'id,v\n1,old\n2,b\n')
  await (await open()).object('rows', quiet())
  await put('z.csv', 'id,v\n1,new\n')
  const records = await readAll(await open())
  expect(records.map((record) => `${record.externalId}=${record.values.v}`)).toEqual(['1=new', '2=b'])
})

test('keeps equal rows of two files apart', async () => {
  const { put, open } = await makeFolder()
  await put('a.csv', 'id,v\n1,a\n')
  await put('b.csv', 'id,v\n1,a\n9,z\n')
  expect(new Set((await readAll(await open())).map((record) => record.externalId)).size).toBe(3)
})

test('moves a file only after the checkpoint has passed it, and never over another', async () => {
  const { run, put, inbox, open } = await makeFolder({ onDone: 'move' })
  await put('a.csv', 'id,v\n1,a\n')
  await run()
  expect(await readdir(inbox)).toEqual(['a.csv'])
  await put('b.csv', 'id,v\n2,b\n')
  expect(await run()).toEqual(['2=b'])
  expect((await readdir(inbox)).sort()).toEqual(['b.csv', 'processed'])
  await run()
  await put('a.csv', 'id,v\n3,c\n')
  await run()
  await run()
  expect((await readdir(join(inbox, 'processed'))).sort()).toEqual(['a (2).csv', 'a.csv', 'b.csv'])
  expect(await readAll(await open())).toHaveLength(3)
})

test('leaves everything where it is unless it is asked to move', async () => {
  const { run, put, inbox } = await makeFolder()
  await put('a.csv', 'id,v\n1,a\n')
  await run()
  await run()
  expect(await readdir(inbox)).toEqual(['a.csv'])
})

test('goes on where it stopped, without files that came meanwhile; they come next time', async () => {
  const { put, open } = await makeFolder({ idColumns: ['id'] })
  await put('a.csv', 'id,v\n1,a\n2,b\n3,c\n')
  const first = await (await (await open()).object('rows', quiet()))
    .read?.({ pageSize: 2, signal: quiet() })
    [Symbol.asyncIterator]()
    .next()
  await put('b.csv', 'id,v\n4,d\n')
  const object = await (await open()).object('rows', quiet())
  const rest: string[] = []
  for await (const page of object.read?.({ pageToken: first?.value.next, signal: quiet() }) ?? [])
    rest.push(...page.records.map((record) => record.externalId), page.serverTime ?? '')
  expect(rest).toEqual(['3', first?.value.serverTime])
  expect(
    (await readAll(await open(), 'rows', { since: first?.value.serverTime })).map((record) => record.externalId),
  ).toEqual(['4'])
})

test('refuses a damaged memory instead of forgetting', async () => {
  const { path } = await ownFolder()
  await writeFile(join(path, 'known-files.json'), '{"version":1')
  const opening = openFiles({ folder: path }, { stateFolder: path }).then((connection) =>
    connection.object('rows', quiet()),
  )
  await expect(opening).rejects.toThrow(AppError)
})

/** A large file is read as a stream: it fits through a heap that is far too small for it as a whole. */
import { execFile } from 'node:child_process'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { temporaryFolder } from './testing/open-files.ts'

const folder = await temporaryFolder()
afterAll(folder.remove)

const path = join(folder.path, 'large.csv')
const rows = 120_000
const smallHeap = ['--max-semi-space-size=4', '--max-old-space-size=56']

async function makeFile(): Promise<void> {
  await using file = await open(path, 'w')
  await file.write('id;name;mail;note\n')
  for (let start = 0; start < rows; start += 1000) {
    const lines = Array.from(
      { length: 1000 },
      (_, index) => `${start + index};"Müller; ${start}";u${start + index}@example.org;${'x'.repeat(200)}\n`,
    )
    await file.write(lines.join(''))
  }
}

const run = (...args: string[]) => promisify(execFile)(process.execPath, [...smallHeap, ...args, path])

test('reads 30 MB within a heap of 56 MB, where keeping the rows does not fit', async () => {
  await makeFile()
  const { stdout } = await run(new URL('./testing/measure-read.ts', import.meta.url).pathname)
  expect(JSON.parse(stdout)).toMatchObject({ records: rows, issues: 0 })
  const keeping =
    "const rows = require('node:fs').readFileSync(process.argv[1], 'utf8').split('\\n').map((line) => line.split(';').map((field) => ({ field })))"
  await expect(run('-e', keeping)).rejects.toThrow(/heap/i)
})

/** A kill at any moment of a rewrite leaves the old file or a new one, never half of one; and nothing is written twice. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { temporaryFolder } from '../testing/open-files.ts'

const folder = await temporaryFolder()
afterAll(folder.remove)

test('survives kills while rows are written', async () => {
  const path = join(folder.path, 'k.csv')
  const old = `id,v\n${Array.from({ length: 20_000 }, (_, index) => `old-${index},${'x'.repeat(40)}`).join('\n')}\n`
  await writeFile(path, old)
  let kills = 0
  for (let round = 0; round < 6; round++) {
    const child = spawn(
      process.execPath,
      [new URL('../testing/write-rows.ts', import.meta.url).pathname, path, '400'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const begun = once(child.stdout, 'data').then(() => true)
    expect(await Promise.race([begun, once(child, 'exit').then(() => false)])).toBe(true)
    await pause(15 + round * 35)
    if (child.exitCode === null) kills += 1
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    const text = await readFile(path, 'utf8')
    expect(text.startsWith(old)).toBe(true)
    expect(text.endsWith('\n')).toBe(true)
  }
  const child = spawn(process.execPath, [new URL('../testing/write-rows.ts', import.meta.url).pathname, path, '400'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  expect((await once(child, 'exit'))[0]).toBe(0)
  const added = (await readFile(path, 'utf8')).slice(old.length).trimEnd().split('\n')
  expect([added.length, new Set(added).size, kills > 2]).toEqual([400, 400, true])
}, 120_000)

test('a writer without temporary file is caught by the same look', async () => {
  const path = join(folder.path, 'twin.csv')
  const old = `id,v\n${'old,x\n'.repeat(1000)}`
  await writeFile(path, old)
  const half = `const fs = require('node:fs'); fs.writeFileSync(process.argv[1], ${JSON.stringify(old.slice(0, 3000))}); console.log('begun'); setTimeout(() => {}, 60000)`
  const child = spawn(process.execPath, ['-e', half, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect((await readFile(path, 'utf8')).startsWith(old)).toBe(false)
})

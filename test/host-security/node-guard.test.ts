import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const entry = fileURLToPath(new URL('../../src/main/headless/main.ts', import.meta.url))
const olderNode = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,napi:'9'}})`

/** Asks for something that fails in words, so that nothing is served. */
async function runEntry(flags: readonly string[]) {
  const run = promisify(execFile)(process.execPath, [...flags, entry, '--port', '0'])
  return run.then(
    () => ({ code: 0, stderr: '' }),
    (failure: { code: number; stderr: string }) => failure,
  )
}

it('an older Node is refused in words before anything else is loaded', async () => {
  const { code, stderr } = await runEntry(['--import', olderNode])
  expect([code, stderr]).toEqual([2, expect.stringContaining('Patchbay needs Node 22.14 or newer')])
})

it('a good Node comes as far as reading its options', async () => {
  const { code, stderr } = await runEntry([])
  expect([code, stderr]).toEqual([2, expect.stringContaining('--port takes a number')])
})

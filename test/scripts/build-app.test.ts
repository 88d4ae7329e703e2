import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ensureBuilt, sourceFingerprint } from '../../scripts/lib/build-app.mjs'

/** Stands where the project's build tool lies; counts its runs and writes two of the files of a build. */
const fakeTool = `
  import fs from 'node:fs'
  fs.appendFileSync('runs', 'x')
  fs.mkdirSync('out/main', { recursive: true })
  fs.writeFileSync('out/main/index.js', '')
  if (fs.existsSync('hang')) await new Promise((done) => setTimeout(done, 60000))
  if (fs.existsSync('fail')) { console.error('src/a.ts:1 Unexpected token'); process.exit(1) }
  fs.writeFileSync('out/main/headless.js', '')
`
const buildModule = new URL('../../scripts/lib/build-app.mjs', import.meta.url).href
let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'build-test-'))
  const bin = join(root, 'node_modules', 'electron-vite', 'bin')
  mkdirSync(bin, { recursive: true })
  writeFileSync(join(bin, 'electron-vite.js'), fakeTool)
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  writeFileSync(join(root, 'node_modules', 'electron-vite', 'package.json'), '{"type":"module"}')
  mkdirSync(join(root, 'src', 'main'), { recursive: true })
  writeFileSync(join(root, 'src', 'main', 'a.ts'), 'one')
})
afterEach(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }))

function runs(): number {
  return existsSync(join(root, 'runs')) ? readFileSync(join(root, 'runs'), 'utf8').length : 0
}

describe('ensureBuilt', () => {
  it('builds once, then has nothing to do', async () => {
    expect(await ensureBuilt(root)).toBe('built')
    expect(await ensureBuilt(root)).toBe('nothing-to-do')
    expect(runs()).toBe(1)
  })

  it.each([
    ['a source changed', () => writeFileSync(join(root, 'src', 'main', 'a.ts'), 'two')],
    ['a source came', () => writeFileSync(join(root, 'src', 'main', 'b.ts'), '')],
    ['a source was renamed', () => renameSync(join(root, 'src', 'main', 'a.ts'), join(root, 'src', 'main', 'b.ts'))],
    ['the packages changed', () => writeFileSync(join(root, 'package-lock.json'), '{}')],
    ['a built file was deleted', () => rmSync(join(root, 'out', 'main', 'headless.js'))],
  ])('builds again when %s', async (_name, change) => {
    await ensureBuilt(root)
    change()
    expect(await ensureBuilt(root)).toBe('built')
  })

  it('does not build again for a test', async () => {
    const before = sourceFingerprint(root)
    writeFileSync(join(root, 'src', 'main', 'a.test.ts'), 'new')
    expect(sourceFingerprint(root)).toBe(before)
  })

  it('says that it failed, and does not take what is there for a build', async () => {
    await ensureBuilt(root)
    writeFileSync(join(root, 'src', 'main', 'a.ts'), 'two')
    writeFileSync(join(root, 'fail'), '')
    await expect(ensureBuilt(root)).rejects.toMatchObject({ message: 'the build failed.' })
    writeFileSync(join(root, 'src', 'main', 'a.ts'), 'one')
    await expect(ensureBuilt(root)).rejects.toMatchObject({ message: 'the build failed.' })
  })

  it('does not take a killed build for a finished one', async () => {
    writeFileSync(join(root, 'hang'), '')
    const code = `import { ensureBuilt } from ${JSON.stringify(buildModule)}; await ensureBuilt(process.argv[1])`
    const child = spawn(process.execPath, ['--input-type=module', '-e', code, root], { stdio: 'ignore' })
    while (!existsSync(join(root, 'out', 'main', 'index.js'))) await sleep(10)
    child.kill('SIGTERM')
    await once(child, 'exit')
    rmSync(join(root, 'hang'))
    expect(await ensureBuilt(root)).toBe('built')
    expect(existsSync(join(root, 'out', 'main', 'headless.js'))).toBe(true)
  })
})

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

/**
 * Stands in for npm, which tells the scripts where it is through npm_execpath: it deletes and fills node_modules like
 * `npm ci`, can be slow, and can fail with the words of the real one.
 */
const fakeNpm = `
  const fs = require('node:fs')
  fs.appendFileSync('calls', process.argv.slice(2, 4).join(' ') + '\\n')
  if (fs.existsSync('fail')) { console.error(fs.readFileSync('fail', 'utf8')); process.exit(1) }
  if (process.argv[2] === 'ci') {
    fs.rmSync('node_modules', { recursive: true, force: true })
    fs.mkdirSync('node_modules/better-sqlite3', { recursive: true })
    if (fs.existsSync('slow')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(fs.readFileSync('slow', 'utf8')))
    fs.writeFileSync('node_modules/better-sqlite3/index.js', 'module.exports = class { close() {} }')
    fs.writeFileSync('node_modules/.package-lock.json', '{}')
  }
`

let root = ''
const running: ChildProcess[] = []

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'set-up-test-'))
  cpSync(fileURLToPath(new URL('../../scripts', import.meta.url)), join(root, 'scripts'), { recursive: true })
  writeFileSync(join(root, 'package.json'), '{"type":"module","dependencies":{"better-sqlite3":"1.0.0"}}')
  writeFileSync(join(root, 'package-lock.json'), '{"lockfileVersion":3}')
  mkdirSync(join(root, 'npm'))
  writeFileSync(join(root, 'npm', 'package.json'), '{"type":"commonjs"}')
  writeFileSync(join(root, 'npm', 'npm-cli.js'), fakeNpm)
})
afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
  await sleep(20)
  rmSync(root, { recursive: true, force: true, maxRetries: 5 })
})

function childEnv(): NodeJS.ProcessEnv {
  return { ...process.env, npm_execpath: join(root, 'npm', 'npm-cli.js'), npm_node_execpath: process.execPath }
}

function setUp(): { status: number | null; text: string } {
  const end = spawnSync(process.execPath, ['scripts/setup.mjs'], { cwd: root, env: childEnv(), encoding: 'utf8' })
  return { status: end.status, text: end.stderr }
}

function startSetUp(): ChildProcess {
  const child = spawn(process.execPath, ['scripts/setup.mjs'], { cwd: root, env: childEnv(), stdio: 'ignore' })
  running.push(child)
  return child
}

function calls(): string[] {
  return existsSync(join(root, 'calls')) ? readFileSync(join(root, 'calls'), 'utf8').trim().split('\n') : []
}

function installs(): number {
  return calls().filter((call) => call === 'ci --ignore-scripts').length
}

async function until(condition: () => boolean): Promise<void> {
  const endAt = Date.now() + 10_000
  while (!condition()) {
    if (Date.now() > endAt) throw new Error('waited too long')
    await sleep(10)
  }
}

describe('the set-up', () => {
  it('installs once, then has nothing to do', () => {
    expect(setUp()).toMatchObject({ status: 0, text: expect.stringContaining('set-up finished') })
    expect(setUp()).toMatchObject({ status: 0, text: expect.stringContaining('up to date') })
    expect(installs()).toBe(1)
  })

  it.each([
    ['the lockfile changed', () => writeFileSync(join(root, 'package-lock.json'), '{"lockfileVersion":4}')],
    ['a dependency changed', () => writeFileSync(join(root, 'package.json'), '{"dependencies":{"other":"1.0.0"}}')],
    [
      'another npm command changed node_modules',
      () => writeFileSync(join(root, 'node_modules', '.package-lock.json'), '{ }'),
    ],
    ['node_modules was deleted', () => rmSync(join(root, 'node_modules'), { recursive: true })],
  ])('installs again when %s', (_name, change) => {
    setUp()
    change()
    expect(setUp().status).toBe(0)
    expect(installs()).toBe(2)
  })

  it('does not install again when only a script of package.json changed', () => {
    setUp()
    const dependencies = { 'better-sqlite3': '1.0.0' }
    writeFileSync(join(root, 'package.json'), JSON.stringify({ type: 'module', scripts: { x: 'y' }, dependencies }))
    setUp()
    expect(installs()).toBe(1)
  })

  it('starts over after it and its npm were killed half-way', async () => {
    writeFileSync(join(root, 'slow'), '60000')
    const child = startSetUp()
    await until(() => existsSync(join(root, 'node_modules', 'better-sqlite3')))
    child.kill('SIGTERM')
    await once(child, 'exit')
    expect(existsSync(join(root, 'node_modules', '.patchbay-setup'))).toBe(false)
    rmSync(join(root, 'slow'))
    expect(setUp().status).toBe(0)
    expect(installs()).toBe(2)
  })

  it('waits for the npm of a set-up that was killed alone, then starts over', async () => {
    writeFileSync(join(root, 'slow'), '1500')
    const child = startSetUp()
    await until(() => existsSync(join(root, 'node_modules', 'better-sqlite3')))
    child.kill('SIGKILL')
    await once(child, 'exit')
    rmSync(join(root, 'slow'))
    const second = setUp()
    expect(second.text).toContain('waiting for it')
    expect(second.status).toBe(0)
    expect(installs()).toBe(2)
  })

  it('installs once when two are started together', async () => {
    writeFileSync(join(root, 'slow'), '300')
    const ends = await Promise.all([startSetUp(), startSetUp()].map(async (child) => (await once(child, 'exit'))[0]))
    expect(ends).toEqual([0, 0])
    expect(installs()).toBe(1)
  })

  it('says what to do when the network is away, leaves no stamp, and works the next time', () => {
    writeFileSync(join(root, 'fail'), 'npm error code EAI_AGAIN\nnpm error network request failed')
    const end = setUp()
    expect(end.status).toBe(1)
    expect(end.text).toContain('the package server could not be reached')
    expect(end.text).toContain('What to do: check the internet connection')
    rmSync(join(root, 'fail'))
    expect(setUp().status).toBe(0)
  })

  it('does not believe an npm that lost files on a full disk and reports success', () => {
    const lossy = `${fakeNpm}; console.error('npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write')`
    writeFileSync(join(root, 'npm', 'npm-cli.js'), lossy)
    expect(setUp()).toMatchObject({ status: 1, text: expect.stringContaining('the disk is full') })
    expect(existsSync(join(root, 'node_modules', '.patchbay-setup'))).toBe(false)
  })

  it('does not take the warnings of npm for the cause', () => {
    writeFileSync(join(root, 'fail'), 'npm warn deprecated old@1: no network\nnpm error code EACCES')
    expect(setUp().text).toContain('may not be written to')
  })

  it('notices an installation that does not run', () => {
    const broken = fakeNpm.replace('module.exports = class { close() {} }', 'throw new Error("wrong system")')
    writeFileSync(join(root, 'npm', 'npm-cli.js'), broken)
    expect(setUp()).toMatchObject({ status: 1, text: expect.stringContaining('does not run on this system') })
    expect(existsSync(join(root, 'node_modules', '.patchbay-setup'))).toBe(false)
  })
})

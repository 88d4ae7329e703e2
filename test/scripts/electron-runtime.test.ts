import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { downloadElectron, installedElectron, lastDownloadFailure } from '../../scripts/lib/electron-runtime.mjs'

/** What the real installer does in the end: the runtime, its version, and path.txt last. */
const install = `const fs = require('node:fs'); fs.mkdirSync('dist', { recursive: true })
  fs.writeFileSync('dist/electron', ''); fs.writeFileSync('dist/version', 'v45.0.0'); fs.writeFileSync('path.txt', 'electron')`

let root = ''
let folder = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'electron-test-'))
  folder = join(root, 'node_modules', 'electron')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"version":"45.0.0"}')
})
afterEach(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }))

function installer(code: string): void {
  writeFileSync(join(folder, 'install.js'), code)
}

describe('installedElectron', () => {
  it('finds a complete runtime', async () => {
    installer(install)
    expect(installedElectron(root)).toBeUndefined()
    await downloadElectron(root)
    expect(installedElectron(root)).toBe(join(folder, 'dist', 'electron'))
  })

  it('does not take a half unpacked one', () => {
    mkdirSync(join(folder, 'dist'))
    writeFileSync(join(folder, 'dist', 'electron'), '')
    writeFileSync(join(folder, 'dist', 'version'), '45.0.0')
    expect(installedElectron(root)).toBeUndefined()
  })

  it('does not take one of an older version', async () => {
    installer(install)
    await downloadElectron(root)
    writeFileSync(join(folder, 'package.json'), '{"version":"46.0.0"}')
    expect(installedElectron(root)).toBeUndefined()
  })
})

describe('downloadElectron', () => {
  it('remembers a failure until a download works', async () => {
    installer('console.error("TypeError: fetch failed"); process.exit(1)')
    expect(await downloadElectron(root)).toBe('the download server could not be reached')
    expect(lastDownloadFailure(root)).toBeGreaterThan(Date.now() - 60_000)
    installer(install)
    expect(await downloadElectron(root)).toBeUndefined()
    expect(lastDownloadFailure(root)).toBeUndefined()
  })

  it('ends one that stopped growing, and cleans up', async () => {
    installer('setTimeout(() => {}, 60000)')
    expect(await downloadElectron(root, { stallMs: 100, lookMs: 20 })).toBe('nothing arrived for 0.1 s')
    expect(existsSync(join(root, 'node_modules', '.cache', 'patchbay', 'electron-download'))).toBe(false)
  })

  it('leaves one alone that is slow but grows', async () => {
    const slow = `const { appendFileSync } = require('node:fs'); const { join } = require('node:path'); let n = 0
      const timer = setInterval(() => { appendFileSync(join(require('node:os').tmpdir(), 'zip'), 'x'); if (++n === 12) { clearInterval(timer); ${install} } }, 50)`
    installer(slow)
    expect(await downloadElectron(root, { stallMs: 400, lookMs: 20 })).toBeUndefined()
  })

  it('ends one that takes too long in all', async () => {
    installer(`setInterval(() => require('node:fs').appendFileSync(require('node:os').tmpdir() + '/zip', 'x'), 10)`)
    expect(await downloadElectron(root, { totalMs: 300, lookMs: 20 })).toBe('it was not complete after 0.3 s')
  })

  it('does not believe an installer that reports success without a runtime', async () => {
    installer('')
    expect(await downloadElectron(root)).toBe('the download ended without a usable runtime')
  })
})

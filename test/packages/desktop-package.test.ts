/** The packaged desktop app: packed by electron-builder around a stub of the runtime, then its files and fuses read back. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bootBundle } from '../electron/boot-bundle.ts'
import { importsOf } from '../electron/built-app.ts'
import { makeStubRuntime } from './stub-runtime.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'patchbay-package-'))
const app = join(folder, 'dist', process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`)
const unpacked = join(folder, 'unpacked')
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

interface Fuses {
  readonly [fuse: number]: FuseState
}

const { DISABLE, ENABLE } = FuseState
const wantedFuses: Fuses = {
  [FuseV1Options.RunAsNode]: DISABLE,
  [FuseV1Options.EnableCookieEncryption]: ENABLE,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: DISABLE,
  [FuseV1Options.EnableNodeCliInspectArguments]: DISABLE,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ENABLE,
  [FuseV1Options.OnlyLoadAppFromAsar]: ENABLE,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: DISABLE,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: DISABLE,
  [FuseV1Options.WasmTrapHandlers]: ENABLE,
}

async function fusesOf(program: string): Promise<Fuses> {
  const { version: _version, ...fuses } = await getCurrentFuseWire(program)
  // Its keys are the numbers of the fuses.
  return fuses as Fuses
}

/** Files below a folder, by paths with forward slashes. */
function filesBelow(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(path, name)).isFile())
    .map((name) => name.replaceAll('\\', '/'))
}

/** Names of packages, not of Node's own modules or of Electron. */
function packagesOf(scripts: readonly string[]): readonly string[] {
  const names = scripts.flatMap((file) => importsOf(readFileSync(file, 'utf8')))
  return [...new Set(names)].filter((name) => !/^(node:|[.])/.test(name) && name !== 'electron')
}

function tool(name: string, args: readonly string[]): void {
  const end = spawnSync(process.execPath, [join(root, 'node_modules', ...name.split('/')), ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  if (end.status !== 0) throw new Error(`${name} ended with ${end.status}: ${end.stdout}${end.stderr}`)
}

// The stub is a program of Linux.
describe.runIf(process.platform === 'linux')('the package of the desktop app', () => {
  let stubFuses: Fuses
  beforeAll(async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'))
    const runtime = join(folder, 'runtime')
    makeStubRuntime(runtime, version)
    stubFuses = await fusesOf(join(runtime, 'electron'))
    const own = [`-c.electronDist=${runtime}`, `-c.directories.output=${join(folder, 'dist')}`]
    tool('electron-builder/cli.js', ['--linux', 'dir', `--${process.arch}`, '--publish', 'never', ...own])
    tool('@electron/asar/bin/asar.js', ['extract', join(app, 'resources/app.asar'), unpacked])
  }, 120_000)

  it('has its fuses set', async () => {
    expect(await fusesOf(join(app, 'patchbay-desktop'))).toEqual(wantedFuses)
  })

  it('is not told from the runtime as it ships by accident', () => expect(stubFuses).not.toEqual(wantedFuses))

  it('holds what it needs: the sample business runs from its files alone', async () => {
    const { work, mainModules } = await bootBundle('work', { index: join(unpacked, 'out/main/index.js') })
    expect([work.created, mainModules]).toEqual([450, []])
  }, 60_000)

  it('holds every package that its scripts ask for', () => {
    const asked = packagesOf(filesBelow(join(unpacked, 'out/main')).map((name) => join(unpacked, 'out/main', name)))
    expect(asked).toContain('better-sqlite3')
    const probe = join(unpacked, 'probe.mjs')
    writeFileSync(probe, asked.map((name) => `await import(${JSON.stringify(name)})`).join('\n'))
    const end = spawnSync(process.execPath, [probe], { encoding: 'utf8' })
    rmSync(probe)
    expect([end.status, end.stderr]).toEqual([0, ''])
  })

  it('holds no sources, maps, tests, other systems or other hosts', () => {
    const files = filesBelow(unpacked)
    const folders = [...new Set(files.map((name) => name.split('/')[0]))].sort()
    expect(folders).toEqual(['node_modules', 'out', 'package.json', 'resources'])
    expect(files.filter((name) => /\.(ts|map|md|c|cc|h)$|(^|\/)(test|tests|docs)\//.test(name))).toEqual([])
    expect(files.filter((name) => name.endsWith('.node')).map((name) => name.split('/').at(-1))).toEqual([
      expect.stringMatching(/^keyring\.linux-/),
      `linux-${process.arch}.node`,
    ])
    const scripts = files.filter((name) => /^out\/main\/[^/]*$/.test(name)).map((name) => name.split('/').at(-1))
    expect(scripts.sort()).toEqual([
      'calculator-worker.js',
      'core-utility.js',
      'index.js',
      'keychain-child.js',
      'practice-books.js',
      'practice-crm.js',
      'practice-list.js',
    ])
    expect(files).toContain('out/preload/index.cjs')
    expect(files).toContain('out/renderer/index.html')
  })

  it('keeps native modules outside the archive, where they can be loaded', () => {
    const outside = filesBelow(join(app, 'resources/app.asar.unpacked'))
    expect(outside.every((name) => name.endsWith('.node'))).toBe(true)
    expect(outside).toHaveLength(2)
  })

  it('is small beside the runtime: its archive, and what is native', () => {
    const archive = statSync(join(app, 'resources/app.asar')).size
    const native = filesBelow(join(app, 'resources/app.asar.unpacked')).map(
      (name) => statSync(join(app, 'resources/app.asar.unpacked', name)).size,
    )
    const all = archive + native.reduce((sum, size) => sum + size, 0)
    expect(all).toBeGreaterThan(4_000_000)
    expect(all).toBeLessThan(16_000_000)
  })

  it('brings one language of Chromium only', () => {
    expect(readdirSync(join(app, 'locales'))).toEqual(['en-US.pak'])
    expect(existsSync(join(app, 'resources/app.asar'))).toBe(true)
  })
})

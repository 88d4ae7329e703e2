import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hostFlags } from '../../scripts/lib/product-process.mjs'

const startModule = new URL('../../scripts/lib/start-app.mjs', import.meta.url).href

/** A host that shows how it was called, waits to be stopped and then ends with a code of its own. */
const fakeHost = `
  process.on('SIGTERM', () => { console.log('stopping'); process.exit(7) })
  console.log(JSON.stringify({ args: process.argv.slice(2), node: process.execArgv }))
  if (process.argv.includes('--wait')) setInterval(() => {}, 1000)
`
let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'start-test-'))
  mkdirSync(join(root, 'src'))
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  const tool = join(root, 'node_modules', 'electron-vite', 'bin')
  mkdirSync(tool, { recursive: true })
  mkdirSync(join(root, 'node_modules', 'electron'))
  writeFileSync(join(root, 'host.js'), fakeHost)
  writeFileSync(
    join(tool, 'electron-vite.js'),
    `const fs = require('node:fs'); fs.mkdirSync('out/main', { recursive: true }); fs.copyFileSync('host.js', 'out/main/headless.js'); fs.writeFileSync('out/main/index.js', '')`,
  )
  cpSync(fileURLToPath(new URL('../../scripts', import.meta.url)), join(root, 'scripts'), { recursive: true })
})
afterEach(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }))

const code = `import { startApp } from ${JSON.stringify(startModule)}; process.exit(await startApp(process.argv[1], process.argv.slice(2)))`

function withoutDisplay(): NodeJS.ProcessEnv {
  const { DISPLAY: _x11, WAYLAND_DISPLAY: _wayland, ...env } = process.env
  return { ...env, CI: 'true' }
}

function callOf(args: readonly string[]): string[] {
  return ['--input-type=module', '-e', code, '--', root, ...args]
}

describe.runIf(process.platform === 'linux')('npm start on a machine without a display', () => {
  it('says so in one line and runs the headless host with the arguments', () => {
    const end = spawnSync(process.execPath, callOf(['--port', '0']), { env: withoutDisplay(), encoding: 'utf8' })
    expect(JSON.parse(end.stdout)).toEqual({ args: ['serve', '--port', '0'], node: [...hostFlags] })
    const lines = end.stderr.split('\n').filter((line) => line.includes('desktop window'))
    expect(lines).toEqual([
      'Patchbay: no desktop window (this machine has no display); running in the browser instead.',
    ])
    expect(end.status).toBe(0)
  })

  it('passes on the request to stop and the exit code', async () => {
    const child = spawn(process.execPath, callOf(['--wait']), { env: withoutDisplay() })
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    const [status] = await once(child, 'exit')
    expect(status).toBe(7)
  })
})

/** A runtime that shows how it was called; `end` is how it ends. */
function installRuntime(end: string): void {
  const folder = join(root, 'node_modules', 'electron')
  mkdirSync(join(folder, 'dist'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"version":"45.0.0"}')
  writeFileSync(join(folder, 'dist', 'version'), '45.0.0')
  const program = `#!/bin/sh\necho "electron $* node:$ELECTRON_RUN_AS_NODE"\n${end}\n`
  writeFileSync(join(folder, 'dist', 'electron'), program, { mode: 0o755 })
  writeFileSync(join(folder, 'path.txt'), 'electron')
}

/** A person who is not root at a machine with a display. */
function startAtDesk(args: readonly string[]) {
  const notRoot = ['--import', 'data:text/javascript,process.getuid=()=>1000']
  const env = { ...withoutDisplay(), DISPLAY: ':99', ELECTRON_RUN_AS_NODE: '1' }
  return spawnSync(process.execPath, [...notRoot, ...callOf(args)], { env, encoding: 'utf8' })
}

describe.runIf(process.platform === 'linux')('npm start where the Electron runtime is installed', () => {
  it('opens the app in it, as Electron and not as Node, and ends as it ends', () => {
    installRuntime('exit 5')
    const end = startAtDesk(['--data', '/a b'])
    expect([end.stdout.trim(), end.status]).toEqual(['electron . --data /a b node:', 5])
  })

  it('runs in the browser where the runtime does not start, and says so', () => {
    installRuntime('exit 127')
    const end = startAtDesk(['--port', '0'])
    expect(end.stderr).toContain('no desktop window (the Electron runtime does not start on this system)')
    expect(end.stdout).toContain('"serve","--port","0"')
    expect(end.status).toBe(0)
  })

  it('runs in the browser when asked to', () => {
    installRuntime('exit 5')
    const end = startAtDesk(['--headless'])
    expect([end.stdout.includes('electron .'), end.status]).toEqual([false, 0])
    expect(end.stderr).toContain('as asked for with --headless')
  })
})

/** The package of the headless host: made, installed by dpkg, run by its unit's own line, stopped, removed. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectToHost } from '#main/app/host/connect-to-host.ts'
import { makeHeadlessDeb } from '../../scripts/lib/headless-deb.mjs'
import { debRoot } from './installed-deb.ts'

const folder = mkdtempSync(join(tmpdir(), 'patchbay-deb-'))
const root = join(folder, 'root')
const home = join(folder, 'home')
const unitFile = join(root, 'usr/lib/systemd/user/patchbay.service')
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

const hasPrograms = (...names: readonly string[]): boolean =>
  names.every((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0)
const canInstall = process.platform === 'linux' && hasPrograms('dpkg', 'dpkg-deb')

/** A person's environment, without anything of the project's on the path. */
function environment(): NodeJS.ProcessEnv {
  const passphrase = join(home, 'passphrase')
  mkdirSync(home, { recursive: true })
  writeFileSync(passphrase, 'four random words\n', { mode: 0o600 })
  return { HOME: home, PATH: '/usr/bin:/bin', PATCHBAY_PASSPHRASE_FILE: passphrase }
}

/** The line of the unit, with the folder of this test in front of the program. */
function startedByUnit(): readonly [string, ...string[]] {
  const line = /^ExecStart=(.*)$/m.exec(readFileSync(unitFile, 'utf8'))?.[1] ?? ''
  const [program = '', ...args] = line.split(' ')
  return [join(root, program), ...args]
}

function untilOutput(child: ChildProcess, wanted: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => {
        output += String(chunk)
        if (output.includes(wanted)) resolve(output)
      })
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${output}`)))
  })
}

if (!canInstall)
  it('the package of the headless host is for systems with dpkg (Debian, Ubuntu): this is none', () => {
    expect(canInstall).toBe(false)
  })

describe.runIf(canInstall)('the package of the headless host', () => {
  const system = debRoot(root)
  const dataFolder = join(home, '.local/share/patchbay')
  let installed: readonly string[] = []

  beforeAll(async () => {
    const project = fileURLToPath(new URL('../..', import.meta.url))
    const file = await makeHeadlessDeb({ root: project, folder, compression: 'gzip' })
    expect(statSync(file).size).toBeLessThan(80_000_000)
    system.install(file)
    installed = system.files()
  }, 120_000)

  it('is installed whole: a command, a unit, an app with a Node of its own', () => {
    expect(system.statusOf('patchbay-headless')).toBe('install ok installed')
    for (const path of ['/usr/bin/patchbay', '/usr/lib/systemd/user/patchbay.service', '/usr/lib/patchbay/node'])
      expect(installed).toContain(path)
    expect(installed.filter((path) => path.endsWith('.node'))).toHaveLength(2)
    expect(
      installed.filter((path) =>
        /\.(ts|map)$|\/(index\.js|core-utility\.js)$/.test(path.replace(/.*node_modules.*/, '')),
      ),
    ).toEqual([])
    expect(installed.filter((path) => /node_modules\/(electron|react|vite|zod)\//.test(path))).toEqual([])
    expect(
      installed.filter((path) => !/^\/usr\/(bin|lib\/patchbay|lib\/systemd\/user|share\/doc)\//.test(path)),
    ).toEqual([])
  })

  it('can be written by nobody but root, and run by all', () => {
    for (const path of ['/usr/bin/patchbay', '/usr/lib/patchbay/node'])
      expect(statSync(join(root, path)).mode & 0o777).toBe(0o755)
    expect(installed.filter((path) => (statSync(join(root, path)).mode & 0o022) !== 0)).toEqual([])
  })

  it.runIf(hasPrograms('systemd-analyze'))('has a unit that systemd takes, and would not take a broken one', () => {
    const text = readFileSync(unitFile, 'utf8').replaceAll('/usr/bin/', join(root, 'usr/bin/'))
    const verify = (unit: string): string => {
      const file = join(folder, 'patchbay.service')
      writeFileSync(file, unit)
      return spawnSync('systemd-analyze', ['verify', '--user', '--man=no', file], {
        encoding: 'utf8',
        env: { ...process.env, XDG_RUNTIME_DIR: folder },
      }).stderr
    }
    expect(verify(text)).toBe('')
    expect(verify(text.replace('Restart=on-failure', 'Restart=sometimes'))).toContain('restart')
  })

  it('answers its command, from any folder, without a Node on the path', () => {
    const version = spawnSync(join(root, 'usr/bin/patchbay'), ['--version'], {
      cwd: '/',
      env: environment(),
      encoding: 'utf8',
    })
    const { version: wanted } = JSON.parse(readFileSync(join(root, 'usr/lib/patchbay/package.json'), 'utf8'))
    expect([version.stdout.trim(), version.stderr]).toEqual([wanted, ''])
  })

  it('serves when its unit is started, works, and stops when told to', async () => {
    const [program, ...args] = startedByUnit()
    const host = spawn(program, args, { cwd: '/', env: environment(), stdio: ['ignore', 'pipe', 'pipe'] })
    const link = /http:\/\/127\.0\.0\.1:\d+\//.exec(await untilOutput(host, '#t='))?.[0] ?? ''
    const page = await fetch(link)
    expect([page.status, page.headers.get('content-security-policy')]).toEqual([
      200,
      expect.stringContaining("default-src 'none'"),
    ])
    const connection = await connectToHost(dataFolder)
    await connection?.client.call('practice.start', {})
    const plans = await connection?.client.call('plans.make', { integrationId: 'customers-to-crm' })
    expect(plans?.planId).toEqual(expect.any(String))
    connection?.close()
    host.kill('SIGTERM')
    const [code] = await once(host, 'exit')
    expect(code).toBe(0)
    await expect(fetch(link)).rejects.toThrow()
  }, 60_000)

  it('leaves nothing when it is removed, but the data folder of the person', () => {
    system.remove('patchbay-headless')
    expect(system.files()).toEqual([])
    expect(system.statusOf('patchbay-headless')).not.toBe('install ok installed')
    expect(existsSync(join(root, 'usr/lib/patchbay'))).toBe(false)
    expect(existsSync(join(dataFolder, 'patchbay.db')) || existsSync(dataFolder)).toBe(true)
  })
})

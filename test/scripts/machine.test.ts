import { describe, expect, it } from 'vitest'
import { adviceFor } from '../../scripts/lib/failure-advice.mjs'
import { requireNodeForSetup } from '../../scripts/lib/node-version.mjs'
import { isInside, npmCommand } from '../../scripts/lib/npm-command.mjs'
import { findChromium } from '../support/chromium.ts'
import { howToGet, installPackages } from '../support/debian-packages.ts'

describe('adviceFor', () => {
  it.each([
    ['npm error code ENOTFOUND', 'could not be reached'],
    ['npm error ENOSPC: no space left on device, write', 'disk is full'],
    [
      'npm error code EUSAGE\nnpm error `npm ci` can only install packages when your package.json and package-lock.json are in sync',
      'belong together',
    ],
    ['npm error code EACCES\nnpm error syscall mkdir', 'may not be written to'],
    ['npm error code EPERM\nnpm error syscall unlink', 'in use by another program'],
    ['npm error code SELF_SIGNED_CERT_IN_CHAIN\nnpm error network', 'certificate'],
    ['npm error code E404\nnpm error 404 Not Found', 'refused to give out'],
    ['npm error code EINTEGRITY', 'arrived damaged'],
    ['something else', 'npm reported a problem'],
  ])('reads %j', (output, what) => {
    expect(adviceFor(output).what).toContain(what)
    expect(adviceFor(output).next).not.toBe('')
  })
})

describe('requireNodeForSetup', () => {
  it('refuses Node 18 with the next step and takes Node 20', () => {
    expect(() => requireNodeForSetup('18.20.0')).toThrow('needs Node 20')
    expect(() => requireNodeForSetup('20.0.0')).not.toThrow()
  })
})

describe('npmCommand', () => {
  const modules = '/project/node_modules'

  it('calls the npm that runs us, with the Node that runs it', () => {
    const env = { npm_execpath: '/opt/npm/bin/npm-cli.js', npm_node_execpath: process.execPath }
    expect(npmCommand({ env, execPath: '/other/node', modules })).toEqual({
      program: process.execPath,
      args: ['/opt/npm/bin/npm-cli.js'],
    })
  })

  it('does not take another package manager for npm', () => {
    const env = { npm_execpath: '/opt/pnpm/bin/pnpm.cjs', PATH: '' }
    expect(npmCommand({ env, execPath: '/no/such/folder/node', modules })).toEqual({ program: 'npm', args: [] })
  })

  it('tells what lies inside node_modules, where npm ci deletes it', () => {
    expect(isInside(modules, '/project/node_modules/node/bin/node')).toBe(true)
    expect(isInside(modules, '/usr/bin/node')).toBe(false)
  })
})

describe('findChromium', () => {
  function search(places: readonly string[], change: Partial<Parameters<typeof findChromium>[0]> = {}) {
    const exists = (path: string) => places.includes(path)
    return findChromium({
      platform: 'linux',
      env: {},
      exists,
      playwrightChromium: () => '/home/me/.cache/chrome',
      ...change,
    })
  }

  it('takes the named one first', () => {
    expect(search(['/opt/chrome', '/usr/bin/chromium'], { env: { PATCHBAY_CHROMIUM: '/opt/chrome' } })).toBe(
      '/opt/chrome',
    )
  })

  it('refuses a named one that is not there instead of testing another', () => {
    expect(() => search(['/usr/bin/chromium'], { env: { PATCHBAY_CHROMIUM: '/opt/chrome' } })).toThrow('does not exist')
  })

  it('prefers an installed one to the one of Playwright', () => {
    expect(search(['/home/me/.cache/chrome', '/usr/bin/google-chrome'])).toBe('/usr/bin/google-chrome')
    expect(search(['/home/me/.cache/chrome'])).toBe('/home/me/.cache/chrome')
  })

  it('finds Edge on Windows and Chrome on macOS', () => {
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
    expect(search([edge], { platform: 'win32', env: { 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' } })).toBe(edge)
    const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
    expect(search([chrome], { platform: 'darwin', env: { HOME: '/Users/me' } })).toBe(chrome)
  })

  it('says where it looked and how to get one', () => {
    expect(() => search([])).toThrow(/npx playwright install chromium[\s\S]*\/usr\/bin\/chromium/)
  })
})

describe('installPackages', () => {
  /** A package manager that gives these answers one after the other and notes how it was called. */
  function fakeApt(answers: readonly { code: number; output: string }[]) {
    const calls: string[] = []
    const said: string[] = []
    const left = [...answers]
    const run = async (program: string, args: readonly string[]) => {
      calls.push([program, ...args.filter((arg) => /^[a-z]|^--configure/.test(arg))].join(' '))
      return left.shift() ?? { code: 0, output: '' }
    }
    return { calls, said, how: { run, say: (line: string) => said.push(line), pauseMs: 1 } }
  }
  const locked = { code: 100, output: 'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 12' }

  it('installs from the lists that are there', async () => {
    const { calls, how } = fakeApt([])
    expect(await installPackages(['chromium'], how)).toBe(true)
    expect(calls).toEqual(['apt-get install chromium'])
  })

  it('fetches the lists when the package is not in them', async () => {
    const { calls, how } = fakeApt([{ code: 100, output: 'E: Unable to locate package chromium' }])
    expect(await installPackages(['chromium'], how)).toBe(true)
    expect(calls).toEqual(['apt-get install chromium', 'apt-get update', 'apt-get install chromium'])
  })

  it('waits for another program that holds the package manager, and says so once', async () => {
    const { calls, said, how } = fakeApt([locked, locked])
    expect(await installPackages(['chromium'], how)).toBe(true)
    expect(calls).toHaveLength(3)
    expect(said.filter((line) => line.includes('waiting'))).toHaveLength(1)
  })

  it('gives up waiting in the end', async () => {
    const { how } = fakeApt(Array.from({ length: 1_000 }, () => locked))
    expect(await installPackages(['chromium'], { ...how, waitMs: 20 })).toBe(false)
  })

  it('finishes an installation that was killed half-way', async () => {
    const { calls, how } = fakeApt([{ code: 100, output: 'E: dpkg was interrupted, you must manually run' }])
    expect(await installPackages(['chromium'], how)).toBe(true)
    expect(calls).toEqual(['apt-get install chromium', 'dpkg --configure', 'apt-get install chromium'])
  })
})

describe('howToGet', () => {
  it('names the packages on Linux', () => {
    expect(howToGet(['gnome-keyring-daemon', 'chromium'], 'linux')).toContain(
      'sudo apt-get install gnome-keyring chromium',
    )
  })
})

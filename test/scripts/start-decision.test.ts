import { describe, expect, it } from 'vitest'
import { decideHost, hostArguments, isRuntimeFailure, mayOpenBrowser } from '../../scripts/lib/start-decision.mjs'

type Facts = Parameters<typeof decideHost>[0]

const now = Date.UTC(2026, 10, 23, 12)
const hourMs = 60 * 60_000

function facts(change: Partial<Facts> = {}): Facts {
  return {
    platform: 'linux',
    env: { DISPLAY: ':0' },
    args: [],
    isAdministrator: false,
    isWindowBuilt: true,
    isRuntimeInstalled: true,
    lastFailureAt: undefined,
    now,
    isTerminal: true,
    ...change,
  }
}

describe('decideHost', () => {
  const missing = { isRuntimeInstalled: false }
  it.each<[string, Partial<Facts>, string]>([
    ['opens the window where the runtime is installed', {}, 'electron'],
    ['opens it on Wayland too', { env: { WAYLAND_DISPLAY: 'wayland-0' } }, 'electron'],
    ['needs no display variable on Windows', { platform: 'win32', env: {} }, 'electron'],
    ['needs no display variable on macOS', { platform: 'darwin', env: {} }, 'electron'],
    ['opens an installed runtime on a CI machine with a display', { env: { DISPLAY: ':0', CI: 'true' } }, 'electron'],
    ['runs headless without a display', { env: {} }, 'headless'],
    ['runs headless for root, whom Electron refuses', { isAdministrator: true }, 'headless'],
    ['runs headless when asked to', { args: ['--headless'] }, 'headless'],
    ['does not open or download for a build without a window', { ...missing, isWindowBuilt: false }, 'headless'],
    ['downloads a missing runtime', missing, 'download'],
    ['does not download on CI', { ...missing, env: { DISPLAY: ':0', CI: '1' } }, 'headless'],
    ['downloads where CI says no', { ...missing, env: { DISPLAY: ':0', CI: 'false' } }, 'download'],
    ['does not download for a machine without a display', { ...missing, env: {} }, 'headless'],
    ['remembers a failure for a day', { ...missing, lastFailureAt: now - 23 * hourMs }, 'headless'],
    ['forgets it after a day', { ...missing, lastFailureAt: now - 25 * hourMs }, 'download'],
    [
      'forgets one from the future, after a clock was set back',
      { ...missing, lastFailureAt: now + hourMs },
      'download',
    ],
    ['tries again when told to', { ...missing, lastFailureAt: now, args: ['--retry-electron'] }, 'download'],
  ])('%s', (_name, change, host) => {
    expect(decideHost(facts(change)).host).toBe(host)
  })
})

describe('mayOpenBrowser', () => {
  it.each<[string, Partial<Facts>, boolean]>([
    ['opens for a person at a terminal with a display', {}, true],
    ['does not open when the output goes to a file', { isTerminal: false }, false],
    ['does not open on CI', { env: { DISPLAY: ':0', CI: 'true' } }, false],
    ['does not open without a display', { env: {} }, false],
    ['opens on Windows', { platform: 'win32', env: {} }, true],
  ])('%s', (_name, change, isAllowed) => {
    expect(mayOpenBrowser(facts(change))).toBe(isAllowed)
  })
})

describe('hostArguments', () => {
  it('keeps what is not for the start itself', () => {
    expect(hostArguments(['--headless', '--port', '4100', '--retry-electron'])).toEqual(['--port', '4100'])
  })
})

describe('isRuntimeFailure', () => {
  it.each<[string, Parameters<typeof isRuntimeFailure>[0], boolean]>([
    ['takes missing system libraries as one', { code: 127, signal: null, ranMs: 30 }, true],
    ['takes a forbidden sandbox as one', { code: 133, signal: 'SIGTRAP', ranMs: 400 }, true],
    ['takes an app that says no as none', { code: 1, signal: null, ranMs: 400 }, false],
    ['takes a crash after a while as none', { code: 139, signal: 'SIGSEGV', ranMs: 60_000 }, false],
    ['takes a person who closes the window as none', { code: 0, signal: null, ranMs: 900 }, false],
  ])('%s', (_name, end, isFailure) => {
    expect(isRuntimeFailure(end)).toBe(isFailure)
  })
})

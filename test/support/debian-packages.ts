/**
 * Programs of the system that tests need. As root on Debian (and its children) the missing packages are installed,
 * behind whatever else holds the package manager; everywhere else it is said what to install.
 */
import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findChromium } from './chromium.ts'

/** Program to Debian package. */
const packageOf: Readonly<Record<string, string>> = {
  chromium: 'chromium',
  'dbus-daemon': 'dbus-daemon',
  'gnome-keyring-daemon': 'gnome-keyring',
}

const waitForOthersMs = 10 * 60_000
const retryEveryMs = 3_000

/** Which of the programs are not there; takes milliseconds. Chromium counts as there when any usable browser is. */
export function missingPrograms(programs: readonly string[]): string[] {
  return programs.filter((program) => (program === 'chromium' ? !hasBrowser() : !isOnPath(program)))
}

function hasBrowser(): boolean {
  try {
    findChromium()
    return true
  } catch {
    return false
  }
}

function isOnPath(program: string): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.some((folder) => isExecutable(join(folder, program)))
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** What to tell a person whose machine lacks these programs. */
export function howToGet(programs: readonly string[], platform: NodeJS.Platform = process.platform): string {
  const names = programs.join(', ')
  if (platform !== 'linux')
    return `The tests need ${names}: install it, or run "npx playwright install chromium" for a browser.`
  return `The tests need ${names}. On Debian or Ubuntu: sudo apt-get install ${packagesFor(programs).join(' ')}`
}

function packagesFor(programs: readonly string[]): string[] {
  return programs.map((program) => packageOf[program] ?? program)
}

/**
 * Installs what is missing where that is possible without asking.
 * @param say gets progress lines
 * @returns what a person has to do, or undefined when everything is there
 */
export async function ensurePrograms(
  programs: readonly string[],
  say: (line: string) => void,
): Promise<string | undefined> {
  const missing = missingPrograms(programs)
  if (missing.length === 0) return undefined
  if (!mayInstall()) return howToGet(missing)
  await installPackages(packagesFor(missing), { say, run: runApt })
  const stillMissing = missingPrograms(missing)
  return stillMissing.length === 0 ? undefined : howToGet(stillMissing)
}

function mayInstall(): boolean {
  return (
    process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/etc/debian_version') && isOnPath('apt-get')
  )
}

interface AptResult {
  readonly code: number
  readonly output: string
}

interface Installing {
  readonly say: (line: string) => void
  readonly run: (program: string, args: readonly string[]) => Promise<AptResult>
  /** Between two tries while another program holds the package manager. */
  readonly pauseMs?: number
  readonly waitMs?: number
}

/**
 * Installs packages: first from the lists that are there, with fresh lists when that fails; finishes an installation
 * that was killed half-way.
 * @returns whether apt-get reported success
 */
export async function installPackages(packages: readonly string[], how: Installing): Promise<boolean> {
  how.say(`installing packages of the system: ${packages.join(', ')} (a minute or two).`)
  const install = ['install', '--yes', '--no-install-recommends', ...packages]
  if (await aptGet(install, how)) return true
  how.say('fetching the list of packages first.')
  if (!(await aptGet(['update'], how))) return false
  return aptGet(install, how)
}

/** One apt-get command. The lists and the download folder have locks that no option waits for: these are tried again. */
async function aptGet(args: readonly string[], how: Installing): Promise<boolean> {
  const options = ['-o', `DPkg::Lock::Timeout=${waitForOthersMs / 1000}`, '-o', 'Dpkg::Options::=--force-confold']
  const startedAt = performance.now()
  let hasSaidWaiting = false
  let hasRepaired = false
  for (;;) {
    const { code, output } = await how.run('apt-get', [...options, ...args])
    if (code === 0) return true
    const isOver = performance.now() - startedAt > (how.waitMs ?? waitForOthersMs)
    if (/Could not get lock|Unable to lock/.test(output) && !isOver) {
      if (!hasSaidWaiting) how.say('another program is installing packages; waiting for it.')
      hasSaidWaiting = true
      await sleep(how.pauseMs ?? retryEveryMs)
    } else if (/dpkg was interrupted/.test(output) && !hasRepaired) {
      hasRepaired = true
      how.say('finishing an installation that was interrupted.')
      await how.run('dpkg', ['--configure', '-a', '--force-confold'])
    } else {
      how.say(`apt-get ${args[0]} failed: ${lastLineOf(output)}`)
      return false
    }
  }
}

function lastLineOf(output: string): string {
  return output.trim().split('\n').at(-1) ?? ''
}

function runApt(program: string, args: readonly string[]): Promise<AptResult> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' }
  return new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-20_000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', (error) => resolve({ code: 127, output: String(error) }))
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/**
 * A private desktop session for the keychain tests on Linux: an own message bus and an own, unlocked keyring in a
 * temporary folder, so that they neither need a desktop nor touch the keyring of the person who runs them.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const readyWithinMs = 10_000

/**
 * @template T
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} work gets the environment that points to the session
 * @returns {Promise<T>}
 */
export async function withKeychainSession(work) {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-keychain-'))
  const env = sessionEnv(folder)
  const bus = startBus(folder, env)
  try {
    const address = (await firstOutput(bus)).trim()
    const sessionWithBus = { ...env, DBUS_SESSION_BUS_ADDRESS: address }
    await startKeyring(sessionWithBus)
    return await work(sessionWithBus)
  } finally {
    bus.kill()
    await removeAfterKeyring(folder)
  }
}

/**
 * The keyring notices the end of the bus a moment later, and writes its folder once more.
 * @param {string} folder
 */
async function removeAfterKeyring(folder) {
  for (let quietRounds = 0; quietRounds < 5; quietRounds += 1) {
    if (existsSync(folder)) quietRounds = 0
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    await sleep(40)
  }
}

/**
 * The first process ends once the keyring answers on the bus; the one it leaves behind ends with the bus.
 * @param {NodeJS.ProcessEnv} env
 */
async function startKeyring(env) {
  const args = ['--daemonize', '--unlock', '--components=secrets']
  const keyring = spawn('gnome-keyring-daemon', args, {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
    timeout: readyWithinMs,
  })
  keyring.stdin.end('a password for this session only\n')
  const [code] = await once(keyring, 'exit')
  if (code !== 0) throw new Error('gnome-keyring-daemon did not start')
}

/** @param {string} folder @returns {NodeJS.ProcessEnv} */
function sessionEnv(folder) {
  const env = { ...process.env }
  for (const name of ['DATA', 'CONFIG', 'CACHE', 'RUNTIME']) {
    const path = join(folder, name.toLowerCase())
    mkdirSync(path)
    chmodSync(path, 0o700)
    env[name === 'RUNTIME' ? 'XDG_RUNTIME_DIR' : `XDG_${name}_HOME`] = path
  }
  delete env.GNOME_KEYRING_CONTROL
  return env
}

/** @param {string} folder @param {NodeJS.ProcessEnv} env */
function startBus(folder, env) {
  const args = ['--session', '--nofork', '--nopidfile', '--print-address=1', `--address=unix:dir=${folder}`]
  return spawn('dbus-daemon', args, { env, stdio: ['ignore', 'pipe', 'ignore'] })
}

/**
 * The bus prints its address once it is ready.
 * @param {import('node:child_process').ChildProcess} bus
 * @returns {Promise<string>}
 */
function firstOutput(bus) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('dbus-daemon was not ready in time')), readyWithinMs)
    timer.unref()
    bus.once('error', reject)
    bus.once('exit', () => reject(new Error('dbus-daemon ended at once')))
    bus.stdout?.once('data', (/** @type {Buffer} */ chunk) => {
      clearTimeout(timer)
      resolve(chunk.toString())
    })
  })
}

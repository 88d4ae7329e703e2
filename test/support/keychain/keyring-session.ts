/**
 * Real Secret Services for tests: gnome-keyring on a D-Bus session of its own, in a home folder of its own, so that
 * neither the keyring nor the desktop of whoever runs the tests is touched. Linux only.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { ActorPlan, StepResult } from './vault-actor.ts'

/** Packages on Debian: dbus-daemon, gnome-keyring. */
export const keyringPrograms = ['dbus-run-session', 'gnome-keyring-daemon'] as const

export type Environment = Readonly<Record<string, string>>

/** unlocked: as after a login. locked: the daemon runs, nobody gave the password, and no prompt can be shown. prompting: a prompt is shown that nobody ever answers. */
export type KeyringMode = 'unlocked' | 'locked' | 'prompting'

/** What a program sees that is started outside any desktop session. */
export function withoutBus(folder: string): Environment {
  const home = join(folder, 'home')
  mkdirSync(home, { recursive: true, mode: 0o700 })
  return { PATH: process.env.PATH ?? '', HOME: home, LC_ALL: 'C.UTF-8' }
}

/** A session that lasts as long as the test. The keyrings live in `folder` and are there again in the next session on it. */
export async function startKeyring(folder: string, mode: KeyringMode): Promise<Environment> {
  const runtime = join(folder, `run-${mode}`)
  const env = { ...withoutBus(folder), XDG_RUNTIME_DIR: runtime }
  mkdirSync(join(runtime, 'dbus-1', 'services'), { recursive: true, mode: 0o700 })
  if (mode === 'prompting') hangPrompts(runtime)
  const start =
    mode === 'unlocked' ? 'printf test-login | gnome-keyring-daemon --unlock' : 'gnome-keyring-daemon --start'
  const script = `${start} --components=secrets >/dev/null && echo "$DBUS_SESSION_BUS_ADDRESS" && exec cat >/dev/null`
  const session = spawn('dbus-run-session', ['--', 'sh', '-c', script], { env, stdio: ['pipe', 'pipe', 'ignore'] })
  const exited = once(session, 'exit')
  onTestFinished(async () => {
    session.stdin.end()
    await exited
  })
  const ended = exited.then(([code]) => Promise.reject(new Error(`the keyring session ended with code ${code}`)))
  const [address] = await Promise.race([once(createInterface({ input: session.stdout }), 'line'), ended])
  return { ...env, DBUS_SESSION_BUS_ADDRESS: String(address) }
}

/** Puts a program that never answers in the place of the one that shows prompts; it ends with the test. */
function hangPrompts(runtime: string): void {
  const script = join(runtime, 'hang.sh')
  const pids = join(runtime, 'pids')
  writeFileSync(pids, '')
  writeFileSync(script, `echo $$ >> ${pids}\nexec sleep 60\n`)
  for (const name of ['org.gnome.keyring.SystemPrompter', 'org.gnome.keyring.PrivatePrompter']) {
    const service = `[D-BUS Service]\nName=${name}\nExec=/bin/sh ${script}\n`
    writeFileSync(join(runtime, 'dbus-1', 'services', `${name}.service`), service)
  }
  onTestFinished(() => {
    for (const pid of readFileSync(pids, 'utf8').split('\n').filter(Boolean)) endProcess(Number(pid))
  })
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

/** A bus that takes connections and never answers. */
export async function startDeafBus(folder: string): Promise<Environment> {
  const path = join(folder, 'deaf')
  const server = createServer((socket) => socket.on('error', () => undefined))
  server.listen(path)
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { ...withoutBus(folder), DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` }
}

/** What a session of the desktop has when no program offers the Secret Service. */
export async function startEmptyBus(folder: string): Promise<Environment> {
  const env = withoutBus(folder)
  const config = join(folder, 'bus.conf')
  const rules = '<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>'
  writeFileSync(
    config,
    `<busconfig><type>session</type><listen>unix:dir=${folder}</listen><policy context="default">${rules}</policy></busconfig>`,
  )
  const bus = spawn('dbus-daemon', ['--nofork', '--print-address', `--config-file=${config}`], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const exited = once(bus, 'exit')
  onTestFinished(async () => {
    bus.kill()
    await exited
  })
  const [address] = await once(createInterface({ input: bus.stdout }), 'line')
  return { ...env, DBUS_SESSION_BUS_ADDRESS: String(address) }
}

export interface ActorEnd {
  readonly results: readonly StepResult[]
  readonly signal: NodeJS.Signals | null
  readonly durationMs: number
}

/** Runs the steps in a process of their own and waits until it is gone. */
export async function runActor(env: Environment, plan: ActorPlan): Promise<ActorEnd> {
  const actor = new URL('./vault-actor.ts', import.meta.url)
  const end = await runScript(fileURLToPath(actor), env, JSON.stringify(plan))
  // Written by vault-actor.ts.
  const results = end.output === '' ? [] : (JSON.parse(end.output) as readonly StepResult[])
  return { results, signal: end.signal, durationMs: end.durationMs }
}

export interface ScriptEnd {
  readonly output: string
  readonly signal: NodeJS.Signals | null
  readonly durationMs: number
}

/** @param killAfterMs when the script counts as hanging */
export async function runScript(file: string, env: Environment, input = '', killAfterMs = 15_000): Promise<ScriptEnd> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [file], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  const timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  const output: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => output.push(part))
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [, signal] = await once(child, 'close')
  clearTimeout(timer)
  return { output: Buffer.concat(output).toString(), signal, durationMs: performance.now() - startedAt }
}

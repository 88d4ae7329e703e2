/** Kills a running integration again and again and lets it be taken up, until a run comes to its end. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface Killing {
  readonly start: () => ChildProcess
  /** Milliseconds between the start of the run and its kill, for the n-th kill. */
  readonly delayMs: (kill: number) => number
  readonly maximalKills: number
  /** Holds the answers of the service back and tells how many writes wait for one: only then the process is killed. */
  readonly freeze: () => Promise<number>
  readonly thaw: () => Promise<void>
}

export interface KillingResult {
  readonly kills: number
  readonly run: {
    readonly state: string
    readonly counts: Readonly<Record<string, number>>
    readonly resumeCount: number
  }
}

export async function killUntilDone(killing: Killing): Promise<KillingResult> {
  for (let kills = 0; ; kills++) {
    const child = killing.start()
    const ended = lastLine(child)
    await once(child.stdout ?? child, 'data')
    const isKilled = kills < killing.maximalKills && (await killInFlight(child, killing, kills))
    const line = await ended
    await killing.thaw()
    if (!isKilled) return { kills, run: JSON.parse(line) }
  }
}

/** Starts a script of this folder in a process of its own. */
export function startScript(name: string, ...args: readonly string[]): ChildProcess {
  const path = fileURLToPath(new URL(`./${name}`, import.meta.url))
  return spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** What the process printed last before it ended. */
async function lastLine(child: ChildProcess): Promise<string> {
  let text = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  await once(child, 'close')
  return text.trim().split('\n').at(-1) ?? ''
}

/** Waits, then kills at a moment when a request is in flight. False when the run ended before. */
async function killInFlight(child: ChildProcess, killing: Killing, kill: number): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, killing.delayMs(kill)))
  while (child.exitCode === null) {
    if ((await killing.freeze()) > 0) return child.kill('SIGKILL')
    await killing.thaw()
  }
  return false
}

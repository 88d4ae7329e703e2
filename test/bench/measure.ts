/** Runs the built product and the floor as whole processes; peak memory is what the system saw. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { cliFlags, productEnv } from '../../scripts/lib/product-process.mjs'

export interface ProcessEnd {
  /** The last line it printed, parsed. */
  readonly printed: unknown
  readonly code: number
  readonly peakMb: number
}

const root = fileURLToPath(new URL('../..', import.meta.url))

export async function runToEnd(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ProcessEnd> {
  const child = spawn(process.execPath, [...cliFlags, `${root}${script}`, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...productEnv(), ...env },
  })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  const peak = watchPeak(child)
  const [code] = await once(child, 'close')
  return { printed: JSON.parse(text.trim().split('\n').at(-1) ?? 'null'), code: Number(code), peakMb: peak.mb() }
}

/** The highest resident memory of a process so far, in MB; 0 where the system does not tell (it does on Linux). */
export function watchPeak(child: ChildProcess): { readonly mb: () => number; readonly reset: () => void } {
  let peakMb = 0
  const look = (): void => {
    peakMb = Math.max(peakMb, residentPeakMb(child.pid ?? 0))
  }
  const timer = setInterval(look, 25)
  child.once('exit', () => clearInterval(timer))
  const mb = (): number => {
    look()
    return peakMb
  }
  const reset = (): void => {
    peakMb = 0
  }
  return { mb, reset }
}

function residentPeakMb(pid: number): number {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return Number(found?.[1] ?? 0) / 1024
  } catch {
    // The process has ended, or this system has no such file.
    return 0
  }
}

export interface RunView {
  readonly state: string
  readonly startedAt: string
  readonly endedAt: string
  readonly readCount: number
  readonly counts: Readonly<Record<string, number>>
  readonly timings: Readonly<Record<string, number>> | null
  readonly error: unknown
}

export interface MeasuredRun {
  readonly run: RunView
  readonly durationMs: number
  readonly peakMb: number
}

/** Runs an integration with the built command line. Fails where the run did not finish. */
export async function runIntegration(
  dataFolder: string,
  integrationId: string,
  env: Readonly<Record<string, string>> = {},
  ...flags: readonly string[]
): Promise<MeasuredRun> {
  const { printed, peakMb } = await runToEnd(
    'out/main/cli.js',
    ['run', integrationId, '--json', '--data', dataFolder, ...flags],
    env,
  )
  // Printed by our own command line.
  const { run } = printed as { run: RunView }
  if (run?.state !== 'finished') throw new Error(`the run did not finish: ${JSON.stringify(printed).slice(0, 500)}`)
  return { run, durationMs: Date.parse(run.endedAt) - Date.parse(run.startedAt), peakMb }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

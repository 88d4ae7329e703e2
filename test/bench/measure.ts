/** Runs scripts as whole processes and takes medians. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface Measured {
  readonly durationMs: number
  readonly peakMb: number
  readonly readCount?: number
  readonly counts?: Readonly<Record<string, number>>
  readonly state?: string
  readonly error?: unknown
  readonly timings?: unknown
}

/** Starts a script of this folder and answers the last line it prints, parsed. Fails with what it said. */
export async function measure(script: string, ...args: readonly string[]): Promise<Measured> {
  const path = fileURLToPath(new URL(`./${script}`, import.meta.url))
  const child = spawn(process.execPath, ['--max-semi-space-size=4', path, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${script} ended with code ${code}`)
  // Printed by our own script.
  return JSON.parse(text.trim().split('\n').at(-1) ?? '') as Measured
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Starts processes of the core, and kills them. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { EndReport, Task } from './task.ts'

export interface Child {
  /** Resolves when the run has begun, or with the end of the process. */
  readonly started: Promise<unknown>
  /** The report of a run that came to its end; undefined: the process was killed. Rejects when it broke. */
  readonly ended: Promise<EndReport | undefined>
  readonly kill: () => void
}

const script = fileURLToPath(new URL('./run-tortured.ts', import.meta.url))
/** A third less work for each of the many starts. */
const cache = fileURLToPath(new URL('../../node_modules/.cache/torture', import.meta.url))

export function startChild(dataFolder: string, task: Task): Child {
  const core = spawn(process.execPath, [script, dataFolder, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  })
  let said = ''
  let complaint = ''
  core.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  core.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString()
  })
  const ended = once(core, 'close').then(([code, signal]): EndReport | undefined => {
    if (signal === 'SIGKILL') return undefined
    if (code !== 0) throw new Error(`the process of the core ended with ${code ?? signal}: ${complaint.slice(-2000)}`)
    // Printed by run-tortured.ts.
    return JSON.parse(said.trim().split('\n').at(-1) ?? '') as EndReport
  })
  ended.catch(() => undefined)
  return {
    started: Promise.race([once(core.stdout, 'data'), ended]),
    ended,
    kill: () => void core.kill('SIGKILL'),
  }
}

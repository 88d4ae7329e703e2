/**
 * One run of an integration in a process of its own, timed from start to end:
 *   node core-run.ts DATA_FOLDER INTEGRATION
 */
import { createCore } from '#main/app/core.ts'
import { memoryKeychain } from '../support/memory-keychain.ts'

const [dataFolder = '', integrationId = ''] = process.argv.slice(2)
const signal = new AbortController().signal
const sleep = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs))

let onEnd = (): void => undefined
const core = await createCore({
  dataFolder,
  clock: { now: Date.now, sleep },
  publish: (event) => {
    if (event.name === 'run.changed') onEnd()
  },
  log: () => undefined,
  env: {},
  keychain: memoryKeychain(),
})
const startMs = performance.now()
const { runId } = await core.handlers['runs.start']({ integrationId }, { signal })
const run = await new Promise<{
  state: string
  counts: object
  timings: object | null
  readCount: number
  error: object | null
}>((resolve) => {
  const look = async (): Promise<void> => {
    const now = await core.handlers['runs.get']({ runId }, { signal })
    if (now.state !== 'running') resolve(now)
  }
  onEnd = () => void look()
  void look()
})
const durationMs = performance.now() - startMs
const { state, counts, timings, readCount, error } = run
await core.stop()
const cpu = process.cpuUsage()
process.stdout.write(
  `${JSON.stringify({ state, counts, timings, readCount, error, durationMs, cpuMs: (cpu.user + cpu.system) / 1000, peakMb: process.resourceUsage().maxRSS / 1024 })}\n`,
)

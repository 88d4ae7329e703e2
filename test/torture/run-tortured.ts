/**
 * One process of the core that works on the torture integration, until it has ended or is killed:
 *   node run-tortured.ts DATA_FOLDER TASK     TASK: JSON, see task.ts
 * Prints one line of JSON when the work has begun, and one when it has ended.
 */
import { createCore } from '#main/app/core.ts'
import type { Job } from '#main/engine/job.ts'
import { memoryKeychain } from '../support/keychain/memory-keychain.ts'
import { realClock } from '../support/real-clock.ts'
import { integrationId } from './definitions.ts'
import type { EndReport, Task } from './task.ts'
import { twins } from './twins.ts'
import { watchJobs } from './watch-job.ts'

const [dataFolder = '', taskText = '{}'] = process.argv.slice(2)
// Printed by our own harness.
const task = JSON.parse(taskText) as Task
const signal = new AbortController().signal
const passed: Record<string, number> = {}

const core = await createCore({
  dataFolder,
  clock: realClock,
  publish: () => undefined,
  log: () => undefined,
  env: {},
  keychain: memoryKeychain(),
  isScheduling: false,
  aroundJob,
})
const { handlers } = core
const say = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`)

if (task.definitions !== undefined) {
  await handlers['definitions.import']({ text: task.definitions, fileName: 'torture.json' }, { signal })
}
const runId = await begin()
say({ started: runId })
const report = await ended()
await core.stop()
say(report)

function aroundJob(job: Job): Job {
  const twin = task.twin === undefined ? job : twins[task.twin](job)
  return task.killAt === undefined ? twin : watchJobs(onPoint)(twin)
}

/** The process that reaches the point ends there, before anything else happens. */
function onPoint(point: string): void {
  passed[point] = (passed[point] ?? 0) + 1
  if (point === task.killAt?.point && passed[point] === task.killAt.hit) process.kill(process.pid, 'SIGKILL')
}

/** An interrupted run is taken up first, whatever was asked for. */
async function begin(): Promise<string> {
  const { runs } = await handlers['runs.list']({ integrationId, selection: 'open', limit: 1 }, { signal })
  const isPlanned = task.isPlanned && runs.length === 0
  if (!isPlanned) return (await handlers['runs.start']({ integrationId }, { signal })).runId
  const { planId } = await handlers['plans.make']({ integrationId }, { signal })
  for (;;) {
    const plan = await handlers['plans.get']({ planId }, { signal })
    if (plan.state === 'ready') return (await handlers['plans.approve']({ planId }, { signal })).runId
    if (plan.state !== 'making') throw new Error(`the plan is ${plan.state}: ${plan.error?.message}`)
    await realClock.sleep(5)
  }
}

async function ended(): Promise<EndReport> {
  for (;;) {
    const run = await handlers['runs.get']({ runId }, { signal })
    if (run.state !== 'running') return { run, held: await heldSources(), passed }
    await realClock.sleep(5)
  }
}

/** Source ids of the records that the run shows as held. */
async function heldSources(): Promise<readonly string[]> {
  const held: string[] = []
  for (let afterSeq = 0, isMore = true; isMore; ) {
    const page = await handlers['runs.records']({ runId, outcome: 'held', limit: 500, afterSeq }, { signal })
    held.push(...page.records.map((record) => record.sourceId))
    isMore = page.next !== null
    afterSeq = page.next ?? 0
  }
  return held
}

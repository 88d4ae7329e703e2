/**
 * Runs one integration of a data folder to its end in a process of its own, so that tests can kill it:
 *   node run-child.ts DATA_FOLDER INTEGRATION [--approve]
 * Prints the run as one line of JSON.
 */
import { createCore } from '#main/app/core.ts'
import { memoryKeychain } from '../support/keychain/memory-keychain.ts'
import { realClock } from '../support/real-clock.ts'

const [dataFolder = '', integrationId = '', flag] = process.argv.slice(2)
const signal = new AbortController().signal

const core = await createCore({
  dataFolder,
  clock: realClock,
  publish: () => undefined,
  log: () => undefined,
  env: {},
  keychain: memoryKeychain(),
})
const { handlers } = core

async function approvedPlan(): Promise<string> {
  const { planId } = await handlers['plans.make']({ integrationId }, { signal })
  for (;;) {
    const plan = await handlers['plans.get']({ planId }, { signal })
    if (plan.state !== 'making') return (await handlers['plans.approve']({ planId }, { signal })).runId
    await realClock.sleep(10)
  }
}

const runId =
  flag === '--approve' ? await approvedPlan() : (await handlers['runs.start']({ integrationId }, { signal })).runId
process.stdout.write(`${JSON.stringify({ started: runId })}\n`)
for (;;) {
  const run = await handlers['runs.get']({ runId }, { signal })
  if (run.state !== 'running') {
    await core.stop()
    process.stdout.write(`${JSON.stringify(run)}\n`)
    break
  }
  await realClock.sleep(10)
}

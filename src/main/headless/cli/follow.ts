/** Waits for a plan or a run to end, telling how far it is. The same for a core in this process and one in a running host. */
import type { Output as Answer, Client } from '#shared/contract/contract.ts'
import type { Output } from './output.ts'
import { countsText } from './words.ts'

export interface Following {
  readonly client: Client
  readonly output: Output
  readonly sleep: (durationMs: number) => Promise<void>
}

const lookEveryMs = 100

export async function followPlan(planId: string, { client, output, sleep }: Following): Promise<Answer<'plans.get'>> {
  for (;;) {
    const plan = await client.call('plans.get', { planId })
    if (plan.state !== 'making') return plan
    output.progress(`planning: ${plan.readCount} read`)
    await sleep(lookEveryMs)
  }
}

export async function followRun(runId: string, { client, output, sleep }: Following): Promise<Answer<'runs.get'>> {
  for (;;) {
    const run = await client.call('runs.get', { runId })
    if (run.state !== 'running') return run
    output.progress(`running: ${run.readCount} read, ${countsText(run.counts)}`)
    await sleep(lookEveryMs)
  }
}

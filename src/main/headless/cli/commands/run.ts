/** plan and run. */
import type { Output as Answer, Client } from '#shared/contract/contract.ts'
import { AppError, type ErrorInfo, errorInfoOf } from '#shared/errors.ts'
import { argument, type CommandInput, type CommandRun, numberOption, textOption } from '../command.ts'
import { exitCodeOfError, exitCodeOfRun, exitCodes } from '../exit-code.ts'
import { followPlan, followRun } from '../follow.ts'
import { errorLines } from '../output.ts'
import { withClient } from '../with-client.ts'
import { planLines, recordLines, runLines } from '../words.ts'

/** Exit 0 when the plan is ready, whatever it found: held and failed records are in its counts. */
export const makePlan: CommandRun = (input) =>
  withClient(input, async (client) => {
    const plan = await planNow(client, argument(input, 0), input)
    return showPlan(client, input, plan)
  })

async function showPlan(client: Client, input: CommandInput, plan: Answer<'plans.get'>): Promise<number> {
  const limit = Math.min(500, numberOption(input, 'items') ?? 20)
  const { items } = limit === 0 ? { items: [] } : await client.call('plans.items', { planId: plan.id, limit })
  input.output.result({ plan, items }, [...items.flatMap(recordLines), ...planLines(plan)])
  return plan.error ? exitCodeOfError(plan.error) : exitCodes.allWell
}

export const runIntegration: CommandRun = (input) =>
  withClient(input, async (client) => {
    // A plan is that of one integration.
    const legs = textOption(input, 'plan') === undefined ? await legsOf(client, argument(input, 0)) : []
    if (legs.length > 0) return runSet(client, legs, input)
    const runId = await startRun(client, argument(input, 0), input)
    const run = await followRun(runId, following(client, input))
    input.output.result({ run }, runLines(run))
    return exitCodeOfRun(run)
  })

/** The legs of a set of that id, in order; none where there is no such set. */
async function legsOf(client: Client, setId: string): Promise<readonly string[]> {
  const { integrations } = await client.call('integrations.list', {})
  return integrations.flatMap(({ id, legOf }) => (legOf?.set === setId && id !== setId ? [id] : []))
}

/** One leg after the other; one that fails does not hold up the next. The exit code is that of the worst. */
async function runSet(client: Client, legs: readonly string[], input: CommandInput): Promise<number> {
  const runs: Answer<'runs.get'>[] = []
  const errors: ErrorInfo[] = []
  for (const integrationId of legs) {
    try {
      const runId = await startRun(client, integrationId, input)
      runs.push(await followRun(runId, following(client, input)))
    } catch (thrown) {
      errors.push(errorInfoOf(thrown))
    }
  }
  input.output.result({ runs, errors }, [...runs.flatMap(runLines), ...errors.flatMap(errorLines)])
  return Math.max(...runs.map(exitCodeOfRun), ...errors.map(exitCodeOfError), exitCodes.allWell)
}

const trigger = 'command-line'

async function startRun(client: Client, integrationId: string, input: CommandInput): Promise<string> {
  const planId = textOption(input, 'plan')
  if (planId !== undefined) return (await client.call('plans.approve', { planId, trigger })).runId
  if (input.options.approve !== true) return (await client.call('runs.start', { integrationId, trigger })).runId
  const plan = await planNow(client, integrationId, input)
  if (plan.error) throw new AppError(plan.error)
  return (await client.call('plans.approve', { planId: plan.id, trigger })).runId
}

/** Makes the plan that takes a run back; with --approve it is carried out at once. */
export const undoRun: CommandRun = (input) =>
  withClient(input, async (client) => {
    const { planId } = await client.call('runs.plan-undo', {
      runId: argument(input, 0),
      overwritesNewer: input.options.overwriteNewer === true,
    })
    const plan = await followPlan(planId, following(client, input))
    if (input.options.approve !== true || plan.error) return showPlan(client, input, plan)
    const { runId } = await client.call('plans.approve', { planId, trigger })
    const run = await followRun(runId, following(client, input))
    input.output.result({ run }, runLines(run))
    return exitCodeOfRun(run)
  })

async function planNow(client: Client, integrationId: string, input: CommandInput) {
  const { planId } = await client.call('plans.make', { integrationId })
  return followPlan(planId, following(client, input))
}

function following(client: Client, input: CommandInput) {
  return { client, output: input.output, sleep: input.surroundings.sleep }
}

/** runs and run-log. */
import type { Client, Input } from '#shared/contract/contract.ts'
import { AppError } from '#shared/errors.ts'
import { type Outcome, outcomes } from '#shared/model/run.ts'
import { argument, type CommandInput, type CommandRun, numberOption, textOption } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { table } from '../output.ts'
import { withClient } from '../with-client.ts'
import { countsText, recordLines } from '../words.ts'

const pageSize = 500

export const showRuns: CommandRun = (input) =>
  withClient(input, async (client) => {
    const integrationId = textOption(input, 'integration')
    const limit = Math.min(200, numberOption(input, 'limit') ?? 20)
    const { runs } = await client.call('runs.list', {
      limit,
      ...(integrationId === undefined ? {} : { integrationId }),
    })
    const rows = runs.map((run) => [
      run.id,
      run.integrationId,
      run.startedAt,
      run.trigger ?? '',
      run.state,
      String(run.readCount),
      countsText(run.counts),
    ])
    input.output.result({ runs }, table(['run', 'integration', 'started', 'trigger', 'state', 'read', 'outcome'], rows))
    return exitCodes.allWell
  })

export const showRecords: CommandRun = (input) =>
  withClient(input, async (client) => {
    const records = await readRecords(client, input)
    const lines = records.length > 0 ? records.flatMap(recordLines) : [await whyNone(client, argument(input, 0))]
    input.output.result({ records }, lines)
    return exitCodes.allWell
  })

async function whyNone(client: Client, runId: string): Promise<string> {
  const { historyPrunedAt, counts } = await client.call('runs.get', { runId })
  if (historyPrunedAt === undefined) return 'Nothing was changed, held or failed in this run.'
  return `The records of this run were removed at ${historyPrunedAt}; its numbers stay: ${countsText(counts)}.`
}

async function readRecords(client: Client, input: CommandInput) {
  const limit = numberOption(input, 'limit') ?? 1000
  const query = recordQuery(input)
  const records = []
  let afterSeq: number | null = 0
  while (afterSeq !== null && records.length < limit) {
    const page: Awaited<ReturnType<typeof client.call<'runs.records'>>> = await client.call('runs.records', {
      ...query,
      afterSeq,
      limit: Math.min(pageSize, limit - records.length),
    })
    records.push(...page.records)
    afterSeq = page.next
  }
  return records
}

function recordQuery(input: CommandInput): Input<'runs.records'> {
  const outcome = textOption(input, 'outcome')
  const search = textOption(input, 'search')
  if (outcome !== undefined && !isOutcome(outcome)) {
    throw new AppError({
      kind: 'config',
      code: 'bad-option',
      message: `--outcome takes one of: ${outcomes.join(', ')}.`,
      next: 'Correct the command.',
    })
  }
  return {
    runId: argument(input, 0),
    ...(outcome === undefined ? {} : { outcome }),
    ...(search === undefined ? {} : { search }),
  }
}

function isOutcome(text: string): text is Outcome {
  return outcomes.some((outcome) => outcome === text)
}

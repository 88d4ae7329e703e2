/** history: how long records are kept, what they take, and removing now what is too old. */
import type { Client, Output } from '#shared/contract/contract.ts'
import { type CommandInput, type CommandRun, numberOption } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { withClient } from '../with-client.ts'

type Facts = Output<'history.get'>

const bytesOfMb = 1_000_000

export const showHistory: CommandRun = (input) =>
  withClient(input, async (client) => {
    const facts = await changed(client, input)
    if (input.options.prune !== true) {
      input.output.result(facts, factLines(facts))
      return exitCodes.allWell
    }
    const pruned = await client.call('history.prune', {})
    const removed = `Removed: ${pruned.rowCount} records of ${pruned.partCount} runs and plans.`
    input.output.result(pruned, [removed, ...factLines(pruned.facts)])
    return exitCodes.allWell
  })

function changed(client: Client, input: CommandInput): Promise<Facts> {
  const [historyDays, undoDays, maxMb] = ['keepDays', 'undoDays', 'maxMb'].map((name) => numberOption(input, name))
  if (historyDays === undefined && undoDays === undefined && maxMb === undefined) return client.call('history.get', {})
  return client.call('history.set', {
    ...(historyDays !== undefined && { historyDays }),
    ...(undoDays !== undefined && { undoDays }),
    ...(maxMb !== undefined && { historyMaxBytes: maxMb * bytesOfMb }),
  })
}

function factLines({ settings, databaseBytes, historyBytes, freeBytes, oldestAt, ...facts }: Facts): readonly string[] {
  return [
    `Records of runs are kept for ${settings.historyDays} days and may take ${mb(settings.historyMaxBytes)}; a run can be undone for ${settings.undoDays} days.`,
    `The database takes ${mb(databaseBytes)}, about ${mb(historyBytes)} of it history and ${mb(freeBytes)} free for what comes.`,
    oldestAt === null ? 'There is no history yet.' : `The oldest records are of ${oldestAt}.`,
    ...(facts.isOverLimit
      ? ['It is more than it may be, and kept: it can still be undone, or is of the latest run of an integration.']
      : []),
    facts.prunedAt === null ? 'Nothing was removed yet.' : `Old records were last looked for at ${facts.prunedAt}.`,
  ]
}

function mb(bytes: number): string {
  return `${Math.round(bytes / bytesOfMb)} MB`
}

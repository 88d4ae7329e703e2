/** schedule: sets, removes, pauses or shows the schedule of one integration. */
import type { Client } from '#shared/contract/contract.ts'
import { AppError } from '#shared/errors.ts'
import { argument, type CommandInput, type CommandRun, numberOption } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { chosenOption, onlyOneOf } from '../schedule-options.ts'
import { scheduledLines, slotLine } from '../schedule-words.ts'
import { withClient } from '../with-client.ts'

export const changeSchedule: CommandRun = (input) => {
  const written = argument(input, 1)
  const chosen = chosenOption(input, ['off', 'pause', 'resume'])
  if (written !== '' && chosen !== undefined) throw onlyOneOf('A schedule in words', `--${chosen}`)
  const limit = Math.min(500, Math.max(1, numberOption(input, 'slots') ?? 5))
  const integrationId = argument(input, 0)
  return withClient(input, async (client) => {
    if (written !== '') await client.call('schedules.set', { integrationId, schedule: written })
    if (chosen === 'off') await client.call('schedules.set', { integrationId, schedule: null })
    if (chosen === 'pause') await client.call('schedules.pause', { integrationId })
    if (chosen === 'resume') await client.call('schedules.resume', { integrationId })
    return show(client, input, { integrationId, limit })
  })
}

async function show(
  client: Client,
  { output }: CommandInput,
  { integrationId, limit }: { readonly integrationId: string; readonly limit: number },
): Promise<number> {
  const { slots } = await client.call('schedules.slots', { integrationId, limit })
  const { schedules, allPausedAt } = await client.call('schedules.list', {})
  const scheduled = schedules.find((one) => one.integrationId === integrationId)
  if (!scheduled) throw removedMeanwhile(integrationId)
  const { schedule } = scheduled
  const preview = schedule === null ? null : await client.call('schedules.preview', { schedule })
  const { next = [], warnings = [] } = preview ?? {}
  output.result({ scheduled, allPausedAt, next, warnings, slots }, [
    ...scheduledLines(scheduled, allPausedAt, preview),
    ...slots.map(slotLine),
  ])
  return exitCodes.allWell
}

function removedMeanwhile(integrationId: string): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'removed-meanwhile',
    message: `"${integrationId}" was removed meanwhile.`,
    next: 'See what there is with "patchbay schedules".',
    details: { integration: integrationId },
  })
}

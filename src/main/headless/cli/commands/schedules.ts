/** schedules: what runs by itself, when it is due next, and pausing all of it. */
import type { Client } from '#shared/contract/contract.ts'
import type { CommandInput, CommandRun } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { table } from '../output.ts'
import { chosenOption } from '../schedule-options.ts'
import { pauseText, type ScheduledView, timeText } from '../schedule-words.ts'
import { withClient } from '../with-client.ts'

export const showSchedules: CommandRun = (input) =>
  withClient(input, async (client) => {
    await pauseOrResume(client, input)
    const answer = await client.call('schedules.list', {})
    const rows = answer.schedules.map((one) => rowOf(one, answer.allPausedAt))
    const pause = answer.allPausedAt === null ? [] : [pauseText('All schedules are paused', answer.allPausedAt)]
    input.output.result(answer, [...table(['integration', 'schedule', 'next due', 'state', 'last'], rows), ...pause])
    return exitCodes.allWell
  })

async function pauseOrResume(client: Client, input: CommandInput): Promise<void> {
  const chosen = chosenOption(input, ['pauseAll', 'resumeAll'])
  if (chosen === 'pauseAll') await client.call('schedules.pause-all', {})
  if (chosen === 'resumeAll') await client.call('schedules.resume-all', {})
}

function rowOf(one: ScheduledView, allPausedAt: string | null): readonly string[] {
  return [
    one.integrationId,
    one.sentence ?? (one.problem ? 'cannot be used' : 'none'),
    one.nextDue ? timeText(one.nextDue) : '',
    stateOf(one, allPausedAt),
    one.lastSlot ? `${timeText(one.lastSlot.due)}: ${one.lastSlot.sentence}` : '',
  ]
}

function stateOf({ schedule, problem, pausedAt, isApproved }: ScheduledView, allPausedAt: string | null): string {
  if (schedule === null) return ''
  if (problem) return problem.message
  if (pausedAt !== null) return 'paused'
  if (allPausedAt !== null) return 'all paused'
  return isApproved ? 'on' : 'needs an approved plan'
}

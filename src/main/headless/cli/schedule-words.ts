/** Schedules and slots as lines for people. */
import type { Output as Answer } from '#shared/contract/contract.ts'

export type ScheduledView = Answer<'schedules.list'>['schedules'][number]
type SlotView = Answer<'schedules.slots'>['slots'][number]
type LocalTime = SlotView['due']
type Preview = Answer<'schedules.preview'>

/** 'Friday 2026-11-27 18:00 Europe/Berlin' */
export function timeText({ weekday, date, time, zone }: LocalTime): string {
  return `${weekday} ${date} ${time} ${zone}`
}

export function pauseText(what: string, since: string): string {
  return `${what} since ${since}: what comes due meanwhile is left out and not caught up.`
}

/** What it means, when it is due, and what stands in its way. */
export function scheduledLines(
  one: ScheduledView,
  allPausedAt: string | null,
  preview: Preview | null,
): readonly string[] {
  const { integrationId, sentence, problem, pausedAt, isApproved, schedule } = one
  if (schedule === null) return [`${integrationId} has no schedule: it runs only when somebody starts it.`]
  if (problem) return [`The schedule of ${integrationId} cannot be used: ${problem.message}`, `Next:  ${problem.next}`]
  const plan = `patchbay plan ${integrationId}`
  return [
    `${integrationId}: ${sentence}.`,
    ...(preview?.next ?? []).map((time, index) => `${index === 0 ? 'Due:   ' : '       '}${timeText(time)}`),
    ...(preview?.warnings ?? []).map((warning) => `Note:  ${warning.message}`),
    ...(pausedAt === null ? [] : [`Pause: ${pauseText('It is paused', pausedAt)}`]),
    ...(allPausedAt === null ? [] : [`Pause: ${pauseText('All schedules are paused', allPausedAt)}`]),
    ...(isApproved ? [] : [`Next:  It starts nothing until a plan is approved: ${plan}`]),
  ]
}

export function slotLine({ due, sentence, runId }: SlotView): string {
  return `Was:   ${timeText(due)}: ${sentence}${runId === null ? '' : ` (patchbay run-log ${runId})`}`
}

/** What the schedule screen asks and does. */
import { useAction, useAnswer } from '#renderer/app/session-queries.ts'
import type { Output } from '#shared/contract/contract.ts'
import type { Schedule } from '#shared/schedule/schedule-schema.ts'

export type Scheduled = Output<'schedules.list'>['schedules'][number]
export type SchedulePreview = Output<'schedules.preview'>

const shownSlots = 20

/** The schedule of one integration, and the zone of the computer. */
export function useSchedule(integrationId: string) {
  const answer = useAnswer('schedules.list', {})
  const scheduled = answer.data?.schedules.find((one) => one.integrationId === integrationId)
  const data = answer.data && scheduled ? { scheduled, zone: answer.data.zone } : undefined
  return { data, error: answer.error, refetch: answer.refetch, isUnknown: answer.data !== undefined && !scheduled }
}

/** What a schedule would do; the last answer stays until the next one is there. */
export function useSchedulePreview(schedule: Schedule | null) {
  return useAnswer(
    'schedules.preview',
    { schedule: schedule ?? '' },
    { isWanted: schedule !== null, keepsFormer: true },
  )
}

export function useSaveSchedule() {
  return useAction('schedules.set')
}

export function useSlots(integrationId: string) {
  return useAnswer('schedules.slots', { integrationId, limit: shownSlots })
}

/** What the test core answers about schedules: enough for every shape to cross every transport. */
import type { Output, ProcedureName } from '#shared/contract/contract.ts'
import type { HandlersOf } from '#shared/contract/handlers.ts'
import { describeSchedule } from '#shared/schedule/describe-schedule.ts'
import { dueRuleOf } from '#shared/schedule/due-rule.ts'
import { nextDueTimes } from '#shared/schedule/due-times.ts'
import { localTimeOf } from '#shared/schedule/local-time.ts'
import { readSchedule } from '#shared/schedule/read-schedule.ts'

type Scheduled = Output<'schedules.list'>['schedules'][number]
type SlotView = Output<'schedules.slots'>['slots'][number]

const zone = 'America/St_Johns'
const at = '2026-11-01T04:30:00.000Z'
const schedule = readSchedule({ every: ['monday', 'sunday'], at: ['8:00', '18:00'], zone, overlap: 'run-after' })

const slot: SlotView = {
  integrationId: 'a',
  due: localTimeOf(Date.parse(at), zone),
  trigger: 'catch-up',
  outcome: 'failed',
  sentence: 'Could not start.',
  runId: null,
  runState: null,
  attempts: 4,
  startAt: null,
  at,
  reason: { kind: 'transient', code: 'network-unreachable', message: 'Grüße 🚀', details: { tries: 4, host: null } },
}

const scheduled: Scheduled = {
  integrationId: 'a',
  name: 'Ä',
  schedule,
  sentence: describeSchedule(schedule),
  problem: null,
  nextDue: localTimeOf(dueRuleOf(schedule, zone).next(Date.parse(at)) ?? 0, zone),
  pausedAt: at,
  isApproved: true,
  lastSlot: slot,
}

export const testSchedules = {
  'schedules.list': () => ({ allPausedAt: null, zone, schedules: [scheduled] }),
  'schedules.preview': ({ schedule: written }) => ({
    problem: null,
    schedule,
    sentence: JSON.stringify(written),
    next: nextDueTimes(dueRuleOf(schedule, zone), Date.parse(at), 5).map((ms) => localTimeOf(ms, zone)),
    warnings: [{ code: 'rare', message: 'Rare.' }],
  }),
  'schedules.set': ({ schedule: written }) => ({ version: 3, isNew: written !== null, scheduled }),
  'schedules.pause': () => ({}),
  'schedules.resume': () => ({}),
  'schedules.pause-all': () => ({}),
  'schedules.resume-all': () => ({}),
  'schedules.slots': ({ beforeDueAt = at, limit }) => ({ slots: [{ ...slot, attempts: limit }], next: beforeDueAt }),
} as const satisfies Partial<HandlersOf<ProcedureName>>

/** Schedules and slots as screens and the command line get them. */
import type { StoredDefinition } from '#main/store/definition-store.ts'
import type { Store } from '#main/store/open-store.ts'
import { approvalOf } from '#main/use-cases/approval.ts'
import { parseIntegration } from '#main/use-cases/build-job.ts'
import type { Output } from '#shared/contract/contract.ts'
import type { Slot } from '#shared/model/slot.ts'
import { describeSchedule } from '#shared/schedule/describe-schedule.ts'
import { describeSlot } from '#shared/schedule/describe-slot.ts'
import { dueRuleOf } from '#shared/schedule/due-rule.ts'
import { nextDueTimes } from '#shared/schedule/due-times.ts'
import { localTimeOf } from '#shared/schedule/local-time.ts'
import { type ReadSchedule, type ScheduleProblem, tryReadSchedule } from '#shared/schedule/read-schedule.ts'
import type { Schedule } from '#shared/schedule/schedule-schema.ts'
import { scheduleWarnings } from '#shared/schedule/schedule-warnings.ts'
import { isKnownZone } from '#shared/schedule/zones.ts'

export interface ViewParts {
  readonly store: Store
  readonly nowMs: number
  /** Of this computer. */
  readonly zone: string
}

type Scheduled = Output<'schedules.list'>['schedules'][number]
type SlotView = Output<'schedules.slots'>['slots'][number]

const previewCount = 5

export function scheduledView(stored: StoredDefinition, parts: ViewParts): Scheduled {
  const { name, schedule } = parseIntegration(stored)
  const { schedules } = parts.store
  const read: ReadSchedule | undefined = schedule && tryReadSchedule(schedule)
  const zone = zoneOf(stored.id, schedule, parts)
  const next = read?.ok ? dueRuleOf(read.schedule, zone).next(parts.nowMs) : null
  const [last] = schedules.slots({ integrationId: stored.id, limit: 1 })
  return {
    integrationId: stored.id,
    name,
    schedule: schedule ?? null,
    sentence: read?.ok ? describeSchedule(read.schedule) : null,
    problem: read && !read.ok ? problemView(read.problem) : null,
    nextDue: next === null ? null : localTimeOf(next, zone),
    pausedAt: schedules.state(stored.id)?.pausedAt ?? null,
    isApproved: approvalOf(stored, parts.store.definitions).isApproved,
    lastSlot: last ? slotView(last, { zone, store: parts.store }) : null,
  }
}

/** Whose clock the times of an integration are shown in: that of its schedule, or the one they are counted in. */
export function zoneOf(integrationId: string, schedule: Schedule | undefined, { store, zone }: ViewParts): string {
  const named = schedule?.zone
  return named !== undefined && isKnownZone(named) ? named : (store.schedules.state(integrationId)?.zone ?? zone)
}

export function slotView(slot: Slot, { store, zone }: Pick<ViewParts, 'store' | 'zone'>): SlotView {
  const { integrationId, dueAt, trigger, outcome, runId, attempts, startAt, at, reason } = slot
  const runState = (runId === null ? undefined : store.schedules.runState(runId)) ?? null
  return {
    integrationId,
    due: localTimeOf(Date.parse(dueAt), zone),
    trigger,
    outcome,
    sentence: describeSlot(slot, runState),
    runId: runState === null ? null : runId,
    runState,
    attempts,
    startAt,
    at,
    reason,
  }
}

export function previewOf(read: ReadSchedule, { zone, nowMs }: ViewParts): Output<'schedules.preview'> {
  if (!read.ok) return { problem: problemView(read.problem), schedule: null, sentence: null, next: [], warnings: [] }
  const { schedule } = read
  const rule = dueRuleOf(schedule, zone)
  return {
    problem: null,
    schedule,
    sentence: describeSchedule(schedule),
    next: nextDueTimes(rule, nowMs, previewCount).map((ms) => localTimeOf(ms, schedule.zone ?? zone)),
    warnings: [...scheduleWarnings(schedule, rule, { zone, nowMs })],
  }
}

function problemView({ path, message, next }: ScheduleProblem): NonNullable<Scheduled['problem']> {
  return { place: path.map(String).join('.'), message, next }
}

/** Schedules: when integrations run by themselves, what is due next, and what became of each due time. */
import { z } from 'zod'
import { runStates } from '../model/run.ts'
import { slotOutcomes, slotTriggers } from '../model/slot.ts'
import { scheduleSchema } from '../schedule/schedule-schema.ts'
import { errorInfoSchema } from './error-schema.ts'
import { nothing, procedure } from './procedure.ts'

const id = z.string().min(1).max(64)

/** A schedule as it stands in a definition, or in words: 'every weekday at 18:00 Europe/Berlin'. */
const writtenSchema = z.union([z.string().max(500), z.record(z.string(), z.unknown())])

/** An instant as the clock of its zone shows it. */
const localTimeSchema = z.object({
  at: z.string(),
  zone: z.string(),
  date: z.string(),
  time: z.string(),
  weekday: z.string(),
  offset: z.string(),
})

const warningSchema = z.object({
  code: z.enum(['time-does-not-exist', 'time-comes-twice', 'rare', 'never-again']),
  message: z.string(),
})

const problemSchema = z.object({
  /** Where: 'at.1', 'zone'; empty: the whole. */
  place: z.string(),
  message: z.string(),
  next: z.string(),
})

export const slotSchema = z.object({
  integrationId: id,
  due: localTimeSchema,
  trigger: z.enum(slotTriggers),
  outcome: z.enum(slotOutcomes),
  /** The outcome in words. */
  sentence: z.string(),
  runId: z.string().nullable(),
  /** How far that run is; null: no run, or it is not kept any more. */
  runState: z.enum(runStates).nullable(),
  attempts: z.int(),
  /** While it waits: not before this instant. */
  startAt: z.string().nullable(),
  at: z.string(),
  reason: errorInfoSchema.nullable(),
})

export const scheduledSchema = z.object({
  integrationId: id,
  name: z.string(),
  /** null: it runs only when somebody starts it. */
  schedule: scheduleSchema.nullable(),
  sentence: z.string().nullable(),
  /** Why the schedule cannot be used on this computer; null: it can. */
  problem: problemSchema.nullable(),
  /** null: nothing is due, or it has no schedule. In a pause this is what would be next. */
  nextDue: localTimeSchema.nullable(),
  /** Since when this one is paused. */
  pausedAt: z.string().nullable(),
  /** false: no plan of what it does now was approved, so it cannot start. */
  isApproved: z.boolean(),
  lastSlot: slotSchema.nullable(),
})

export const schedulesContract = {
  /** Every integration, those without a schedule too. */
  'schedules.list': procedure({
    effect: 'read',
    input: nothing,
    output: z.object({
      /** Since when all schedules are paused; null: they are not. */
      allPausedAt: z.string().nullable(),
      /** The zone of this computer: schedules without one follow it. */
      zone: z.string(),
      schedules: z.array(scheduledSchema),
    }),
  }),
  /** What a schedule that is not saved yet would do; a mistake in it is an answer, not an error. */
  'schedules.preview': procedure({
    effect: 'read',
    input: z.strictObject({ schedule: writtenSchema }),
    output: z.object({
      problem: problemSchema.nullable(),
      schedule: scheduleSchema.nullable(),
      sentence: z.string().nullable(),
      /** The next five; fewer where there are not so many. */
      next: z.array(localTimeSchema),
      warnings: z.array(warningSchema),
    }),
  }),
  /** Saves the schedule of an integration as a new version of its definition; null removes it. Plans and approvals hold. */
  'schedules.set': procedure({
    effect: 'local',
    input: z.strictObject({ integrationId: id, schedule: writtenSchema.nullable() }),
    output: z.object({ version: z.int(), isNew: z.boolean(), scheduled: scheduledSchema }),
  }),
  'schedules.pause': procedure({ effect: 'local', input: z.strictObject({ integrationId: id }), output: nothing }),
  'schedules.resume': procedure({ effect: 'local', input: z.strictObject({ integrationId: id }), output: nothing }),
  'schedules.pause-all': procedure({ effect: 'local', input: nothing, output: nothing }),
  'schedules.resume-all': procedure({ effect: 'local', input: nothing, output: nothing }),
  /** Newest first; go on with `next`. */
  'schedules.slots': procedure({
    effect: 'read',
    input: z.strictObject({
      integrationId: id,
      beforeDueAt: z.string().max(40).exactOptional(),
      limit: z.int().min(1).max(500).default(50),
    }),
    output: z.object({ slots: z.array(slotSchema), next: z.string().nullable() }),
  }),
} as const

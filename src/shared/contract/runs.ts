/** Plans and runs: make, approve, start, stop, and what became of each record. */
import { z } from 'zod'
import { planActions, planStates } from '../model/plan.ts'
import { outcomes, runSelections, runStates, runTriggers, undoStates } from '../model/run.ts'
import { errorInfoSchema } from './error-schema.ts'
import { valuesSchema } from './json-values.ts'
import { nothing, pageInput, procedure } from './procedure.ts'

const id = z.string().min(1).max(64)
const count = z.int().nonnegative()
/** How a person starts a run; absent: by hand. */
const byPerson = z.enum(['by-hand', 'command-line']).exactOptional()

export const countsSchema = z.object({
  created: count,
  updated: count,
  unchanged: count,
  deleted: count,
  skipped: count,
  held: count,
  failed: count,
})

export const reasonSchema = z.object({
  code: z.string(),
  message: z.string(),
  field: z.string().exactOptional(),
  place: z.string().exactOptional(),
  next: z.string().exactOptional(),
})

const timingsSchema = z.object({
  readingMs: z.number(),
  mappingMs: z.number(),
  waitingMs: z.number(),
  writingMs: z.number(),
  storingMs: z.number(),
})

export const runSchema = z.object({
  id,
  integrationId: id,
  integrationVersion: z.int(),
  planId: id.nullable(),
  /** The run that this one takes back. */
  undoes: id.nullable(),
  state: z.enum(runStates),
  /** What started it; absent: a run from before this was kept. */
  trigger: z.enum(runTriggers).exactOptional(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  readCount: count,
  counts: countsSchema,
  resumeCount: count,
  timings: timingsSchema.nullable(),
  error: errorInfoSchema.nullable(),
  /** What it noticed beside its records. */
  notes: z.array(z.object({ code: z.string(), message: z.string(), next: z.string().exactOptional() })).readonly(),
  /** When its records were removed; absent: they are kept. */
  historyPrunedAt: z.string().exactOptional(),
})

export const runRecordSchema = z.object({
  seq: z.int(),
  outcome: z.enum(outcomes),
  sourceId: z.string(),
  destinationId: z.string().nullable(),
  label: z.string(),
  before: valuesSchema.nullable(),
  after: valuesSchema.nullable(),
  reason: reasonSchema.nullable(),
  at: z.string(),
  /** Two-way: written from the destination into the source; then `sourceId` is the record of the destination. */
  isBack: z.boolean().exactOptional(),
})

export const causeSchema = z.object({
  outcome: z.enum(outcomes),
  code: z.string(),
  field: z.string().nullable(),
  count,
  /** The reason of one of the records, in words. */
  example: reasonSchema,
})

export const planSchema = z.object({
  id,
  integrationId: id,
  /** The newest version it holds for: a new name or schedule alone outdates no plan. */
  integrationVersion: z.int(),
  /** The run it takes back; null: it says what a run would do. */
  undoes: id.nullable(),
  state: z.enum(planStates),
  createdAt: z.string(),
  readCount: count,
  counts: countsSchema,
  error: errorInfoSchema.nullable(),
  /** When its items were removed; absent: they are kept. */
  historyPrunedAt: z.string().exactOptional(),
})

export const planItemSchema = z.object({
  seq: z.int(),
  action: z.enum(planActions),
  sourceId: z.string(),
  destinationId: z.string().nullable(),
  label: z.string(),
  before: valuesSchema.nullable(),
  after: valuesSchema.nullable(),
  reason: reasonSchema.nullable(),
  /** Two-way: from the destination into the source; then `sourceId` is the record of the destination. */
  isBack: z.boolean().exactOptional(),
})

export const runsContract = {
  /** Newest first; go on with the `startedAt` of the last one. */
  'runs.list': procedure({
    effect: 'read',
    input: z.strictObject({
      integrationId: id.exactOptional(),
      selection: z.enum(runSelections).exactOptional(),
      /** Only runs older than this one: the last of the page before. */
      before: z.strictObject({ startedAt: z.string(), id }).exactOptional(),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.object({ runs: z.array(runSchema) }),
  }),
  'runs.get': procedure({
    effect: 'read',
    input: z.strictObject({ runId: id }),
    output: runSchema.extend({
      undo: z.object({
        state: z.enum(undoStates),
        /** ISO instant; null: the run has not ended. */
        until: z.string().nullable(),
        /** The latest run that took it back, wholly or in part. */
        by: id.nullable(),
      }),
      /** The integration whose run has to end first, because it writes to the same place. */
      waitsFor: id.nullable(),
      /** What its connections wait for at this moment; `until` is an instant. */
      waits: z.array(
        z.object({
          connection: id,
          until: z.string(),
          reason: z.enum(['rate-limited', 'pacing', 'retry']),
          message: z.string(),
        }),
      ),
    }),
  }),
  /** Starts making the plan that takes a run back; it is approved and run like any other. */
  'runs.plan-undo': procedure({
    effect: 'local',
    input: z.strictObject({
      runId: id,
      /** Also what was changed since is put back. */
      overwritesNewer: z.boolean().default(false),
    }),
    output: z.object({ planId: id }),
  }),
  'runs.records': procedure({
    effect: 'read',
    input: z.strictObject({
      runId: id,
      ...pageInput,
      outcome: z.enum(outcomes).exactOptional(),
      /** Of one cause only: the code of its reason, and its field where it has one. */
      cause: z.string().max(100).exactOptional(),
      field: z.string().max(300).exactOptional(),
      search: z.string().max(200).exactOptional(),
    }),
    output: z.object({ records: z.array(runRecordSchema), next: z.int().nullable() }),
  }),
  /** What is held or failed, grouped by cause, the most frequent first. */
  'runs.causes': procedure({
    effect: 'read',
    input: z.strictObject({ runId: id }),
    output: z.object({ causes: z.array(causeSchema) }),
  }),
  /** Starts a run of an integration whose plan was approved before; or takes up the one that was interrupted. */
  'runs.start': procedure({
    effect: 'remote-write',
    input: z.strictObject({ integrationId: id, trigger: byPerson }),
    output: z.object({ runId: id }),
  }),
  'runs.pause': procedure({ effect: 'local', input: z.strictObject({ runId: id }), output: nothing }),
  'runs.cancel': procedure({ effect: 'local', input: z.strictObject({ runId: id }), output: nothing }),

  /** Starts making a plan; follow it by `plan.changed` events or `plans.get`. */
  'plans.make': procedure({
    effect: 'local',
    input: z.strictObject({ integrationId: id }),
    output: z.object({ planId: id }),
  }),
  'plans.get': procedure({ effect: 'read', input: z.strictObject({ planId: id }), output: planSchema }),
  'plans.list': procedure({
    effect: 'read',
    input: z.strictObject({ integrationId: id, limit: z.int().min(1).max(100).default(20) }),
    output: z.object({ plans: z.array(planSchema) }),
  }),
  'plans.items': procedure({
    effect: 'read',
    input: z.strictObject({
      planId: id,
      ...pageInput,
      action: z.enum(planActions).exactOptional(),
      search: z.string().max(200).exactOptional(),
    }),
    output: z.object({ items: z.array(planItemSchema), next: z.int().nullable() }),
  }),
  /** Approves the plan and starts a run of exactly its items. */
  'plans.approve': procedure({
    effect: 'remote-write',
    input: z.strictObject({ planId: id, trigger: byPerson }),
    output: z.object({ runId: id }),
  }),
  'plans.discard': procedure({ effect: 'local', input: z.strictObject({ planId: id }), output: nothing }),
} as const

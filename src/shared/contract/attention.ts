/** What needs a person: records that wait, over all integrations, and what was decided about them. */
import { z } from 'zod'
import { decisionKinds, heldWriteChoices, wholeDecisions } from '../model/decision.ts'
import { writeOperations } from '../model/object.ts'
import { choicesSchema, conflictSchema, rulePreviewSchema, ruleSchema, sideValuesSchema } from './conflict.ts'
import { valueSchema, valuesSchema } from './json-values.ts'
import { nothing, procedure } from './procedure.ts'
import { reasonSchema } from './runs.ts'

const id = z.string().min(1).max(64)

/** `side`: whose record it is, the source's or (two-way) the destination's. */
const recordKeySchema = z.strictObject({
  integrationId: id,
  side: z.enum(['source', 'destination']),
  externalId: z.string().min(1).max(2_000),
})
export type RecordKey = z.infer<typeof recordKeySchema>

const waitingSchema = z.object({
  ...recordKeySchema.shape,
  label: z.string(),
  reason: reasonSchema,
  values: valuesSchema,
  /** What both sides hold in the fields that both changed. */
  conflict: conflictSchema.nullable(),
  /** When a run last found both sides in step, as far as it is known. */
  agreedAt: z.string().nullable(),
  firstAt: z.string(),
  lastAt: z.string(),
  attempts: z.int(),
  /** Decided, and carried out by the next run. */
  decision: z.enum(decisionKinds).nullable(),
  /** Of the decision `fields`: what was chosen, by unit. */
  choices: choicesSchema.nullable(),
})

const heldWriteSchema = z.object({
  integrationId: id,
  writeId: z.int(),
  /** Two-way: a write into the source. */
  isBack: z.boolean(),
  label: z.string(),
  operation: z.enum(writeOperations),
  sourceId: z.string(),
  destinationId: z.string().nullable(),
  before: valuesSchema.nullable(),
  after: valuesSchema,
  sentAt: z.string(),
})

const correctionSchema = z.object({
  ...recordKeySchema.shape,
  field: z.string(),
  was: valueSchema,
  value: valueSchema,
  label: z.string(),
  at: z.string(),
})

const pageInput = {
  integrationId: id.exactOptional(),
  after: recordKeySchema.exactOptional(),
  limit: z.int().min(1).max(200).default(50),
}

export const attentionContract = {
  'attention.list': procedure({
    effect: 'read',
    input: z.strictObject(pageInput),
    output: z.object({
      records: z.array(waitingSchema),
      count: z.int(),
      /** Records that are gone from the source and that nobody has decided about yet, by integration. */
      gone: z.array(z.object({ integrationId: id, count: z.int() })),
      next: recordKeySchema.nullable(),
    }),
  }),
  /** Records that are left out from now on. */
  'attention.left-out': procedure({
    effect: 'read',
    input: z.strictObject(pageInput),
    output: z.object({
      records: z.array(z.object({ ...recordKeySchema.shape, label: z.string(), decidedAt: z.string() })),
      next: recordKeySchema.nullable(),
    }),
  }),
  /** The next run carries it out. `skip` at once: the record no longer waits, and takes no part any more. */
  'attention.decide': procedure({
    effect: 'local',
    input: z.strictObject({ record: recordKeySchema, decision: z.enum(wholeDecisions) }),
    output: nothing,
  }),
  /** A choice for each unit of a conflict, made about the values that were seen; the next run carries it out. */
  'attention.decide-fields': procedure({
    effect: 'local',
    input: z.strictObject({ record: recordKeySchema, choices: choicesSchema, seen: sideValuesSchema }),
    output: nothing,
  }),
  /** What a policy for one unit would make of the conflicts that wait, by what the last run read. */
  'attention.preview-rule': procedure({ effect: 'read', input: ruleSchema, output: rulePreviewSchema }),
  /** Makes it a rule of the integration: a new version, which runs once a plan of it is approved. */
  'attention.save-rule': procedure({
    effect: 'local',
    input: z.strictObject({ ...ruleSchema.shape, expectedVersion: z.int().positive() }),
    output: z.object({ version: z.int() }),
  }),
  /** One decision for all records of an integration that are gone from the source: they go here too, or stay. */
  'attention.decide-gone': procedure({
    effect: 'local',
    input: z.strictObject({ integrationId: id, decision: z.enum(['source', 'destination']) }),
    output: z.object({ count: z.int() }),
  }),
  /** A value for this integration only, as long as the source says what it says now; the next run takes it. */
  'attention.correct': procedure({
    effect: 'local',
    input: z.strictObject({
      record: recordKeySchema,
      field: z.string().min(1).max(300),
      value: z.string().max(20_000),
    }),
    output: nothing,
  }),
  'attention.corrections': procedure({
    effect: 'read',
    input: nothing,
    output: z.object({ corrections: z.array(correctionSchema) }),
  }),
  'attention.withdraw-correction': procedure({
    effect: 'local',
    input: z.strictObject({ record: recordKeySchema, field: z.string().min(1).max(300) }),
    output: nothing,
  }),
  /** Writes whose answer never came and that nothing can find out about; oldest first, at most 200. */
  'attention.writes': procedure({
    effect: 'read',
    input: nothing,
    output: z.object({ writes: z.array(heldWriteSchema) }),
  }),
  /** `externalId`: of a record that was made, its number at the destination. */
  'attention.settle-write': procedure({
    effect: 'local',
    input: z.strictObject({
      integrationId: id,
      writeId: z.int().positive(),
      isBack: z.boolean(),
      choice: z.enum(heldWriteChoices),
      externalId: z.string().max(2_000).exactOptional(),
    }),
    output: nothing,
  }),
  /** Takes a decision back: the next run treats the record as any other. */
  'attention.withdraw': procedure({
    effect: 'local',
    input: z.strictObject({ record: recordKeySchema }),
    output: nothing,
  }),
} as const

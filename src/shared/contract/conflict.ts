/** A conflict as the window shows it, and what a person chooses of it. */
import { z } from 'zod'
import type { ConflictFacts } from '../model/conflict.ts'
import { rulePolicies } from '../model/conflict-policy.ts'
import { valueSchema, valuesSchema } from './json-values.ts'

const sides = { source: valuesSchema, destination: valuesSchema }
const names = z.array(z.string()).readonly()

const unitSchema = z.object({
  name: z.string(),
  sourceFields: names,
  destinationFields: names,
  filledAtSource: names,
  filledAtDestination: names,
  ifSource: valuesSchema,
  ifDestination: valuesSchema,
  takesOwn: z.boolean(),
})

const factsSchema: z.ZodType<ConflictFacts> = z.object({
  units: z.array(unitSchema).readonly(),
  base: z.object(sides).nullable(),
  forward: valuesSchema,
  back: valuesSchema,
  newer: z.enum(['source', 'destination']).nullable(),
  others: z.array(z.object({ name: z.string(), ...sides })).readonly(),
})

export const sideValuesSchema = z.object(sides)

export const conflictSchema = z.object({ ...sides, facts: factsSchema.exactOptional() })

export const choicesSchema = z
  .record(
    z.string().min(1).max(300),
    z.union([
      z.strictObject({ take: z.enum(['source', 'destination']) }),
      z.strictObject({ take: z.literal('own'), value: valueSchema }),
    ]),
  )
  .readonly()

export const ruleSchema = z.strictObject({
  integrationId: z.string().min(1).max(64),
  /** A unit: a field of the destination, or a group. */
  unit: z.string().min(1).max(300),
  policy: z.enum(rulePolicies),
})

export const rulePreviewSchema = z.object({
  /** The version of the definition that was looked at. */
  version: z.int(),
  /** Waiting conflicts about this unit that nobody has decided; and how many of them the rule would decide. */
  waitingCount: z.int(),
  decidedCount: z.int(),
  /** Decided by a person already: their word comes first. */
  byPersonCount: z.int(),
  /** Kept by an earlier version without what is needed to look ahead. */
  unknownCount: z.int(),
  /** The first of them, with what would stand at both sides; null: it would go on waiting. */
  records: z
    .array(z.object({ label: z.string(), now: sideValuesSchema, after: sideValuesSchema.nullable() }))
    .readonly(),
})

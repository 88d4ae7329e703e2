/** What a two-way integration says beside a one-way one: the way back, groups of fields, and who wins where both changed. */
import { z } from 'zod'
import { mappingSchema } from '../mapping/schema/mapping-schema.ts'
import { conflictPolicies } from './conflict-policy.ts'

const fieldNames = z.array(z.string().min(1).max(300)).min(1).max(100)

export const backSchema = z.strictObject({
  match: z
    .array(z.string().min(1))
    .default([])
    .describe('Source fields by which an existing record is recognised, in order. Empty: by its link only.'),
  mapping: mappingSchema.describe('Which destination fields become which source fields.'),
})

export const groupsSchema = z
  .array(
    z.strictObject({
      name: z.string().min(1).max(60).describe('What people call them together, for example address.'),
      fields: fieldNames.describe('Fields of the destination.'),
    }),
  )
  .max(50)
  .describe('Fields that only make sense together: they always come from the same side.')

export const policySchema = z
  .enum(conflictPolicies)
  .describe(
    'Both sides changed: hold (a person decides), source or destination (that side wins), newest (by the clocks of the services, held where they are too close), prefer-nonempty, union (of lists), max, min, both (the source wins, the other value is kept as a note).',
  )

export const conflictsSchema = z
  .array(
    z
      .strictObject({
        fields: fieldNames.describe('Fields of the destination, or names of groups.'),
        policy: policySchema,
        keptIn: z.string().min(1).optional().describe('With both: the text field of the destination for the note.'),
      })
      .refine(({ policy, keptIn }) => (policy === 'both') === (keptIn !== undefined), {
        message: '"keptIn" belongs to the policy "both", which needs it',
      }),
  )
  .max(100)

export const createsSchema = z
  .enum(['both', 'source', 'destination'])
  .describe('Where records may be made that stand on the other side only; default both.')

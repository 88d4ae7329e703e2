/** Fan-out and aggregation: several one-way integrations that belong together, each a leg of its own. */
import { z } from 'zod'
import { idSchema } from './connection.ts'

export const setPatterns = ['fan-out', 'aggregation'] as const
export type SetPattern = (typeof setPatterns)[number]

export const legOfSchema = z
  .strictObject({
    set: idSchema.describe('Id of the set; all its legs name the same one.'),
    name: z.string().min(1).max(120).describe('Name of the set people see.'),
    pattern: z
      .enum(setPatterns)
      .describe(
        'fan-out: one source, several destinations, each with its own rules and failures. aggregation: several sources into one destination, each the owner of the fields it fills.',
      ),
  })
  .describe('The integration is one leg of a fan-out or an aggregation.')

export type LegOf = z.infer<typeof legOfSchema>

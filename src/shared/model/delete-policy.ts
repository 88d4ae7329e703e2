/** What happens at the destination when a linked record is gone from the source. */
import { z } from 'zod'

const plainValue = z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()])

export const deletePolicySchema = z
  .union([
    z.enum(['leave', 'hold', 'delete']),
    z.strictObject({
      set: z
        .record(z.string().min(1).max(300), plainValue)
        .refine((fields) => Object.keys(fields).length > 0, 'name at least one field')
        .describe('Fields of the destination and what they get, for example {status: inactive}.'),
    }),
  ])
  .describe(
    'A record that is gone from the source: leave it at the destination (default), hold (a person decides), delete it there too, or set fields of it there. Unusually many at once are always held.',
  )

export type DeletePolicy = z.infer<typeof deletePolicySchema>

/** An error as it crosses every border. */
import { z } from 'zod'
import { errorKinds } from '../errors.ts'

export const errorInfoSchema = z.object({
  kind: z.enum(errorKinds),
  code: z.string(),
  message: z.string(),
  kept: z.string().exactOptional(),
  next: z.string().exactOptional(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).exactOptional(),
})

/** History: how long it is kept, what it takes on the disk. */
import { z } from 'zod'
import { nothing, procedure } from './procedure.ts'

const count = z.int().nonnegative()
const settings = { historyDays: count, undoDays: count, historyMaxBytes: count }

export const historyFactsSchema = z.object({
  /** For how many days records are kept, a run can be undone, and how many bytes history may take. */
  settings: z.object(settings),
  databaseBytes: count,
  /** Part of the database that is empty and used again. */
  freeBytes: count,
  /** About: records of runs that have ended, items of plans that are over. */
  historyBytes: count,
  oldestAt: z.string().nullable(),
  /** More than it may be, and nothing more of it may be removed. */
  isOverLimit: z.boolean(),
  /** When old history was last looked for and removed; null: not yet. */
  prunedAt: z.string().nullable(),
})

export const historyContract = {
  'history.get': procedure({ effect: 'read', input: nothing, output: historyFactsSchema, timeoutMs: 60_000 }),
  /** What is left out stays as it is. What is too old then is removed within a day, or by `history.prune`. */
  'history.set': procedure({
    effect: 'local',
    input: z.strictObject({
      historyDays: count.exactOptional(),
      undoDays: count.exactOptional(),
      historyMaxBytes: count.exactOptional(),
    }),
    output: historyFactsSchema,
    timeoutMs: 60_000,
  }),
  /** Removes now what is too old or too much. */
  'history.prune': procedure({
    effect: 'local',
    input: nothing,
    output: z.object({ partCount: count, rowCount: count, facts: historyFactsSchema }),
    timeoutMs: 600_000,
  }),
} as const

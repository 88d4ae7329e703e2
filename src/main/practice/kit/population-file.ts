/** The file a practice service is filled from while it is empty. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { AppError } from '#shared/errors.ts'

export const seedRecord = z.strictObject({
  /** Name by which other records of the population refer to this one. */
  key: z.string().min(1),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  /** Reference fields carry the key of the other record. */
  fields: z.record(z.string(), z.json()),
})
export type SeedRecord = z.infer<typeof seedRecord>

/** Reads a population file. Throws AppError (data, `practice-seed-unreadable`). */
export function readPopulationFile<Population>(path: string, schema: z.ZodType<Population>): Population {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw seedError(
      'The file with the practice data could not be read.',
      { technical: String(cause).slice(0, 500) },
      cause,
    )
  }
}

/** Oldest first: ids follow age, as in a service that grew. */
export function byAge(records: readonly SeedRecord[]): SeedRecord[] {
  return [...records].sort((a, b) => a.created_at.localeCompare(b.created_at))
}

export function seedError(message: string, details: Readonly<Record<string, string>>, cause?: unknown): AppError {
  return new AppError(
    {
      kind: 'data',
      code: 'practice-seed-unreadable',
      message,
      kept: 'The practice service stays empty.',
      next: 'Start the practice company over.',
      details,
    },
    cause,
  )
}

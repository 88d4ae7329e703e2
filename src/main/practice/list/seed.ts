/** Fills an empty practice list with a population in one transaction: all of it or nothing, with the dates of its past. */
import { z } from 'zod'
import { byAge, readPopulationFile, type SeedRecord, seedError, seedRecord } from '../kit/population-file.ts'
import { validate } from '../kit/validate.ts'
import type { ListStore } from './list-store.ts'
import { checkEmail, subscriberRule, tagSet } from './subscriber-rules.ts'

const listPopulation = z.strictObject({ subscribers: z.array(seedRecord) })
export type ListPopulation = z.infer<typeof listPopulation>

/** Reads a population file. Throws AppError (data, `practice-seed-unreadable`). */
export function readPopulation(path: string): ListPopulation {
  return readPopulationFile(path, listPopulation)
}

/** Fills an empty list; one that holds anything stays as it is. Resolves to whether it was filled. */
export function seedIfEmpty(store: ListStore, { subscribers }: ListPopulation): Promise<boolean> {
  return store.commit.run(() => {
    if (store.subscribers.lastChangeMs() > 0) return false
    for (const record of byAge(subscribers)) insertSeed(store, record)
    return true
  })
}

/** The key of a record is the address. */
function insertSeed(store: ListStore, { key, fields, created_at, updated_at }: SeedRecord): void {
  const email = checkEmail(key)
  const { values, problems } = validate(subscriberRule, fields, { isLive: () => true })
  const isTaken = email.ok && store.subscribers.get(String(email.value)) !== undefined
  if (!email.ok || problems.length > 0 || isTaken) {
    const problem = problems[0]?.message ?? (isTaken ? 'it is there twice' : 'not an e-mail address')
    throw seedError('The practice data has a subscriber that is not valid.', { key, problem })
  }
  const at = { createdAtMs: Date.parse(created_at), updatedAtMs: Date.parse(updated_at) }
  store.subscribers.insert(String(email.value), { ...values, tags: tagSet(values.tags) }, at)
}

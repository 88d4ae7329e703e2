/**
 * Fills an empty practice CRM with a population in one transaction: all of it or nothing, with the dates of its past.
 * References inside the population are by `key`, because ids do not exist yet.
 */
import { z } from 'zod'
import type { Json } from '#shared/json.ts'
import { byAge, readPopulationFile, type SeedRecord, seedError, seedRecord } from '../kit/population-file.ts'
import { validate } from '../kit/validate.ts'
import type { CrmStore } from './crm-store.ts'
import type { ObjectName } from './object-rules.ts'
import { externalIdOf } from './record-table.ts'

const crmPopulation = z.strictObject({
  companies: z.array(seedRecord),
  contacts: z.array(seedRecord),
  deals: z.array(seedRecord),
})
export type CrmPopulation = z.infer<typeof crmPopulation>

/** Reads a population file. Throws AppError (data, `practice-seed-unreadable`). */
export function readPopulation(path: string): CrmPopulation {
  return readPopulationFile(path, crmPopulation)
}

/** Fills an empty CRM; one that holds anything stays as it is. Resolves to whether it was filled. */
export function seedIfEmpty(store: CrmStore, population: CrmPopulation): Promise<boolean> {
  return store.commit.run(() => {
    const isEmpty = Object.values(store.tables).every((table) => table.lastChangeMs() === 0)
    if (!isEmpty) return false
    const ids = new Map<string, string>()
    // Order matters: a record comes after those it refers to.
    for (const [object, records] of [
      ['company', population.companies],
      ['contact', population.contacts],
      ['deal', population.deals],
    ] as const) {
      for (const record of byAge(records)) {
        ids.set(`${object} ${record.key}`, insertSeed(store, object, { record, ids }))
      }
    }
    return true
  })
}

function insertSeed(
  store: CrmStore,
  object: ObjectName,
  { record, ids }: { record: SeedRecord; ids: Map<string, string> },
): string {
  const table = store.tables[object]
  const fields: Record<string, Json> = { ...record.fields }
  for (const { name, refersTo } of table.rule.fields) {
    const key = fields[name]
    if (refersTo && typeof key === 'string') fields[name] = ids.get(`${refersTo} ${key}`) ?? key
  }
  const { values, problems } = validate(table.rule, fields, { isLive: store.isLive })
  const [problem] = problems
  if (problem)
    throw seedError(`The practice data has a ${object} that is not valid.`, {
      key: record.key,
      problem: problem.message,
    })
  return externalIdOf(table.rule, table.insert(values, Date.parse(record.created_at), Date.parse(record.updated_at)))
}

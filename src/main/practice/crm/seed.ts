/**
 * Fills an empty practice CRM with a population in one transaction: all of it or nothing, with the dates of its past.
 * References inside the population are by `key`, because ids do not exist yet.
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { AppError } from '#shared/errors.ts'
import type { Json } from '#shared/json.ts'
import type { CrmStore } from './crm-store.ts'
import type { ObjectName } from './object-rules.ts'
import { externalIdOf } from './record-table.ts'
import { validate } from './validate.ts'

const seedRecord = z.strictObject({
  /** Name by which other records of the population refer to this one. */
  key: z.string().min(1),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  /** Reference fields carry the key of the other record. */
  fields: z.record(z.string(), z.json()),
})

const crmPopulation = z.strictObject({
  companies: z.array(seedRecord),
  contacts: z.array(seedRecord),
  deals: z.array(seedRecord),
})
export type CrmPopulation = z.infer<typeof crmPopulation>
type SeedRecord = z.infer<typeof seedRecord>

/** Reads a population file. Throws AppError (data, `practice-seed-unreadable`). */
export function readPopulation(path: string): CrmPopulation {
  try {
    return crmPopulation.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw seedError(
      'The file with the practice data could not be read.',
      { technical: String(cause).slice(0, 500) },
      cause,
    )
  }
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
      // Ids follow age, as in a CRM that grew.
      for (const record of [...records].sort((a, b) => a.created_at.localeCompare(b.created_at))) {
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

function seedError(message: string, details: Readonly<Record<string, string>>, cause?: unknown): AppError {
  return new AppError(
    {
      kind: 'data',
      code: 'practice-seed-unreadable',
      message,
      kept: 'The practice CRM stays empty.',
      next: 'Start the practice company over.',
      details,
    },
    cause,
  )
}

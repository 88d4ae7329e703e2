/**
 * Fills empty practice books with a population in one transaction: all of it or nothing, with the dates of its past.
 * References inside the population are by `key`, because ids do not exist yet.
 */
import { z } from 'zod'
import { isJsonObject, type Json } from '#shared/json.ts'
import { byAge, readPopulationFile, type SeedRecord, seedError, seedRecord } from '../kit/population-file.ts'
import { validate } from '../kit/validate.ts'
import type { BooksStore } from './books-store.ts'
import { completed, problemsWithOthers, refreshInvoice } from './invoice-balance.ts'
import type { ObjectName } from './object-rules.ts'
import { idOf } from './record-table.ts'

const booksPopulation = z.strictObject({
  customers: z.array(seedRecord),
  items: z.array(seedRecord),
  invoices: z.array(seedRecord),
  payments: z.array(seedRecord),
})
export type BooksPopulation = z.infer<typeof booksPopulation>

/** Reads a population file. Throws AppError (data, `practice-seed-unreadable`). */
export function readPopulation(path: string): BooksPopulation {
  return readPopulationFile(path, booksPopulation)
}

/** Fills empty books; books that hold anything stay as they are. Resolves to whether they were filled. */
export function seedIfEmpty(store: BooksStore, population: BooksPopulation): Promise<boolean> {
  return store.commit.run(() => {
    const isEmpty = Object.values(store.tables).every((table) => table.lastChangeMs() === 0)
    if (!isEmpty) return false
    const ids = new Map<string, string>()
    // Order matters: a record comes after those it refers to.
    for (const [object, records] of [
      ['customer', population.customers],
      ['item', population.items],
      ['invoice', population.invoices],
      ['payment', population.payments],
    ] as const) {
      for (const record of byAge(records))
        ids.set(`${object} ${record.key}`, insertSeed(store, object, { record, ids }))
    }
    return true
  })
}

interface Seed {
  readonly record: SeedRecord
  readonly ids: ReadonlyMap<string, string>
}

function insertSeed(store: BooksStore, object: ObjectName, { record, ids }: Seed): string {
  const table = store.tables[object]
  const idFor = (target: ObjectName, key: Json | undefined): Json =>
    typeof key === 'string' ? (ids.get(`${target} ${key}`) ?? key) : (key ?? null)
  const fields: Record<string, Json> = { ...record.fields }
  for (const { name, refersTo } of table.rule.fields) if (refersTo) fields[name] = idFor(refersTo, fields[name])
  if (Array.isArray(fields.lines)) {
    fields.lines = fields.lines.filter(isJsonObject).map((line) => ({ ...line, item_id: idFor('item', line.item_id) }))
  }
  const { values, problems } = validate(table.rule, fields, { isLive: store.isLive })
  const [problem] = problems.length > 0 ? problems : problemsWithOthers(store, object, { values, row: null })
  const isTaken = !problem && table.holderOf(String(values[table.rule.uniqueField])) !== undefined
  if (problem || isTaken)
    throw seedError(`The practice data has a record of the books (${object}) that is not valid.`, {
      key: record.key,
      problem: problem?.message ?? `${table.rule.uniqueField} is there twice`,
    })
  const updatedAtMs = Date.parse(record.updated_at)
  const row = table.insert(completed(store, object, { values, row: null }), Date.parse(record.created_at), updatedAtMs)
  if (object === 'payment') refreshInvoice(store, values, updatedAtMs)
  return idOf(table.rule, row)
}

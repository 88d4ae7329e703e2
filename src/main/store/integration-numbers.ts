/** Small numbers for integrations: the agreements carry these instead of names. */
import type Database from 'better-sqlite3'

export interface IntegrationNumbers {
  /** 0 where the integration has none yet: no row has that number, so nothing is found. */
  readonly find: (integrationId: string) => number
  /** Gives it one the first time; inside the caller's transaction. */
  readonly give: (integrationId: string) => number
}

export function createIntegrationNumbers(db: Database.Database): IntegrationNumbers {
  const select = db.prepare<[string], number>('select number from integration_number where id = ?').pluck()
  const insert = db.prepare<[string]>('insert into integration_number(id) values (?)')
  const known = new Map<string, number>()

  const find = (integrationId: string): number => {
    const cached = known.get(integrationId)
    if (cached !== undefined) return cached
    const number = select.get(integrationId)
    if (number !== undefined) known.set(integrationId, number)
    return number ?? 0
  }

  // A number that was just given is not remembered: the transaction could still be rolled back.
  const give = (integrationId: string): number =>
    find(integrationId) || Number(insert.run(integrationId).lastInsertRowid)

  return { find, give }
}

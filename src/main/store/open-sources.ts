/**
 * Which source records have a write that is not closed yet: asked for every record of a run, so it is kept in memory
 * and read from the journal once. One process at a time writes the journal; a transaction that is rolled back leaves
 * a name too many, which holds a record instead of writing it twice.
 */
import type Database from 'better-sqlite3'
import type { Route } from '#main/engine/ports/sync-store.ts'
import { createIntegrationNumbers } from './integration-numbers.ts'

export interface OpenSources {
  readonly has: (route: Route, sourceId: string) => boolean
  readonly add: (route: Route, sourceId: string) => void
  readonly remove: (route: Route, sourceId: string) => void
  /** Reads them anew at the next question. */
  readonly forget: (integrationId: string) => void
}

export function createOpenSources(db: Database.Database): OpenSources {
  const select = db
    .prepare<[number, number], string>(`select source_id from intent where integration = ? and source_stream = ?`)
    .pluck()
  const numbers = createIntegrationNumbers(db)
  const known = new Map<string, Map<number, Set<string>>>()

  const setOf = ({ integrationId, sourceStream }: Route): Set<string> => {
    const streams = known.get(integrationId) ?? new Map<number, Set<string>>()
    known.set(integrationId, streams)
    const ids = streams.get(sourceStream) ?? new Set(select.all(numbers.find(integrationId), sourceStream))
    streams.set(sourceStream, ids)
    return ids
  }

  return {
    has: (route, sourceId) => setOf(route).has(sourceId),
    add: (route, sourceId) => void setOf(route).add(sourceId),
    remove: (route, sourceId) => void setOf(route).delete(sourceId),
    forget: (integrationId) => void known.delete(integrationId),
  }
}

/** Links: which records are the same thing, and what each integration last agreed about them. */
import type Database from 'better-sqlite3'
import type { DestinationSide, LinkStore, Route, SourceSide } from '#main/engine/ports/sync-store.ts'
import type { Values } from '#shared/model/value.ts'
import { type AgreementWriter, createAgreementWriter } from './agreement-writer.ts'
import { createIntegrationNumbers } from './integration-numbers.ts'

export interface LinkWriter extends LinkStore {
  /**
   * Joins both sides in one cluster and renews what was agreed. Must run inside the caller's transaction.
   * `destinationText`: the destination's base as JSON, where the caller has it already.
   */
  readonly agree: (route: Route, source: SourceSide, destination: DestinationSide, destinationText?: string) => void
  readonly renewDestination: (route: Route, destination: DestinationSide) => void
  readonly agreePartly: AgreementWriter['agreePartly']
  readonly restoreDestination: AgreementWriter['restoreDestination']
  readonly link: AgreementWriter['link']
}

interface LinkRow {
  readonly cluster: number
  readonly hash: string | null
  readonly mapping_version: number | null
}

export function createLinkStore(db: Database.Database): LinkWriter {
  // `+?` hides a parameter from the query planner. SQLite plans a join anew with every new value of a parameter it has
  // looked at (https://www.sqlite.org/c3ref/prepare.html, note on statistics, read 2026-11-26): 7 us a call instead of 0.8.
  const selectLink = db.prepare<[number, number, string], LinkRow>(`
    select m.cluster, lower(hex(a.base_hash)) as hash, a.mapping_version from member m
    left join agreement a on a.integration = +? and a.cluster = m.cluster and a.stream = m.stream
    where m.stream = +? and m.external_id = +?`)
  const selectBase = db
    .prepare<[number, number, string], string>(`
    select a.base from member m join agreement a on a.integration = +? and a.cluster = m.cluster and a.stream = m.stream
    where m.stream = +? and m.external_id = +?`)
    .pluck()
  const selectDestination = db.prepare<
    [number, number, number],
    { external_id: string; base: string | null; remote_version: string | null }
  >(`
    select m.external_id, a.base, a.remote_version from member m
    left join agreement a on a.integration = +? and a.cluster = m.cluster and a.stream = m.stream
    where m.cluster = +? and m.stream = +?`)
  const selectSource = db
    .prepare<[number, number, string], string>(`
    select s.external_id from member d join member s on s.cluster = d.cluster and s.stream = +?
    where d.stream = +? and d.external_id = +?`)
    .pluck()
  const selectLinked = db
    .prepare<[string, string, string, string], string>(`
    select other.external_id from stream st
    join member m on m.stream = st.id and m.external_id = +?
    join member other on other.cluster = m.cluster
    join stream ost on ost.id = other.stream and ost.connection = +?
    where st.connection = +? and st.object = +?
    limit 1`)
    .pluck()
  // One way, only the source's side carries a hash.
  const fedElsewhere = db
    .prepare<[number, string, number], number>(`
    select 1 from member m join agreement a on a.cluster = m.cluster and a.stream = m.stream
    where m.stream = ? and m.external_id = ? and a.integration <> ? and a.base_hash = x'' limit 1`)
    .pluck()
  const buried = db
    .prepare<[number, string], number>('select 1 from tombstone where stream = ? and external_id = ?')
    .pluck()
  const linkedSources = db
    .prepare<[number, number, string, number], string>(`
    select m.external_id from member m
    join agreement a on a.integration = +? and a.cluster = m.cluster and a.stream = m.stream
    where m.stream = ? and m.external_id > ? order by m.external_id limit ?`)
    .pluck()
  const writer = createAgreementWriter(db)
  const numbers = createIntegrationNumbers(db)
  const together = db.transaction((work: () => void) => work())

  return {
    together: (work) => together.deferred(work),
    linkState: (route, sourceId) => {
      const row = selectLink.get(numbers.find(route.integrationId), route.sourceStream, sourceId)
      if (!row) return undefined
      return {
        cluster: row.cluster,
        // hex() of nothing is an empty text.
        sourceHash: row.hash || null,
        agreedVersion: row.mapping_version,
      }
    },
    sourceBase: (route, sourceId) =>
      parseValues(selectBase.get(numbers.find(route.integrationId), route.sourceStream, sourceId)),
    destinationState: (route, cluster) => {
      const row = selectDestination.get(numbers.find(route.integrationId), cluster, route.destinationStream)
      return row && { externalId: row.external_id, base: parseValues(row.base), version: row.remote_version }
    },
    linkedSource: (route, destinationId) =>
      selectSource.get(route.sourceStream, route.destinationStream, destinationId),
    linkedId: (from, toConnection) => selectLinked.get(from.externalId, toConnection, from.connection, from.object),
    linkedSources: (route, afterId, limit) =>
      linkedSources.all(numbers.find(route.integrationId), route.sourceStream, afterId, limit),
    isFedElsewhere: (route, destinationId) =>
      fedElsewhere.get(route.destinationStream, destinationId, numbers.find(route.integrationId)) !== undefined,
    isBuried: (stream, externalId) => buried.get(stream, externalId) !== undefined,
    agree: writer.agree,
    agreePartly: writer.agreePartly,
    renewDestination: writer.renewDestination,
    restoreDestination: writer.restoreDestination,
    link: writer.link,
  }
}

/** Stored by this module as JSON of Values. */
function parseValues(text: string | null | undefined): Values | null {
  return text === null || text === undefined ? null : (JSON.parse(text) as Values)
}

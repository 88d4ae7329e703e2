/** Links: which records are the same thing, and what each integration last agreed about them. */
import type Database from 'better-sqlite3'
import type { DestinationSide, LinkStore, Route, SourceSide } from '#main/engine/ports/sync-store.ts'
import type { Values } from '#shared/model/value.ts'
import { createIntegrationNumbers } from './integration-numbers.ts'

export interface LinkWriter extends LinkStore {
  /** Joins both sides in one cluster and renews what was agreed. Must run inside the caller's transaction. */
  readonly agree: (route: Route, source: SourceSide, destination: DestinationSide) => void
  readonly renewDestination: (route: Route, destination: DestinationSide) => void
}

interface LinkRow {
  readonly cluster: number
  readonly base_hash: Buffer | null
  readonly mapping_version: number | null
}

export function createLinkStore(db: Database.Database): LinkWriter {
  const selectLink = db.prepare<[number, number, string], LinkRow>(`
    select m.cluster, a.base_hash, a.mapping_version from member m
    left join agreement a on a.integration = ? and a.stream = m.stream and a.external_id = m.external_id
    where m.stream = ? and m.external_id = ?`)
  const selectBase = db
    .prepare<[number, number, string], string>(
      'select base from agreement where integration = ? and stream = ? and external_id = ?',
    )
    .pluck()
  const selectDestination = db.prepare<
    [number, number, number],
    { external_id: string; base: string | null; remote_version: string | null }
  >(`
    select m.external_id, a.base, a.remote_version from member m
    left join agreement a on a.integration = ? and a.stream = m.stream and a.external_id = m.external_id
    where m.cluster = ? and m.stream = ?`)
  const selectSource = db
    .prepare<[number, number, string], string>(`
    select s.external_id from member d join member s on s.cluster = d.cluster and s.stream = ?
    where d.stream = ? and d.external_id = ?`)
    .pluck()
  const selectLinked = db
    .prepare<[string, string, string, string], string>(`
    select other.external_id from stream st
    join member m on m.stream = st.id and m.external_id = ?
    join member other on other.cluster = m.cluster
    join stream ost on ost.id = other.stream and ost.connection = ?
    where st.connection = ? and st.object = ?
    limit 1`)
    .pluck()
  const selectCluster = db
    .prepare<[number, string], number>('select cluster from member where stream = ? and external_id = ?')
    .pluck()
  const insertCluster = db.prepare<[]>('insert into cluster default values')
  const insertMember = db.prepare<[number, string, number]>(
    'insert into member(stream, external_id, cluster) values (?, ?, ?)',
  )
  const upsertAgreement = db.prepare<[number, number, string, string, Buffer, string | null, number]>(`
    insert into agreement(integration, stream, external_id, base, base_hash, remote_version, mapping_version) values (?, ?, ?, ?, ?, ?, ?)
    on conflict do update set base = excluded.base, base_hash = excluded.base_hash,
      remote_version = excluded.remote_version, mapping_version = excluded.mapping_version`)
  const noHash = Buffer.alloc(0)
  const numbers = createIntegrationNumbers(db)

  /** Both sides in one cluster: the existing one of either side, or a new one. */
  const join = (route: Route, sourceId: string, destinationId: string): void => {
    const ofSource = selectCluster.get(route.sourceStream, sourceId)
    const ofDestination = selectCluster.get(route.destinationStream, destinationId)
    const cluster = ofSource ?? ofDestination ?? Number(insertCluster.run().lastInsertRowid)
    if (ofSource === undefined) insertMember.run(route.sourceStream, sourceId, cluster)
    if (ofDestination === undefined) insertMember.run(route.destinationStream, destinationId, cluster)
  }

  return {
    linkState: (route, sourceId) => {
      const row = selectLink.get(numbers.find(route.integrationId), route.sourceStream, sourceId)
      if (!row) return undefined
      return {
        cluster: row.cluster,
        sourceHash: row.base_hash?.toString('hex') ?? null,
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
    agree: (route, source, destination) => {
      join(route, source.externalId, destination.externalId)
      const { integrationVersion } = route
      const integrationNumber = numbers.give(route.integrationId)
      const hash = Buffer.from(source.hash, 'hex')
      upsertAgreement.run(
        integrationNumber,
        route.sourceStream,
        source.externalId,
        source.text,
        hash,
        source.version,
        integrationVersion,
      )
      const base = JSON.stringify(destination.base)
      upsertAgreement.run(
        integrationNumber,
        route.destinationStream,
        destination.externalId,
        base,
        noHash,
        destination.version,
        integrationVersion,
      )
    },
    renewDestination: (route, destination) => {
      const { destinationStream, integrationVersion } = route
      const integrationNumber = numbers.give(route.integrationId)
      const base = JSON.stringify(destination.base)
      upsertAgreement.run(
        integrationNumber,
        destinationStream,
        destination.externalId,
        base,
        noHash,
        destination.version,
        integrationVersion,
      )
    },
  }
}

/** Stored by this module as JSON of Values. */
function parseValues(text: string | null | undefined): Values | null {
  return text === null || text === undefined ? null : (JSON.parse(text) as Values)
}

/** Writes links: members of clusters, and what an integration agreed about them. Every call runs in its caller's transaction. */
import type Database from 'better-sqlite3'
import type { BasePatch, DestinationSide, Route, SidePatches, SourceSide } from '#main/engine/ports/sync-store.ts'
import { hashOf } from '#main/engine/source-side.ts'
import type { Values } from '#shared/model/value.ts'
import { createIntegrationNumbers } from './integration-numbers.ts'

export interface AgreementWriter {
  readonly agree: (route: Route, source: SourceSide, destination: DestinationSide, destinationText?: string) => void
  /** Agrees about some fields only: the rest of both bases stays as it is. */
  readonly agreePartly: (route: Route, ends: AgreedEnds, patches: SidePatches) => void
  /** Answers without a change when the record is linked with nothing. */
  readonly renewDestination: (route: Route, destination: DestinationSide) => void
  /** Both are one logical record, and nothing is agreed yet; answers without a change where the source has another counterpart. */
  readonly link: (route: Route, sourceId: string, destinationId: string) => void
  /** Some fields of the destination hold what they held before: its base follows, the source's side stays as it is. */
  readonly restoreDestination: (route: Route, destination: AgreedEnds['destination'], patch: BasePatch) => void
}

/** The records of both sides, with their versions at the service. */
export interface AgreedEnds {
  readonly source: { readonly externalId: string; readonly version: string | null }
  readonly destination: { readonly externalId: string; readonly version: string | null }
}

export function createAgreementWriter(db: Database.Database): AgreementWriter {
  const selectCluster = db
    .prepare<[number, string], number>('select cluster from member where stream = ? and external_id = ?')
    .pluck()
  const newestCluster = db
    .prepare<[], number | null>(
      'select max(newest) from (select max(cluster) as newest from member union all select max(id) from cluster)',
    )
    .pluck()
  const insertMember = db.prepare<[number, string, number]>(
    'insert into member(stream, external_id, cluster) values (?, ?, ?)',
  )
  const insertMembers = db.prepare<[number, string, number, number, string, number]>(
    'insert into member(stream, external_id, cluster) values (?, ?, ?), (?, ?, ?)',
  )
  const upsert = db.prepare<[number, number, number, string, string, string | null, number]>(`
    insert into agreement(integration, cluster, stream, base, base_hash, remote_version, mapping_version)
    values (?, ?, ?, ?, unhex(?), ?, ?)
    on conflict do update set base = excluded.base, base_hash = excluded.base_hash,
      remote_version = excluded.remote_version, mapping_version = excluded.mapping_version`)
  const shared = db
    .prepare<[number, number], number>(
      'select 1 from member a join member b on b.stream = a.stream where a.cluster = ? and b.cluster = ? limit 1',
    )
    .pluck()
  const selectMember = db
    .prepare<[number, number], string>('select external_id from member where cluster = ? and stream = ?')
    .pluck()
  const moveMembers = db.prepare<[number, number]>('update member set cluster = ? where cluster = ?')
  const moveAgreements = db.prepare<[number, number]>('update agreement set cluster = ? where cluster = ?')
  const selectBase = db
    .prepare<[number, number, number], string>(
      'select base from agreement where integration = ? and cluster = ? and stream = ?',
    )
    .pluck()
  const numbers = createIntegrationNumbers(db)
  let lastCluster: number | undefined

  /** One process at a time writes; a number whose transaction is rolled back is left out. */
  const newCluster = (): number => {
    lastCluster = (lastCluster ?? newestCluster.get() ?? 0) + 1
    return lastCluster
  }

  /** Two clusters turn out to be one logical record: the second becomes part of the first, unless a service has a record in both. */
  const merge = (first: number, second: number): boolean => {
    if (shared.get(first, second) !== undefined) return false
    moveMembers.run(first, second)
    moveAgreements.run(first, second)
    return true
  }

  /** The clusters of both sides: one and the same, except where a service has two records for it. */
  const join = (route: Route, sourceId: string, destinationId: string): readonly [number, number] => {
    const ofSource = selectCluster.get(route.sourceStream, sourceId)
    const ofDestination = selectCluster.get(route.destinationStream, destinationId)
    if (ofSource === undefined && ofDestination === undefined) {
      const cluster = newCluster()
      insertMembers.run(route.sourceStream, sourceId, cluster, route.destinationStream, destinationId, cluster)
      return [cluster, cluster]
    }
    const cluster = ofSource ?? ofDestination ?? 0
    if (ofSource === undefined) insertMember.run(route.sourceStream, sourceId, cluster)
    if (ofDestination === undefined) insertMember.run(route.destinationStream, destinationId, cluster)
    if (ofDestination === undefined || ofDestination === cluster) return [cluster, cluster]
    return [cluster, merge(cluster, ofDestination) ? cluster : ofDestination]
  }

  const patchSide = (key: readonly [number, number, number], patch: BasePatch, version: string | null, of: number) => {
    const text = patched(selectBase.get(...key), patch)
    upsert.run(...key, text, hashOf(text), version, of)
  }

  return {
    agreePartly: (route, { source, destination }, patches) => {
      const [ofSource, ofDestination] = join(route, source.externalId, destination.externalId)
      const { integrationVersion, sourceStream, destinationStream } = route
      const number = numbers.give(route.integrationId)
      patchSide([number, ofSource, sourceStream], patches.source, source.version, integrationVersion)
      patchSide(
        [number, ofDestination, destinationStream],
        patches.destination,
        destination.version,
        integrationVersion,
      )
    },
    agree: (route, source, destination, destinationText) => {
      const [ofSource, ofDestination] = join(route, source.externalId, destination.externalId)
      const { integrationVersion, sourceStream, destinationStream } = route
      const number = numbers.give(route.integrationId)
      upsert.run(number, ofSource, sourceStream, source.text, source.hash, source.version, integrationVersion)
      const base = destinationText ?? JSON.stringify(destination.base)
      upsert.run(number, ofDestination, destinationStream, base, '', destination.version, integrationVersion)
    },
    link: (route, sourceId, destinationId) => {
      const cluster = selectCluster.get(route.sourceStream, sourceId)
      if (cluster === undefined || selectMember.get(cluster, route.destinationStream) === undefined)
        join(route, sourceId, destinationId)
    },
    restoreDestination: (route, { externalId, version }, patch) => {
      const { destinationStream, integrationVersion } = route
      const cluster = selectCluster.get(destinationStream, externalId)
      if (cluster === undefined) return
      const number = numbers.give(route.integrationId)
      patchSide([number, cluster, destinationStream], patch, version, integrationVersion)
    },
    renewDestination: (route, { externalId, base, version }) => {
      const { destinationStream, integrationVersion } = route
      const cluster = selectCluster.get(destinationStream, externalId)
      if (cluster === undefined) return
      const number = numbers.give(route.integrationId)
      upsert.run(number, cluster, destinationStream, JSON.stringify(base), '', version, integrationVersion)
    },
  }
}

/** A base as text with some of its fields renewed, its names in order: the text tells whether the record changed. */
function patched(base: string | undefined, { fields, values }: BasePatch): string {
  // Written by this file as JSON of Values.
  const kept = Object.entries(base === undefined ? {} : (JSON.parse(base) as Values))
  const all = [...kept.filter(([field]) => !fields.includes(field)), ...Object.entries(values)]
  return JSON.stringify(Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1))))
}

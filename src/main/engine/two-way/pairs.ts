/** The two sides of a record as a run meets them: what was read now, or what was agreed last where nothing changed. */
import type { RemoteRecord } from '#shared/model/connected.ts'
import type { DataIssue } from '#shared/model/issue.ts'
import type { Values } from '#shared/model/value.ts'
import type { LinkStore, ObservedRecord, Route } from '../ports/sync-store.ts'
import { hashOf, pick } from '../source-side.ts'

export interface PairSide {
  readonly externalId: string
  /** Values of the fields the integration uses. */
  readonly now: Values
  /** Null: never agreed. */
  readonly base: Values | null
  readonly version: string | null
  readonly updatedAt: string | null
  /** Whether it was read in this run. */
  readonly isRead: boolean
  /** Fields by which people know the record. */
  readonly keys?: readonly string[]
  readonly place?: string
  readonly issues?: readonly DataIssue[]
}

export interface Pair {
  readonly source: PairSide | null
  readonly destination: PairSide | null
}

/** Hash of the used fields: equal to the agreed one where a record did not change. */
export function textOf(now: Values): { readonly text: string; readonly hash: string } {
  const text = JSON.stringify(now)
  return { text, hash: hashOf(text) }
}

export function readSide(record: RemoteRecord, fields: readonly string[], keys: readonly string[]): PairSide {
  return {
    externalId: record.externalId,
    now: pick(record.values, fields),
    keys,
    base: null,
    version: record.version ?? null,
    updatedAt: record.updatedAt ?? null,
    isRead: true,
    ...(record.place !== undefined && { place: record.place }),
    ...(record.issues && { issues: record.issues }),
  }
}

export function observedSide(record: ObservedRecord, base: Values | null, keys: readonly string[]): PairSide {
  const { externalId, values, version, updatedAt } = record
  return { externalId, now: values, base, version, updatedAt, keys, isRead: true }
}

/** The side of a linked record that did not change: what it held when both agreed. Undefined: never agreed. */
export function agreedSide(links: LinkStore, route: Route, cluster: number): PairSide | undefined {
  const state = links.destinationState(route, cluster)
  if (!state?.base) return undefined
  const { externalId, base, version } = state
  return { externalId, now: base, base, version, updatedAt: null, isRead: false }
}

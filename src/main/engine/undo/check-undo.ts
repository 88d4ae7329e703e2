/**
 * Looks at the items of an approved undo plan just before they are carried out: what was done before a stop of this run
 * is left out, and what changed since the plan was made is held. Nothing newer is ever overwritten unseen.
 */
import type { ConnectedObject, RemoteRecord } from '#shared/model/connected.ts'
import type { RecordReason } from '#shared/model/run.ts'
import { isSameValue } from '../diff.ts'
import type { FrozenItem, Route } from '../ports/sync-store.ts'
import { readCurrent } from '../read-current.ts'
import type { RunningParts } from '../running-parts.ts'
import { pick } from '../source-side.ts'
import { baseHash } from './decide-undo.ts'
import { changedMeanwhile, noWayBack, planStale } from './undo-reasons.ts'

export async function checkUndo(items: readonly FrozenItem[], parts: RunningParts): Promise<readonly FrozenItem[]> {
  const { job } = parts
  const forward = items.filter(({ direction }) => direction !== 'back')
  const back = items.filter(({ direction }) => direction === 'back')
  return [
    ...(await checkWay(forward, job.plan.route, job.destination, parts)),
    ...(await checkWay(back, job.twoWay?.route, job.source, parts)),
  ]
}

async function checkWay(
  items: readonly FrozenItem[],
  route: Route | undefined,
  destination: ConnectedObject,
  parts: RunningParts,
): Promise<readonly FrozenItem[]> {
  if (!route) return items.map((item) => (item.operation === null ? item : held(item, noWayBack)))
  const open = items.flatMap((item) => checkState(item, route, parts))
  const ids = open.flatMap(({ undo, destinationId }) => (undo && destinationId !== null ? [destinationId] : []))
  if (ids.length === 0) return open
  const current = await readCurrent(destination, ids, parts.control.signal)
  return open.map((item) => checkCurrent(item, current))
}

/** Against what is known here: nothing where it was carried out before a stop of this run. */
function checkState(item: FrozenItem, route: Route, { job, run }: RunningParts): readonly FrozenItem[] {
  if (item.operation === null) return [item]
  const state = stateOf(item, route, job)
  if (state === 'as-planned') return [item]
  return state === 'done' && run.state !== 'running' ? [] : [held(item, planStale)]
}

function stateOf(
  { source, undo, agreedHash }: FrozenItem,
  route: Route,
  { store }: RunningParts['job'],
): 'as-planned' | 'done' | 'stale' {
  if (!undo || store.journal.hasOpenIntent(route, source.externalId)) return 'stale'
  if (undo.kind === 'recreate')
    return store.links.isBuried(route.destinationStream, undo.externalId) ? 'as-planned' : 'done'
  const link = store.links.linkState(route, source.externalId)
  const base = (link && store.links.destinationState(route, link.cluster))?.base ?? null
  if (undo.kind === 'remove') return base === null ? 'done' : baseHash(base) === agreedHash ? 'as-planned' : 'stale'
  if (base === null) return 'stale'
  if (baseHash(base) === agreedHash) return 'as-planned'
  const { fields, values } = undo.patch
  return fields.every((field) => isSameValue(base[field], values[field])) ? 'done' : 'stale'
}

/** Against what the service holds: the plan showed it to a person as `before`. */
function checkCurrent(item: FrozenItem, current: ReadonlyMap<string, RemoteRecord>): FrozenItem {
  const { undo, before, destinationId } = item
  if (!undo || undo.kind === 'recreate' || destinationId === null) return item
  const record = current.get(destinationId)
  if (!record || !isAsPlanned(item, record)) return held(item, changedMeanwhile)
  const now = pick(record.values, Object.keys(before ?? {}))
  return { ...item, version: record.version ?? null, ...(undo.kind === 'remove' && { before: now }) }
}

function isAsPlanned({ undo, before, version }: FrozenItem, record: RemoteRecord): boolean {
  if (undo?.kind === 'remove' && version !== null && record.version !== undefined) return version === record.version
  return Object.entries(before ?? {}).every(([field, value]) => isSameValue(record.values[field], value))
}

function held(item: FrozenItem, reason: RecordReason): FrozenItem {
  const { undo: _undo, ...rest } = item
  return { ...rest, action: 'hold', operation: null, reason }
}

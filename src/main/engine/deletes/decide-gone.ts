/** Decides what becomes of a linked record that the source does not show any more. Pure over its inputs. */
import type { RemoteRecord } from '#shared/model/connected.ts'
import type { DecisionKind } from '#shared/model/decision.ts'
import type { DeletePolicy } from '#shared/model/delete-policy.ts'
import type { ObjectDescription } from '#shared/model/object.ts'
import type { RecordReason } from '#shared/model/run.ts'
import type { Values } from '#shared/model/value.ts'
import { isSameValue } from '../diff.ts'
import type { DestinationState, FrozenItem, SourceSide } from '../ports/sync-store.ts'
import { pick } from '../source-side.ts'
import { writableValues } from '../writable-values.ts'
import * as why from './gone-reasons.ts'

export interface GoneInput {
  readonly source: SourceSide
  readonly label: string
  readonly linked: DestinationState
  /** What the destination holds now; null: gone there as well. */
  readonly current: RemoteRecord | null
  readonly policy: DeletePolicy
  readonly decision: DecisionKind | undefined
  readonly hasOpenWrite: boolean
  /** The source does not answer for records that are there: nothing can be concluded, whatever a person decided. */
  readonly isDoubtful: boolean
  /** Another leg still brings this record. */
  readonly isFedElsewhere: boolean
  /** Why no record is deleted without a person at this time. */
  readonly guard: RecordReason | undefined
  readonly description: ObjectDescription
}

export type GoneDecision =
  | { readonly kind: 'item'; readonly item: FrozenItem }
  /** No write: the link is closed. */
  | { readonly kind: 'unlink'; readonly isGoneThere: boolean; readonly reason: RecordReason }

export function decideGone(input: GoneInput): GoneDecision {
  const { current, policy, decision, guard } = input
  if (input.hasOpenWrite) return hold(input, why.writeOpen)
  if (input.isDoubtful) return hold(input, why.notConfirmed)
  if (!current) return { kind: 'unlink', isGoneThere: true, reason: why.goneOnBothSides }
  if (input.isFedElsewhere) return { kind: 'unlink', isGoneThere: false, reason: why.fedElsewhere }
  if (decision === 'destination') return { kind: 'unlink', isGoneThere: false, reason: why.keptByDecision }
  const isDecided = decision === 'source'
  if (!isDecided && guard) return hold(input, guard)
  if (!isDecided && policy === 'hold') return hold(input, why.sourceGone)
  if (typeof policy === 'object') return mark(input, current, policy.set)
  return remove(input, current, isDecided ? why.deletedByDecision : why.deletedToo)
}

function remove(input: GoneInput, current: RemoteRecord, reason: RecordReason): GoneDecision {
  if (!input.description.writes.delete) return hold(input, why.cannotDelete)
  const item: FrozenItem = {
    ...common(input),
    action: 'delete',
    operation: 'delete',
    values: {},
    before: writableValues(current.values, input.description),
    after: {},
    nextBase: {},
    version: current.version ?? null,
    reason,
    deletion: 'confirmed',
  }
  return { kind: 'item', item }
}

/** It stands there with other values: an archive flag, a status. */
function mark(input: GoneInput, current: RemoteRecord, set: Values): GoneDecision {
  const open = Object.keys(set).filter((field) => !isSameValue(current.values[field], set[field]))
  if (open.length === 0) return { kind: 'unlink', isGoneThere: false, reason: why.markedAlready }
  const values = pick(set, open)
  const item: FrozenItem = {
    ...common(input),
    action: 'update',
    operation: 'update',
    values,
    before: Object.fromEntries(open.map((field) => [field, current.values[field] ?? null])),
    after: values,
    nextBase: { ...input.linked.base, ...values },
    version: current.version ?? null,
    reason: why.markedToo,
    deletion: 'confirmed',
  }
  return { kind: 'item', item }
}

function hold(input: GoneInput, reason: RecordReason): GoneDecision {
  const { current, description } = input
  const item: FrozenItem = {
    ...common(input),
    action: 'hold',
    operation: null,
    values: {},
    before: current ? writableValues(current.values, description) : (input.linked.base ?? {}),
    after: {},
    nextBase: {},
    version: null,
    reason,
  }
  return { kind: 'item', item }
}

function common({
  source,
  label,
  linked,
}: GoneInput): Pick<FrozenItem, 'label' | 'source' | 'agreedHash' | 'destinationId'> {
  return { label, source, agreedHash: source.hash, destinationId: linked.externalId }
}

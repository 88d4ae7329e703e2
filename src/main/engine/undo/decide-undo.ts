/** Decides what takes one write of a run back: restore, remove, make again, nothing, or a reason why not. Pure over its inputs. */

import type { RemoteRecord } from '#shared/model/connected.ts'
import type { ObjectDescription } from '#shared/model/object.ts'
import type { RecordReason } from '#shared/model/run.ts'
import type { Value, Values } from '#shared/model/value.ts'
import { isSameValue } from '../diff.ts'
import type { DestinationState, FrozenItem, SourceSide } from '../ports/sync-store.ts'
import { hashOf } from '../source-side.ts'
import { isWritable, writableValues } from '../writable-values.ts'
import type { NetWrite } from './net-writes.ts'
import * as why from './undo-reasons.ts'

export interface UndoInput {
  readonly write: NetWrite
  /** What the service holds now; null: the record is gone. */
  readonly current: RemoteRecord | null
  readonly source: SourceSide
  /** What the integration last agreed about the record there; undefined: they are not linked any more. */
  readonly linked: DestinationState | undefined
  readonly hasOpenWrite: boolean
  readonly description: ObjectDescription
  /** The run made new records only where it had found none with the same key. */
  readonly isSureOfCreates: boolean
  /** A person wants it back as it was, whatever was changed since. */
  readonly overwritesNewer: boolean
}

/** The item of the plan; undefined: nothing is left to take back. */
export function decideUndo(input: UndoInput): FrozenItem | undefined {
  const { write, current, linked, hasOpenWrite } = input
  if (hasOpenWrite) return held(input, why.writeStillOpen)
  if (write.kind === 'deleted') return decideRecreate(input)
  if (write.kind === 'created' && !current) return undefined
  if (!current) return held(input, why.gone)
  if (!linked || linked.externalId !== write.externalId || !linked.base) return held(input, why.notLinked)
  return write.kind === 'created' ? decideRemove(input, current) : decideRestore(input, current, linked.base)
}

function decideRestore(input: UndoInput, current: RemoteRecord, base: Values): FrozenItem | undefined {
  const { write, description, overwritesNewer } = input
  const open = Object.keys(write.after).filter(
    (field) => !isSameValue(current.values[field], write.before[field] ?? null),
  )
  if (open.length === 0) return undefined
  const newer = open.filter((field) => !isSameValue(current.values[field], write.after[field]))
  const before = valuesOf(current.values, open)
  const after = valuesOf(write.before, open)
  if (!description.writes.update) return held(input, why.cannotUpdate, before, after)
  const lost = open.find((field) => !isWritable(description, field))
  if (lost !== undefined) return held(input, why.fieldGone(labelsOf(description, [lost])), before, after)
  if (newer.length > 0 && !overwritesNewer)
    return held(input, why.changedSince(labelsOf(description, newer)), before, after)
  return {
    ...common(input),
    action: 'update',
    operation: 'update',
    values: after,
    before,
    after,
    nextBase: { ...base, ...after },
    version: current.version ?? null,
    reason: newer.length > 0 ? why.putBackOverNewer(labelsOf(description, newer)) : why.putBack,
    undo: { kind: 'restore', patch: { fields: open, values: after } },
  }
}

function decideRemove(input: UndoInput, current: RemoteRecord): FrozenItem {
  const { write, linked, description, overwritesNewer } = input
  const newer = Object.keys(write.after).filter((field) => !isSameValue(current.values[field], write.after[field]))
  const isTouched = newer.length > 0 || isOtherVersion(linked?.version, current.version)
  // What the service itself adds (numbers, times) could not be written again, and says nothing to people.
  const before = writableValues(current.values, description)
  if (!description.writes.delete) return held(input, why.cannotDelete, before, {})
  if (!input.isSureOfCreates) return held(input, why.mayHaveExisted, before, {})
  if (isTouched && !overwritesNewer) return held(input, why.changedSince(labelsOf(description, newer)), before, {})
  return {
    ...common(input),
    action: 'delete',
    operation: 'delete',
    values: {},
    before,
    after: {},
    nextBase: {},
    version: current.version ?? null,
    reason: isTouched ? why.removedThoughTouched : why.removed,
    undo: { kind: 'remove' },
  }
}

/** A deleted record is made again with what was kept of it; under which id, the service decides. */
function decideRecreate(input: UndoInput): FrozenItem | undefined {
  const { write, current, description } = input
  if (current) return undefined
  const values = writableValues(write.before, description)
  if (!description.writes.create) return held(input, why.cannotCreate, {}, values)
  if (Object.keys(values).length === 0) return held(input, why.nothingKept, {}, values)
  return {
    ...common(input),
    action: 'create',
    operation: 'create',
    destinationId: null,
    values,
    before: null,
    after: values,
    nextBase: values,
    version: null,
    reason: why.madeAgain,
    undo: { kind: 'recreate', externalId: write.externalId },
  }
}

function common({
  write,
  source,
  linked,
}: UndoInput): Pick<FrozenItem, 'label' | 'source' | 'agreedHash' | 'destinationId'> {
  return { label: write.label, source, agreedHash: baseHash(linked?.base ?? null), destinationId: write.externalId }
}

/** Tells whether the destination's base is still the one that a plan was made from. */
export function baseHash(base: Values | null): string {
  return hashOf(JSON.stringify(base))
}

function held(input: UndoInput, reason: RecordReason, before?: Values, after?: Values): FrozenItem {
  const { write } = input
  return {
    ...common(input),
    action: 'hold',
    operation: null,
    values: {},
    before: before ?? write.after,
    after: after ?? write.before,
    nextBase: {},
    version: null,
    reason,
  }
}

/** What people call the fields. */
function labelsOf({ fields }: ObjectDescription, names: readonly string[]): string {
  return names.map((name) => fields.find((one) => one.name === name)?.label ?? name).join(', ')
}

/** Every one of the fields; what is absent is null, so that it is emptied. */
function valuesOf(values: Values, fields: readonly string[]): Values {
  const all: Record<string, Value> = {}
  for (const field of fields) all[field] = values[field] ?? null
  return all
}

function isOtherVersion(known: string | null | undefined, now: string | undefined): boolean {
  return known !== null && known !== undefined && now !== undefined && known !== now
}

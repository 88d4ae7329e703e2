/**
 * Three-way merge of one record that stands on two sides: each unit is compared with what both sides last agreed, per
 * side. A change on one side goes to the other; the same change on both needs no write; two different ones are for the
 * policy. Because each side is compared with its own base, an echo of our own write is no change. Pure.
 */
import type { WriteRule } from '#shared/mapping/evaluate-types.ts'
import type { Values } from '#shared/model/value.ts'
import { type Difference, diff, isSameValue } from '../diff.ts'
import type { BasePatch, SidePatches } from '../ports/sync-store.ts'
import { pick } from '../source-side.ts'
import type { PolicyVerdict } from './policies.ts'
import type { MergeUnit } from './units.ts'

export interface MergeSide {
  /** What this side held at the last agreement; null: they never agreed. */
  readonly base: Values | null
  readonly now: Values
}

export interface MergeInput {
  readonly units: readonly MergeUnit[]
  readonly source: MergeSide
  readonly destination: MergeSide
  /** What the source's values become at the destination. */
  readonly forward: Values
  /** What the destination's values become at the source. */
  readonly back: Values
  readonly forwardRuleOf: (field: string) => WriteRule
  readonly backRuleOf: (field: string) => WriteRule
  /** Asked where both sides changed to different values. */
  readonly decide: (unit: MergeUnit) => PolicyVerdict
}

export type UnitOutcome = 'adopted' | 'to-destination' | 'to-source' | 'combined' | 'conflict'

export interface UnitResult {
  readonly unit: MergeUnit
  readonly outcome: UnitOutcome
  /** Whether both sides had changed, so that a policy decided. */
  readonly isByPolicy: boolean
}

export interface MergeResult {
  /** Units where anything is to be done or to be known; unchanged ones are not listed. */
  readonly units: readonly UnitResult[]
  /** Writes; null: none. `patches` become true when the write has happened. */
  readonly toDestination: (Difference & { readonly patches: SidePatches }) | null
  readonly toSource: (Difference & { readonly patches: SidePatches }) | null
  /** True at once: both sides hold the same already, or the change means nothing to the other side. */
  readonly adopted: SidePatches | null
}

export function mergeRecord(input: MergeInput): MergeResult {
  const writes = { destination: emptyWrite(), source: emptyWrite(), adopted: emptyWrite() }
  const units: UnitResult[] = []
  for (const unit of input.units) {
    const merged = mergeUnit(unit, input)
    if (!merged) continue
    units.push({ unit, outcome: merged.outcome, isByPolicy: merged.isByPolicy })
    if (merged.outcome === 'conflict') continue
    const source = addChanges(writes.source, merged.toSource)
    const destination = addChanges(writes.destination, merged.toDestination)
    // A unit that is written on both sides is not agreed by either write alone: the other may fail. The next run finds
    // both sides equal and agrees without a write.
    if (source && destination) continue
    const patch = patchesOf(unit, input, merged)
    const write = destination ? writes.destination : source ? writes.source : writes.adopted
    write.patches.push(patch)
  }
  return {
    units,
    toDestination: writeOf(writes.destination, input.destination.now),
    toSource: writeOf(writes.source, input.source.now),
    adopted: writes.adopted.patches.length > 0 ? joinPatches(writes.adopted.patches) : null,
  }
}

interface MergedUnit {
  readonly outcome: UnitOutcome
  readonly isByPolicy: boolean
  readonly toSource: Difference | null
  readonly toDestination: Difference | null
}

function mergeUnit(unit: MergeUnit, input: MergeInput): MergedUnit | null {
  const isSourceChanged = isChanged(input.source, unit.sourceFields)
  const isDestinationChanged = isChanged(input.destination, unit.destinationFields)
  if (!isSourceChanged && !isDestinationChanged) return null
  if (isSame(unit, input)) return still('adopted', false)
  if (isSourceChanged && !isDestinationChanged) return towards('to-destination', unit, input, false)
  if (!isSourceChanged) return towards('to-source', unit, input, false)
  return byPolicy(unit, input)
}

function byPolicy(unit: MergeUnit, input: MergeInput): MergedUnit {
  const verdict = input.decide(unit)
  if (verdict.kind === 'hold') return still('conflict', true)
  if (verdict.kind === 'source') return towards('to-destination', unit, input, true)
  if (verdict.kind === 'destination') return towards('to-source', unit, input, true)
  return {
    outcome: 'combined',
    isByPolicy: true,
    toDestination: changesOrNull(diff(verdict.atDestination, input.destination.now, always)),
    toSource: changesOrNull(diff(verdict.atSource, input.source.now, always)),
  }
}

const always = (): WriteRule => 'always'

function still(outcome: UnitOutcome, isByPolicy: boolean): MergedUnit {
  return { outcome, isByPolicy, toSource: null, toDestination: null }
}

function towards(
  outcome: 'to-destination' | 'to-source',
  unit: MergeUnit,
  input: MergeInput,
  isByPolicy: boolean,
): MergedUnit {
  const isForward = outcome === 'to-destination'
  const wanted = isForward ? pick(input.forward, unit.filledAtDestination) : pick(input.back, unit.filledAtSource)
  const found = changesOrNull(
    isForward
      ? diff(wanted, input.destination.now, input.forwardRuleOf)
      : diff(wanted, input.source.now, input.backRuleOf),
  )
  // Nothing the other side would take over: the change stays where it was made, and is known from now on.
  if (!found) return still('adopted', isByPolicy)
  return { outcome, isByPolicy, toDestination: isForward ? found : null, toSource: isForward ? null : found }
}

function changesOrNull(difference: Difference): Difference | null {
  return Object.keys(difference.changes).length > 0 ? difference : null
}

/** Without a base everything that is there counts as changed: the sides never agreed on it. */
function isChanged({ base, now }: MergeSide, fields: readonly string[]): boolean {
  return base === null || fields.some((field) => !isSameValue(base[field], now[field]))
}

/** One of the two mappings finds the sides equal: a round trip may lose the writing of a number or a name. */
function isSame(unit: MergeUnit, { source, destination, forward, back }: MergeInput): boolean {
  const isSameForward = unit.filledAtDestination.every((field) => isSameValue(forward[field], destination.now[field]))
  const isSameBack = unit.filledAtSource.every((field) => isSameValue(back[field], source.now[field]))
  if (unit.filledAtDestination.length === 0) return isSameBack
  return isSameForward || (unit.filledAtSource.length > 0 && isSameBack)
}

interface GatheredWrite {
  readonly changes: Record<string, Values[string]>
  readonly before: Record<string, Values[string]>
  readonly patches: SidePatches[]
}

function emptyWrite(): GatheredWrite {
  return { changes: {}, before: {}, patches: [] }
}

function addChanges(write: GatheredWrite, difference: Difference | null): boolean {
  if (!difference) return false
  Object.assign(write.changes, difference.changes)
  Object.assign(write.before, difference.before)
  return true
}

function patchesOf(unit: MergeUnit, input: MergeInput, merged: MergedUnit): SidePatches {
  const { sourceFields, destinationFields } = unit
  return {
    source: {
      fields: sourceFields,
      values: pick({ ...input.source.now, ...merged.toSource?.changes }, sourceFields),
    },
    destination: {
      fields: destinationFields,
      values: pick({ ...input.destination.now, ...merged.toDestination?.changes }, destinationFields),
    },
  }
}

function joinPatches(patches: readonly SidePatches[]): SidePatches {
  const join = (side: 'source' | 'destination'): BasePatch => ({
    fields: patches.flatMap((patch) => patch[side].fields),
    values: Object.assign({}, ...patches.map((patch) => patch[side].values)),
  })
  return { source: join('source'), destination: join('destination') }
}

function writeOf({ changes, before, patches }: GatheredWrite, now: Values): MergeResult['toDestination'] {
  if (Object.keys(changes).length === 0) return null
  return { changes, before, nextBase: { ...now, ...changes }, patches: joinPatches(patches) }
}

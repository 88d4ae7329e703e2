/**
 * A value that a person gives for both sides: it is read like a value of the source, travels to the destination and
 * back, and must come out the same, or the next run would take it for another change.
 */

import type { CompiledMapping } from '#shared/mapping/evaluate-types.ts'
import type { SideValues } from '#shared/model/conflict.ts'
import type { Value, Values } from '#shared/model/value.ts'
import { isSameValue } from '../diff.ts'
import { mapRecords } from '../map-records.ts'
import type { MergeUnit } from '../merge/units.ts'
import type { ConflictDecision, OwnValues } from './decided-units.ts'
import type { Pair, PairSide } from './pairs.ts'
import type { TwoWayContext } from './plan-two-way.ts'

/** By unit, for every value of the decision that both sides can hold. */
export async function mapOwnValues(
  { source, destination }: Pair,
  decision: ConflictDecision | undefined,
  context: TwoWayContext,
  signal: AbortSignal,
): Promise<OwnValues> {
  if (!source || !destination || !decision || typeof decision.choices === 'string') return {}
  const mapped: Record<string, SideValues> = {}
  for (const unit of context.twoWay.units) {
    const choice = decision.choices[unit.name]
    if (choice?.take !== 'own') continue
    const own = await mapOwn(unit, choice.value, { source, destination, context, signal })
    if (own) mapped[unit.name] = own
  }
  return mapped
}

interface OwnParts {
  readonly source: PairSide
  readonly destination: PairSide
  readonly context: TwoWayContext
  readonly signal: AbortSignal
}

async function mapOwn(unit: MergeUnit, value: Value, parts: OwnParts): Promise<SideValues | undefined> {
  const { source, destination, context } = parts
  const [at, ...moreAtSource] = unit.sourceFields
  const [to, ...more] = unit.destinationFields
  // Of several fields, one value would fill only a part.
  if (at === undefined || to === undefined || moreAtSource.length > 0 || more.length > 0) return undefined
  const there = await mapOne({ ...source.now, [at]: value }, to, context.mapping, parts)
  if (there === undefined) return undefined
  const here = await mapOne({ ...destination.now, [to]: there }, at, context.twoWay.mapping, parts)
  if (here === undefined) return undefined
  const again = await mapOne({ ...source.now, [at]: here }, to, context.mapping, parts)
  return isSameValue(again, there) ? { source: { [at]: here }, destination: { [to]: there } } : undefined
}

async function mapOne(
  values: Values,
  field: string,
  mapping: CompiledMapping,
  { context, signal }: OwnParts,
): Promise<Value | undefined> {
  const [mapped] = await mapRecords([values], { ...context, mapping, signal })
  return mapped && mapped.issues.length === 0 ? mapped.values[field] : undefined
}

/** What a two-way integration has beside a one-way one: the way back, and what decides where both sides changed. */
import { hashOf } from '#main/engine/source-side.ts'
import type { CompiledMapping } from '#shared/mapping/evaluate-types.ts'
import type { Values } from '#shared/model/value.ts'
import type { PolicyRule } from '../merge/policies.ts'
import type { MergeUnit } from '../merge/units.ts'
import type { Route, ScratchIndex, SidePatches } from '../ports/sync-store.ts'
import { pick } from '../source-side.ts'

export interface TwoWay {
  /** From the destination into the source: the streams of the route forward, exchanged. */
  readonly route: Route
  readonly mapping: CompiledMapping
  /** Fields of the source by which a record that is there already is recognised. */
  readonly matchFields: readonly string[]
  readonly units: readonly MergeUnit[]
  readonly ruleOf: (unit: MergeUnit) => PolicyRule
  /** On which sides records may be made that exist on the other one only. */
  readonly creates: { readonly atSource: boolean; readonly atDestination: boolean }
  /** Fields of the destination that either mapping uses, in order. Those of the source are the plan's `usedFields`. */
  readonly destinationFields: readonly string[]
  /** Keys of the source's records, for matching records of the destination with them. */
  readonly sourceKeys: ScratchIndex
}

/** What both sides had agreed about the fields of these patches: a plan's item is stale when it has changed since. */
export function agreedHash(sourceBase: Values | null, destinationBase: Values | null, patches: SidePatches): string {
  const of = (base: Values | null, fields: readonly string[]): unknown => base && pick(base, [...fields].sort())
  return hashOf(
    JSON.stringify([of(sourceBase, patches.source.fields), of(destinationBase, patches.destination.fields)]),
  )
}

/** The same patches as the route of the other direction sees them. */
export function turned(patches: SidePatches): SidePatches {
  return { source: patches.destination, destination: patches.source }
}

/** The second half of a two-way job: the mapping back, the units both mappings make, and the policy of each. */
import type { PolicyRule } from '#main/engine/merge/policies.ts'
import { type MergeUnit, unitsOf } from '#main/engine/merge/units.ts'
import type { Route, ScratchIndex } from '#main/engine/ports/sync-store.ts'
import type { TwoWay } from '#main/engine/two-way/two-way-job.ts'
import { AppError } from '#shared/errors.ts'
import { compileMapping } from '#shared/mapping/compile-mapping.ts'
import type { CompiledMapping } from '#shared/mapping/evaluate-types.ts'
import type { IntegrationDefinition } from '#shared/model/integration.ts'
import type { ObjectDescription } from '#shared/model/object.ts'
import { type FieldPlaces, refuseGoneFields } from './refuse-gone-fields.ts'

export interface CompiledTwoWay extends Pick<TwoWay, 'mapping' | 'matchFields' | 'units' | 'ruleOf' | 'creates'> {}

/** Undefined for a one-way integration. Throws AppError `mapping-invalid`, `policy-unknown-field`, `match-not-mapped`. */
export function compileTwoWay(definition: IntegrationDefinition): CompiledTwoWay | undefined {
  const { back, policies } = definition
  if (!back) return undefined
  const { country, zone } = definition.defaults
  const options = {
    ...(country === undefined ? {} : { defaultCountry: country }),
    ...(zone === undefined ? {} : { zone }),
  }
  const mapping = compileMapping(back.mapping, { ...options, place: 'back.mapping' })
  const units = unitsOf({ forward: definition.mapping, back: back.mapping, groups: definition.groups ?? [], options })
  refuseUnknownFields(definition, units)
  refuseUnmappedKeys(back.match, mapping)
  const creates = policies.creates ?? 'both'
  return {
    mapping,
    matchFields: back.match,
    units,
    ruleOf: ruleOf(policies),
    creates: { atSource: creates !== 'destination', atDestination: creates !== 'source' },
  }
}

function ruleOf({ conflict, conflicts = [] }: IntegrationDefinition['policies']): (unit: MergeUnit) => PolicyRule {
  return ({ name, destinationFields }) => {
    const own = conflicts.find(
      ({ fields }) => fields.includes(name) || fields.some((one) => destinationFields.includes(one)),
    )
    return own ?? { policy: conflict ?? 'hold' }
  }
}

/** A policy or a group for a field that no mapping knows would silently never be used. */
function refuseUnknownFields({ groups = [], policies }: IntegrationDefinition, units: readonly MergeUnit[]): void {
  const known = new Set(units.flatMap(({ name, destinationFields }) => [name, ...destinationFields]))
  const filled = new Set(units.flatMap((unit) => [...unit.filledAtDestination, ...unit.filledAtSource]))
  const named = [
    ...groups.flatMap(({ fields }) => fields).filter((field) => !isTied(field, units)),
    ...(policies.conflicts ?? []).flatMap(({ fields }) => fields).filter((field) => !known.has(field)),
    ...(policies.conflicts ?? []).flatMap(({ keptIn }) => (keptIn === undefined || known.has(keptIn) ? [] : [keptIn])),
  ]
  const [unknown] = named
  if (unknown === undefined || filled.size === 0) return
  throw new AppError({
    kind: 'config',
    code: 'policy-unknown-field',
    message: `A group or policy names "${unknown}", which no mapping of this integration fills or reads at the destination.`,
    kept: 'Nothing was saved.',
    next: 'Correct the name, or map the field.',
    details: { field: unknown },
  })
}

/** A field that stands in a group alone is in a unit only because the group names it. */
function isTied(field: string, units: readonly MergeUnit[]): boolean {
  return units.some(
    (unit) =>
      unit.destinationFields.includes(field) &&
      (unit.sourceFields.length > 0 || unit.filledAtDestination.includes(field)),
  )
}

function refuseUnmappedKeys(match: readonly string[], mapping: CompiledMapping): void {
  const missing = match.find((field) => !mapping.targetFields.includes(field))
  if (missing === undefined) return
  throw new AppError({
    kind: 'config',
    code: 'match-not-mapped',
    message: `Records are to be matched by "${missing}" on the way back, but that mapping does not fill the field.`,
    kept: 'Nothing was written.',
    next: `Add a row for "${missing}" to "back.mapping", or match by another field.`,
    details: { field: missing },
  })
}

export function refuseGoneBack(
  { mapping }: CompiledTwoWay,
  names: Pick<FieldPlaces, 'sourceName' | 'destinationName'>,
  source: ObjectDescription,
  destination: ObjectDescription,
): void {
  refuseGoneFields(
    { read: mapping.sourceFields, written: mapping.targetFields },
    { sourceName: names.destinationName, destinationName: names.sourceName, source: destination, destination: source },
  )
}

/** Said before anything is planned, not at the first write into the source. */
export function refuseReadOnly({ label, writes }: ObjectDescription): void {
  if (writes.update) return
  throw new AppError({
    kind: 'config',
    code: 'source-read-only',
    message: `"${label}" can only be read through this connection, so nothing can come back into it.`,
    kept: 'Nothing was written.',
    next: 'Make the integration one-way, or choose a connection that may write.',
  })
}

/** Names in one order: what is kept of a record is compared as text. */
export function sortedFields(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())].sort()
}

export function twoWayOf(
  compiled: CompiledTwoWay,
  forward: Route,
  mapping: CompiledMapping,
  sourceKeys: ScratchIndex,
): TwoWay {
  return {
    ...compiled,
    route: {
      ...forward,
      sourceStream: forward.destinationStream,
      destinationStream: forward.sourceStream,
      isBack: true,
    },
    destinationFields: sortedFields(compiled.mapping.sourceFields, mapping.targetFields),
    sourceKeys,
  }
}

/** Decides what becomes of one record with its two sides: writes into either, an agreement, or a question for a person. */
import type { MappedRecord } from '#shared/mapping/evaluate-types.ts'
import type { RecordReason } from '#shared/model/run.ts'
import type { Values } from '#shared/model/value.ts'
import { decideFailed } from '../decide.ts'
import { type MergeResult, mergeRecord, type UnitResult } from '../merge/merge-record.ts'
import { decideConflict, newerSide } from '../merge/policies.ts'
import type { Agreement, FrozenItem, SidePatches, SourceSide } from '../ports/sync-store.ts'
import type { Pair, PairSide } from './pairs.ts'
import { textOf } from './pairs.ts'
import type { TwoWayContext } from './plan-two-way.ts'
import { agreedHash, turned } from './two-way-job.ts'

export interface PairDecision {
  readonly items: readonly FrozenItem[]
  readonly agreement: Agreement | null
}

/** Both sides' values as the other side would hold them; null where there is no such side. */
export interface MappedPair {
  readonly forward: MappedRecord | null
  readonly back: MappedRecord | null
}

export function decidePair(pair: Pair, mapped: MappedPair, context: TwoWayContext): PairDecision {
  const { source, destination } = pair
  const failure = failureOf(pair, mapped)
  if (failure) return { items: [failure], agreement: null }
  if (source && destination)
    return decideBoth(source, destination, mapped.forward?.values ?? {}, mapped.back?.values ?? {}, context)
  if (source && mapped.forward) return only(createItem(source, mapped.forward.values, context, 'forward'))
  if (destination && mapped.back) return only(createItem(destination, mapped.back.values, context, 'back'))
  return { items: [], agreement: null }
}

function only(item: FrozenItem): PairDecision {
  return { items: [item], agreement: null }
}

/** What cannot be read or mapped on either side holds the whole record back: half of it would be a guess. */
function failureOf({ source, destination }: Pair, { forward, back }: MappedPair): FrozenItem | null {
  const ofSource = [...(source?.issues ?? []), ...(forward?.issues ?? [])]
  if (source && ofSource.length > 0) return decideFailed(sideOf(source), labelOf(source), placed(ofSource, source))
  const ofDestination = [...(destination?.issues ?? []), ...(back?.issues ?? [])]
  if (!destination || ofDestination.length === 0) return null
  return {
    ...decideFailed(sideOf(destination), labelOf(destination), placed(ofDestination, destination)),
    direction: 'back',
  }
}

function placed(issues: NonNullable<PairSide['issues']>, { place }: PairSide) {
  return place === undefined ? issues : issues.map((issue) => ({ place, ...issue }))
}

function decideBoth(
  source: PairSide,
  destination: PairSide,
  forward: Values,
  back: Values,
  context: TwoWayContext,
): PairDecision {
  const { twoWay, mapping } = context
  const facts = { source: source.now, destination: destination.now, forward, back }
  const newer = newerSide(
    { at: source.updatedAt ?? undefined, ...context.clocks.source },
    { at: destination.updatedAt ?? undefined, ...context.clocks.destination },
    skewUncertainMs,
  )
  const decision = context.decisionOf(context.route, source.externalId)
  const byPerson = decision === 'skip' ? undefined : decision
  const result = mergeRecord({
    units: twoWay.units,
    source,
    destination,
    forward,
    back,
    forwardRuleOf: mapping.writeRuleOf,
    backRuleOf: twoWay.mapping.writeRuleOf,
    decide: (unit) => (byPerson ? { kind: byPerson } : decideConflict(unit, twoWay.ruleOf(unit), { ...facts, newer })),
  })
  return decisionFrom(result, { source, destination, byPerson, context })
}

/** How far two clocks may be apart although both were looked at: half a slow answer on either side. */
const skewUncertainMs = 2_000

interface MergedPair {
  readonly source: PairSide
  readonly destination: PairSide
  /** The side a person chose for everything that both changed. */
  readonly byPerson: 'source' | 'destination' | undefined
  readonly context: TwoWayContext
}

function decisionFrom(result: MergeResult, { source, destination, byPerson, context }: MergedPair): PairDecision {
  const conflicts = result.units.filter(({ outcome }) => outcome === 'conflict')
  const isPartial = conflicts.length > 0
  const reason = policyReason(result.units, byPerson, context)
  const hashOf = (patches: SidePatches): string => agreedHash(source.base, destination.base, patches)
  const items: FrozenItem[] = []
  if (result.toDestination) {
    const { patches } = result.toDestination
    const parts = { write: result.toDestination, patches, agreedHash: hashOf(patches), isPartial, reason }
    items.push(updateItem(source, destination, parts))
  }
  if (result.toSource) {
    const patches = turned(result.toSource.patches)
    const parts = { write: result.toSource, patches, agreedHash: hashOf(result.toSource.patches), isPartial, reason }
    items.push({ ...updateItem(destination, source, parts), direction: 'back' })
  }
  if (isPartial) items.push(conflictItem(conflicts, source, destination))
  const adopted = result.adopted ?? (items.length === 0 ? nothingNew : null)
  const agreement = adopted && { ...endsOf(source, destination), patches: adopted, ...(isPartial && { isPartial }) }
  return { items, agreement }
}

/** Nothing to settle, but it was looked at: the version of the definition counts as seen. */
const nothingNew: SidePatches = { source: { fields: [], values: {} }, destination: { fields: [], values: {} } }

function endsOf(source: PairSide, destination: PairSide): Pick<Agreement, 'source' | 'destination'> {
  const { externalId, now, version } = destination
  return { source: sideOf(source), destination: { externalId, base: now, version } }
}

interface UpdateParts {
  readonly write: NonNullable<MergeResult['toDestination']>
  readonly patches: SidePatches
  readonly agreedHash: string
  readonly isPartial: boolean
  readonly reason: RecordReason | null
}

function updateItem(from: PairSide, into: PairSide, parts: UpdateParts): FrozenItem {
  const { write, patches, isPartial, reason } = parts
  return {
    action: 'update',
    operation: 'update',
    label: labelOf(from),
    source: sideOf(from),
    agreedHash: parts.agreedHash,
    destinationId: into.externalId,
    values: write.changes,
    before: write.before,
    after: write.changes,
    nextBase: write.nextBase,
    version: into.version,
    reason,
    patches,
    ...(isPartial && { isPartial }),
  }
}

/** A record that exists on one side only. Everything is agreed once it is made. */
function createItem(
  from: PairSide,
  values: Values,
  { usedFields, twoWay }: TwoWayContext,
  direction: 'forward' | 'back',
): FrozenItem {
  const [fromFields, intoFields] =
    direction === 'forward' ? [usedFields, twoWay.destinationFields] : [twoWay.destinationFields, usedFields]
  const patches = {
    source: { fields: fromFields, values: from.now },
    destination: { fields: intoFields, values },
  }
  return {
    action: 'create',
    operation: 'create',
    label: labelOf(from),
    source: sideOf(from),
    agreedHash: null,
    destinationId: null,
    values,
    before: null,
    after: values,
    nextBase: values,
    version: null,
    reason: null,
    patches,
    ...(direction === 'back' && { direction }),
  }
}

function conflictItem(conflicts: readonly UnitResult[], source: PairSide, destination: PairSide): FrozenItem {
  const names = conflicts.map(({ unit }) => unit.name)
  return {
    ...heldItem(source, {
      code: 'conflict',
      message: conflictWords(names, source.base === null),
      field: names[0] ?? '',
      next: 'Decide which value counts, or set a policy for this field. Other fields of the record went on.',
    }),
    destinationId: destination.externalId,
    before: valuesOf(destination.now, conflicts, 'destinationFields'),
    after: valuesOf(source.now, conflicts, 'sourceFields'),
  }
}

function conflictWords(names: readonly string[], isFirst: boolean): string {
  const [is, was] = names.length === 1 ? ['is', 'was'] : ['are', 'were']
  return isFirst
    ? `${namesText(names)} ${is} different on the two sides, which are met together for the first time.`
    : `${namesText(names)} ${was} changed on both sides since they last agreed.`
}

function valuesOf(now: Values, conflicts: readonly UnitResult[], side: 'sourceFields' | 'destinationFields'): Values {
  const fields = conflicts.flatMap(({ unit }) => unit[side])
  return Object.fromEntries(fields.flatMap((field) => (now[field] === undefined ? [] : [[field, now[field]]])))
}

export function heldItem(side: PairSide, reason: RecordReason): FrozenItem {
  return {
    action: 'hold',
    operation: null,
    label: labelOf(side),
    source: sideOf(side),
    agreedHash: null,
    destinationId: null,
    values: {},
    before: null,
    after: {},
    nextBase: {},
    version: null,
    reason,
  }
}

function policyReason(
  units: readonly UnitResult[],
  byPerson: MergedPair['byPerson'],
  { twoWay }: TwoWayContext,
): RecordReason | null {
  const decided = units.filter(({ isByPolicy, outcome }) => isByPolicy && outcome !== 'conflict')
  if (decided.length === 0) return null
  const words = decided.map(({ unit }) => (byPerson ? unit.name : `${unit.name} (${twoWay.ruleOf(unit).policy})`))
  const by = byPerson ? `you decided for the ${byPerson}` : 'decided by policy'
  return {
    code: 'policy',
    message: `Changed on both sides; ${by}: ${words.join(', ')}.`,
    field: decided[0]?.unit.name ?? '',
  }
}

function namesText(names: readonly string[]): string {
  return names.map((name) => `“${name}”`).join(', ')
}

export function sideOf({ externalId, now, version }: PairSide): SourceSide {
  return { externalId, base: now, version, ...textOf(now) }
}

/** What a person recognises the record by: its first key, else its first text, else its id. */
export function labelOf({ externalId, now, keys }: PairSide): string {
  const values = [...(keys ?? []).map((key) => now[key]), ...Object.values(now)]
  const text = values.find((value) => typeof value === 'string' && value.trim() !== '')
  return String(text ?? externalId).slice(0, 120)
}

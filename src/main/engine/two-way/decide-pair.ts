/** Decides what becomes of one record with its two sides: writes into either, an agreement, or a question for a person. */
import type { MappedRecord } from '#shared/mapping/evaluate-types.ts'
import type { RecordReason } from '#shared/model/run.ts'
import type { Values } from '#shared/model/value.ts'
import { decideFailed } from '../decide.ts'
import { type MergeInput, type MergeResult, mergeRecord, type UnitResult } from '../merge/merge-record.ts'
import { decideConflict, newerSide, type PolicyVerdict } from '../merge/policies.ts'
import type { MergeUnit } from '../merge/units.ts'
import type { Agreement, FrozenItem, SidePatches } from '../ports/sync-store.ts'
import { conflictItem } from './conflict-item.ts'
import { type ConflictDecision, decidedVerdict, type OwnValues, type Undecided } from './decided-units.ts'
import { labelOf, sideOf } from './held-item.ts'
import type { Pair, PairSide } from './pairs.ts'
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
  /** What a person decided about both, with the values they gave themselves as either side holds them. */
  readonly decided?: DecidedPair
}

export interface DecidedPair {
  readonly decision: ConflictDecision
  readonly own: OwnValues
}

export function decidePair(pair: Pair, mapped: MappedPair, context: TwoWayContext): PairDecision {
  const { source, destination } = pair
  const failure = failureOf(pair, mapped)
  if (failure) return { items: [failure], agreement: null }
  if (source && destination) return decideBoth(source, destination, mapped, context)
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

function decideBoth(source: PairSide, destination: PairSide, mapped: MappedPair, context: TwoWayContext): PairDecision {
  const { twoWay, mapping } = context
  const [forward, back] = [mapped.forward?.values ?? {}, mapped.back?.values ?? {}]
  const facts = { source: source.now, destination: destination.now, forward, back }
  const newer = newerSide(
    { at: source.updatedAt ?? undefined, ...context.clocks.source },
    { at: destination.updatedAt ?? undefined, ...context.clocks.destination },
    skewUncertainMs,
  )
  const byPerson = personOf(mapped.decided, source, destination)
  const input: MergeInput = {
    units: twoWay.units,
    source,
    destination,
    forward,
    back,
    forwardRuleOf: mapping.writeRuleOf,
    backRuleOf: twoWay.mapping.writeRuleOf,
    decide: (unit) => byPerson.decide(unit) ?? decideConflict(unit, twoWay.ruleOf(unit), { ...facts, newer }),
  }
  return decisionFrom(mergeRecord(input), { source, destination, byPerson, context, input, newer })
}

/** How far two clocks may be apart although both were looked at: half a slow answer on either side. */
const skewUncertainMs = 2_000

interface Person {
  /** Undefined: the person did not decide this unit, or not about what is there now. */
  readonly decide: (unit: MergeUnit) => PolicyVerdict | undefined
  readonly decidedUnits: ReadonlySet<MergeUnit>
  readonly undecided: () => Undecided | null
}

function personOf(decided: DecidedPair | undefined, source: PairSide, destination: PairSide): Person {
  const decidedUnits = new Set<MergeUnit>()
  let undecided: Undecided | null = null
  const decide: Person['decide'] = (unit) => {
    const verdict = decided && decidedVerdict(unit, decided.decision, { source, destination, own: decided.own })
    if (typeof verdict === 'string') undecided = verdict
    if (typeof verdict !== 'object') return undefined
    decidedUnits.add(unit)
    return verdict
  }
  return { decide, decidedUnits, undecided: () => undecided }
}

interface MergedPair {
  readonly source: PairSide
  readonly destination: PairSide
  readonly byPerson: Person
  readonly context: TwoWayContext
  readonly input: MergeInput
  readonly newer: 'source' | 'destination' | null
}

function decisionFrom(result: MergeResult, merged: MergedPair): PairDecision {
  const { source, destination, byPerson, context } = merged
  const conflicts = result.units.filter(({ outcome }) => outcome === 'conflict')
  const isPartial = conflicts.length > 0
  const reason = policyReason(result.units, byPerson, context)
  const hashOf = (patches: SidePatches): string => agreedHash(source.base, destination.base, patches)
  const items: FrozenItem[] = []
  const isOneOfTwo = result.toDestination !== null && result.toSource !== null
  if (result.toDestination) {
    const { patches } = result.toDestination
    const parts = { write: result.toDestination, patches, agreedHash: hashOf(patches), isPartial, isOneOfTwo, reason }
    items.push(updateItem(source, destination, parts))
  }
  if (result.toSource) {
    const patches = turned(result.toSource.patches)
    const agreedHash = hashOf(result.toSource.patches)
    const parts = { write: result.toSource, patches, agreedHash, isPartial, isOneOfTwo, reason }
    items.push({ ...updateItem(destination, source, parts), direction: 'back' })
  }
  // What is agreed without a write does not settle the record while a write of it is still to happen.
  const isOpen = items.length > 0 || isPartial
  if (isPartial) items.push(conflictItem({ ...merged, conflicts, undecided: byPerson.undecided() }))
  const adopted = result.adopted ?? (items.length === 0 ? nothingNew : null)
  const agreement = adopted && { ...endsOf(source, destination), patches: adopted, ...(isOpen && { isPartial: true }) }
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
  readonly isOneOfTwo: boolean
  readonly reason: RecordReason | null
}

function updateItem(from: PairSide, into: PairSide, parts: UpdateParts): FrozenItem {
  const { write, patches, isPartial, isOneOfTwo, reason } = parts
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
    ...(isOneOfTwo && { isOneOfTwo }),
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

function policyReason(
  units: readonly UnitResult[],
  { decidedUnits }: Person,
  { twoWay }: TwoWayContext,
): RecordReason | null {
  const decided = units.filter(({ isByPolicy, outcome }) => isByPolicy && outcome !== 'conflict')
  if (decided.length === 0) return null
  const words = decided.map((result) =>
    decidedUnits.has(result.unit)
      ? `${result.unit.name} (${choiceWords[result.outcome]})`
      : `${result.unit.name} (${twoWay.ruleOf(result.unit).policy})`,
  )
  const isByPolicy = decided.some(({ unit }) => !decidedUnits.has(unit))
  return {
    code: isByPolicy ? 'policy' : 'decided',
    message: `Changed on both sides; decided ${isByPolicy ? 'by policy' : 'as you said'}: ${words.join(', ')}.`,
    field: decided[0]?.unit.name ?? '',
  }
}

const choiceWords: Readonly<Record<UnitResult['outcome'], string>> = {
  'to-destination': 'the source counts',
  'to-source': 'the destination counts',
  combined: 'your own value',
  adopted: 'nothing to write',
  conflict: 'waits',
}

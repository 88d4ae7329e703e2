/** What waits for a person where both sides changed the same: both values, what was agreed last, what each choice leads to. */
import type { ConflictFacts, ConflictUnit } from '#shared/model/conflict.ts'
import type { RecordReason } from '#shared/model/run.ts'
import type { Value, Values } from '#shared/model/value.ts'
import { diff, isEmptyValue, isSameValue } from '../diff.ts'
import type { MergeInput, UnitResult } from '../merge/merge-record.ts'
import type { MergeUnit } from '../merge/units.ts'
import type { FrozenItem } from '../ports/sync-store.ts'
import { pick } from '../source-side.ts'
import type { Undecided } from './decided-units.ts'
import { heldItem } from './held-item.ts'
import type { PairSide } from './pairs.ts'

export interface ConflictParts {
  readonly conflicts: readonly UnitResult[]
  readonly source: PairSide
  readonly destination: PairSide
  readonly input: MergeInput
  readonly newer: ConflictFacts['newer']
  /** Why a decision of a person was not carried out, where there is one. */
  readonly undecided: Undecided | null
}

export function conflictItem({ conflicts, source, destination, input, newer, undecided }: ConflictParts): FrozenItem {
  const names = conflicts.map(({ unit }) => unit.name)
  const before = pick(
    destination.now,
    conflicts.flatMap(({ unit }) => unit.destinationFields),
  )
  const after = pick(
    source.now,
    conflicts.flatMap(({ unit }) => unit.sourceFields),
  )
  const facts = factsOf(
    conflicts.map(({ unit }) => unit),
    input,
    newer,
  )
  return {
    ...heldItem(source, reasonOf(names, source.base === null, undecided)),
    destinationId: destination.externalId,
    before,
    after,
    conflict: { source: after, destination: before, facts },
  }
}

function reasonOf(names: readonly string[], isFirst: boolean, undecided: Undecided | null): RecordReason {
  return {
    code: undecided === 'own-refused' ? 'own-value-refused' : 'conflict',
    message: [conflictWords(names, isFirst), ...(undecided ? [undecidedWords[undecided]] : [])].join(' '),
    field: names[0] ?? '',
    next: 'Decide which value counts, or set a policy for this field. Other fields of the record went on.',
  }
}

const undecidedWords: Readonly<Record<Undecided, string>> = {
  outdated: 'One side changed again after you had decided, so your decision was not carried out.',
  'own-refused': 'Your own value cannot stand on both sides alike, so it was not written.',
}

function conflictWords(names: readonly string[], isFirst: boolean): string {
  const [is, was] = names.length === 1 ? ['is', 'was'] : ['are', 'were']
  const text = names.map((name) => `“${name}”`).join(', ')
  return isFirst
    ? `${text} ${is} different on the two sides, which are met together for the first time.`
    : `${text} ${was} changed on both sides since they last agreed.`
}

function factsOf(units: readonly MergeUnit[], input: MergeInput, newer: ConflictFacts['newer']): ConflictFacts {
  const { source, destination } = input
  const sourceFields = units.flatMap((unit) => unit.sourceFields)
  const destinationFields = units.flatMap((unit) => unit.destinationFields)
  return {
    units: units.map((unit) => conflictUnit(unit, input)),
    base: source.base &&
      destination.base && {
        source: pick(source.base, sourceFields),
        destination: pick(destination.base, destinationFields),
      },
    forward: pick(input.forward, destinationFields),
    back: pick(input.back, sourceFields),
    newer,
    others: input.units
      .filter(({ name }) => !units.some((unit) => unit.name === name))
      .map((unit) => ({
        name: unit.name,
        source: pick(source.now, unit.sourceFields),
        destination: pick(destination.now, unit.destinationFields),
      })),
  }
}

function conflictUnit(unit: MergeUnit, input: MergeInput): ConflictUnit {
  const forward = diff(pick(input.forward, unit.filledAtDestination), input.destination.now, input.forwardRuleOf)
  const back = diff(pick(input.back, unit.filledAtSource), input.source.now, input.backRuleOf)
  const ifSource = pick(forward.nextBase, unit.destinationFields)
  const ifDestination = pick(back.nextBase, unit.sourceFields)
  return { ...unit, ifSource, ifDestination, takesOwn: takesOwn({ ...unit, ifSource, ifDestination }, input) }
}

/** A value of the person's own is only asked for where both sides write it alike: it is then clear what will stand there. */
function takesOwn(unit: Omit<ConflictUnit, 'takesOwn'>, { source, destination }: MergeInput): boolean {
  const [sourceField, ...moreAtSource] = unit.sourceFields
  const [field, ...more] = unit.destinationFields
  if (sourceField === undefined || field === undefined || moreAtSource.length > 0 || more.length > 0) return false
  if (unit.filledAtSource.length !== 1 || unit.filledAtDestination.length !== 1) return false
  const [left, right] = [source.now[sourceField], destination.now[field]]
  return (
    isPlain(left, right) &&
    isSameValue(unit.ifSource[field], left) &&
    isSameValue(unit.ifDestination[sourceField], right)
  )
}

/** Both are text, or both are numbers, as far as they are filled. */
function isPlain(left: Values[string] | undefined, right: Values[string] | undefined): boolean {
  const kinds = new Set(
    [left, right].filter((value): value is Value => !isEmptyValue(value)).map((value) => typeof value),
  )
  return kinds.size === 1 && (kinds.has('string') || kinds.has('number'))
}

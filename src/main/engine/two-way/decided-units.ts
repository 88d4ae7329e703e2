/** What a person decided about a conflict, unit by unit: it counts only as long as both sides are as the person saw them. */
import type { SideValues } from '#shared/model/conflict.ts'
import type { UnitChoice, UnitChoices } from '#shared/model/decision.ts'
import type { Values } from '#shared/model/value.ts'
import { isSameValue } from '../diff.ts'
import type { MergeSide } from '../merge/merge-record.ts'
import type { PolicyVerdict } from '../merge/policies.ts'
import type { MergeUnit } from '../merge/units.ts'

export interface ConflictDecision {
  /** For every unit, or each for itself. */
  readonly choices: 'source' | 'destination' | UnitChoices
  /** What both sides held when it was decided; null: an earlier version did not keep it. */
  readonly seen: SideValues | null
}

/** A value of the person's own as either side holds it, by unit; a unit that is missing cannot hold it. */
export type OwnValues = Readonly<Record<string, SideValues>>

export type Undecided = 'outdated' | 'own-refused'

export interface DecidedSides {
  readonly source: MergeSide
  readonly destination: MergeSide
  readonly own: OwnValues
}

/** Undefined: nothing was decided about this unit. Otherwise what is to be done, or why the decision cannot be kept. */
export function decidedVerdict(
  unit: MergeUnit,
  { choices, seen }: ConflictDecision,
  sides: DecidedSides,
): PolicyVerdict | Undecided | undefined {
  const choice = choiceOf(unit, choices)
  if (!choice) return undefined
  const own = choice.take === 'own' ? sides.own[unit.name] : undefined
  if (choice.take === 'own' && !own) return 'own-refused'
  if (seen && !isAsSeen(unit, sides, { seen, own })) return 'outdated'
  if (own) return { kind: 'combined', atSource: own.source, atDestination: own.destination }
  return choice.take === 'own' ? 'own-refused' : { kind: choice.take }
}

function choiceOf(unit: MergeUnit, choices: ConflictDecision['choices']): UnitChoice | undefined {
  return typeof choices === 'string' ? { take: choices } : choices[unit.name]
}

interface Expected {
  readonly seen: SideValues
  readonly own: SideValues | undefined
}

/** Of a value of their own, one side may hold it already: the write into the other one was cut off. */
function isAsSeen(unit: MergeUnit, { source, destination }: DecidedSides, { seen, own }: Expected): boolean {
  const holds = (now: Values, fields: readonly string[], expected: Values | undefined): boolean =>
    expected !== undefined && fields.every((field) => isSameValue(now[field], expected[field]))
  return (
    (holds(source.now, unit.sourceFields, seen.source) || holds(source.now, unit.sourceFields, own?.source)) &&
    (holds(destination.now, unit.destinationFields, seen.destination) ||
      holds(destination.now, unit.destinationFields, own?.destination))
  )
}

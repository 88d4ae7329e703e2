/** A conflict as it waits for a person: what both sides hold, what they had last agreed, and what each choice leads to. */
import type { UnitChoice } from './decision.ts'
import type { Value, Values } from './value.ts'

export type ConflictSide = 'source' | 'destination'

/** Values of both sides, each under the names of its own fields. */
export interface SideValues {
  readonly source: Values
  readonly destination: Values
}

/** What both sides hold in the fields that both changed. */
export interface ConflictSides extends SideValues {
  /** Absent where only one side has something to say, and of records that an earlier version kept. */
  readonly facts?: ConflictFacts
}

export interface ConflictFacts {
  readonly units: readonly ConflictUnit[]
  /** What both had last agreed about these fields; null: they never agreed. */
  readonly base: SideValues | null
  /** Both sides' values as the other side would hold them. */
  readonly forward: Values
  readonly back: Values
  /** Which side was changed last, as far as the clocks of both can tell. */
  readonly newer: ConflictSide | null
  /** The record's other fields, for whoever decides. */
  readonly others: readonly (SideValues & { readonly name: string })[]
}

/** What is decided as one: a field with its counterpart, or a group. */
export interface ConflictUnit {
  readonly name: string
  readonly sourceFields: readonly string[]
  readonly destinationFields: readonly string[]
  readonly filledAtSource: readonly string[]
  readonly filledAtDestination: readonly string[]
  /** What the destination holds in these fields once the source's values are taken; and the other way round. */
  readonly ifSource: Values
  readonly ifDestination: Values
  /** One field that both sides write alike: a person may give a value of their own. */
  readonly takesOwn: boolean
}

/** What both sides hold in the fields of a unit after a choice. Pure. */
export function valuesAfter(unit: ConflictUnit, sides: SideValues, choice: UnitChoice): SideValues {
  if (choice.take === 'own') return ownAfter(unit, choice.value)
  return choice.take === 'source'
    ? { source: fieldsOf(sides.source, unit.sourceFields), destination: unit.ifSource }
    : { source: unit.ifDestination, destination: fieldsOf(sides.destination, unit.destinationFields) }
}

function ownAfter({ sourceFields, destinationFields }: ConflictUnit, value: Value): SideValues {
  const filled = (fields: readonly string[]): Values => Object.fromEntries(fields.map((field) => [field, value]))
  return { source: filled(sourceFields), destination: filled(destinationFields) }
}

/** Those of the fields that have a value, in the order of the fields. */
export function fieldsOf(values: Values, fields: readonly string[]): Values {
  return Object.fromEntries(fields.flatMap((field) => (values[field] === undefined ? [] : [[field, values[field]]])))
}

/** A conflict as rows of three panes: what each side holds, what both had agreed, what will stand there. Pure. */
import { fieldLabel, valueText } from '#renderer/ui/value-view.ts'
import {
  type ConflictSides,
  type ConflictUnit,
  fieldsOf,
  type SideValues,
  valuesAfter,
} from '#shared/model/conflict.ts'
import type { UnitChoice, UnitChoices } from '#shared/model/decision.ts'
import type { Value, Values } from '#shared/model/value.ts'

export interface Line {
  /** Null: the unit is one field, whose name stands above. */
  readonly label: string | null
  /** Null: nothing in it. */
  readonly text: string | null
  /** Differs from what both had agreed. */
  readonly isChanged: boolean
}

/** One text for both sides where they write it alike; else one for each. */
export type BothLines =
  | { readonly kind: 'same'; readonly lines: readonly Line[] }
  | { readonly kind: 'apart'; readonly source: readonly Line[]; readonly destination: readonly Line[] }

export function linesOf(values: Values, fields: readonly string[], base: Values | null = null): readonly Line[] {
  return fields.map((field) => {
    const text = valueText(values[field])
    return {
      label: fields.length > 1 ? fieldLabel(field) : null,
      text,
      isChanged: base !== null && fields.length > 1 && text !== valueText(base[field]),
    }
  })
}

/** What stands, or stood, on both sides in the fields of a unit. */
export function bothLines(unit: ConflictUnit, values: SideValues): BothLines {
  const source = linesOf(values.source, unit.sourceFields)
  const destination = linesOf(values.destination, unit.destinationFields)
  const isAlike = source.length === destination.length && source.every(({ text }, at) => text === destination[at]?.text)
  return isAlike || source.length === 0 ? { kind: 'same', lines: destination } : { kind: 'apart', source, destination }
}

/** Null: nothing is chosen yet. */
export function resultLines(
  unit: ConflictUnit,
  conflict: ConflictSides,
  choice: UnitChoice | undefined,
): BothLines | null {
  return choice ? bothLines(unit, valuesAfter(unit, conflict, choice)) : null
}

const instant = /^\d{4}-\d{2}-\d{2}T/
const day = /^\d{4}-\d{2}-\d{2}$/

export interface OwnInput {
  readonly kind: 'text' | 'date'
  readonly value: string
}

/** Null: a person cannot write this value in one line. */
export function ownInput(unit: ConflictUnit, conflict: ConflictSides, choice: UnitChoice | undefined): OwnInput | null {
  const { left, right } = plainValues(unit, conflict)
  const filled = [left, right].filter((value) => value !== undefined && value !== null && value !== '')
  if (!unit.takesOwn || filled.some((value) => instant.test(String(value)))) return null
  const value = choice?.take === 'own' ? choice.value : choice && (choice.take === 'source' ? left : right)
  return { kind: filled.every((one) => day.test(String(one))) ? 'date' : 'text', value: String(value ?? '') }
}

function plainValues({ sourceFields, destinationFields }: ConflictUnit, { source, destination }: SideValues) {
  const of = (values: Values, [field]: readonly string[]): Value | undefined =>
    field === undefined ? undefined : values[field]
  return { left: of(source, sourceFields), right: of(destination, destinationFields) }
}

/** The choices with one of them changed; an own value that is empty is no choice. */
export function chosen(choices: UnitChoices, name: string, choice: UnitChoice): UnitChoices {
  const { [name]: _former, ...others } = choices
  const isEmpty = choice.take === 'own' && String(choice.value).trim() === ''
  return isEmpty ? others : { ...others, [name]: choice }
}

export function isComplete(units: readonly ConflictUnit[], choices: UnitChoices): boolean {
  return units.every(({ name }) => choices[name] !== undefined)
}

/** What a choice leads to, in one line. */
export function choiceText(unit: ConflictUnit, conflict: ConflictSides, choice: UnitChoice): string | null {
  const both = bothLines(unit, valuesAfter(unit, conflict, choice))
  return textOf(both.kind === 'same' ? both.lines : choice.take === 'source' ? both.source : both.destination)
}

export function textOf(lines: readonly Line[]): string | null {
  const texts = lines.flatMap(({ text }) => (text === null ? [] : [text]))
  return texts.length === 0 ? null : texts.join(', ')
}

export interface OtherRow {
  readonly name: string
  readonly source: string | null
  readonly destination: string | null
}

/** The record's other fields that have a value on either side. */
export function otherRows({ facts }: ConflictSides): readonly OtherRow[] {
  const rows = (facts?.others ?? []).map(({ name, source, destination }) => ({
    name: fieldLabel(name),
    source: textOf(linesOf(source, Object.keys(source))),
    destination: textOf(linesOf(destination, Object.keys(destination))),
  }))
  return rows.filter(({ source, destination }) => source !== null || destination !== null)
}

/** What both had agreed about a unit; null: they never agreed. */
export function baseLines(unit: ConflictUnit, { facts }: ConflictSides): BothLines | null {
  return facts?.base ? bothLines(unit, facts.base) : null
}

export function sideLines(
  unit: ConflictUnit,
  conflict: ConflictSides,
  side: 'source' | 'destination',
): readonly Line[] {
  const fields = side === 'source' ? unit.sourceFields : unit.destinationFields
  return linesOf(fieldsOf(conflict[side], fields), fields, conflict.facts?.base?.[side] ?? null)
}

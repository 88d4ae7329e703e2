/** What becomes of a unit that both sides changed to different values. Pure; what a policy cannot decide is held. */
import type { ConflictPolicy } from '#shared/model/conflict-policy.ts'
import type { Value, Values } from '#shared/model/value.ts'
import { isEmptyValue, isSameValue } from '../diff.ts'
import type { MergeUnit } from './units.ts'

export interface PolicyRule {
  readonly policy: ConflictPolicy
  /** For `both`: the field of the destination that keeps the value that was replaced there. */
  readonly keptIn?: string | undefined
}

export type PolicyVerdict =
  | { readonly kind: 'source' }
  | { readonly kind: 'destination' }
  | { readonly kind: 'hold' }
  /** A value of its own for both sides. */
  | { readonly kind: 'combined'; readonly atSource: Values; readonly atDestination: Values }

export interface PolicyFacts {
  readonly source: Values
  readonly destination: Values
  /** Both sides' values as the other side would hold them. */
  readonly forward: Values
  readonly back: Values
  /** Which side was changed last, as far as their clocks can tell; null: not decidable. */
  readonly newer: 'source' | 'destination' | null
}

export function decideConflict(unit: MergeUnit, rule: PolicyRule, facts: PolicyFacts): PolicyVerdict {
  switch (rule.policy) {
    case 'source':
    case 'destination':
      return { kind: rule.policy }
    case 'newest':
      return facts.newer === null ? { kind: 'hold' } : { kind: facts.newer }
    case 'prefer-nonempty':
      return preferFilled(unit, facts)
    case 'union':
      return unite(unit, facts)
    case 'max':
    case 'min':
      return preferExtreme(unit, facts, rule.policy === 'max' ? 1 : -1)
    case 'both':
      return keepBoth(unit, facts, rule.keptIn)
    case 'hold':
      return { kind: 'hold' }
  }
}

function preferFilled(unit: MergeUnit, { source, destination }: PolicyFacts): PolicyVerdict {
  const isSourceEmpty = unit.sourceFields.every((field) => isEmptyValue(source[field]))
  const isDestinationEmpty = unit.destinationFields.every((field) => isEmptyValue(destination[field]))
  if (isSourceEmpty === isDestinationEmpty) return { kind: 'hold' }
  return { kind: isSourceEmpty ? 'destination' : 'source' }
}

/** Lists that keep what either side has; anything but lists is not for this policy to decide. */
function unite(unit: MergeUnit, { source, destination, forward, back }: PolicyFacts): PolicyVerdict {
  const atDestination = unitedFields(unit.filledAtDestination, destination, forward)
  const atSource = unitedFields(unit.filledAtSource, source, back)
  return atSource && atDestination ? { kind: 'combined', atSource, atDestination } : { kind: 'hold' }
}

function unitedFields(fields: readonly string[], own: Values, other: Values): Values | null {
  const united: Record<string, Value> = {}
  for (const field of fields) {
    const [a, b] = [own[field] ?? [], other[field] ?? []]
    if (!Array.isArray(a) || !Array.isArray(b)) return null
    united[field] = [...a, ...b.filter((item: Value) => !a.some((known: Value) => isSameValue(known, item)))]
  }
  return united
}

/** Numbers, exact decimals, dates and instants have an order; a unit of several values has none. */
function preferExtreme(unit: MergeUnit, { destination, forward }: PolicyFacts, sign: 1 | -1): PolicyVerdict {
  const [field, ...others] = unit.filledAtDestination
  if (field === undefined || others.length > 0) return { kind: 'hold' }
  const order = compare(forward[field], destination[field])
  if (order === null || order === 0) return { kind: 'hold' }
  return { kind: order * sign > 0 ? 'source' : 'destination' }
}

function compare(a: Value | undefined, b: Value | undefined): number | null {
  if (isNumeric(a) && isNumeric(b)) return Math.sign(Number(a) - Number(b))
  if (typeof a !== 'string' || typeof b !== 'string' || !isDay.test(a) || !isDay.test(b)) return null
  return a < b ? -1 : a > b ? 1 : 0
}

const isDay = /^\d{4}-\d{2}-\d{2}/
const isDecimal = /^-?\d{1,15}(\.\d{1,6})?$/

function isNumeric(value: Value | undefined): boolean {
  return typeof value === 'number' || (typeof value === 'string' && isDecimal.test(value))
}

/** The source's values win; what they replace is kept as a line of a text field. */
function keepBoth(unit: MergeUnit, { destination, forward }: PolicyFacts, keptIn: string | undefined): PolicyVerdict {
  if (keptIn === undefined) return { kind: 'hold' }
  const lost = unit.filledAtDestination
    .filter((field) => !isEmptyValue(destination[field]))
    .map((field) => `${field}: ${textOf(destination[field])}`)
  const note = destination[keptIn]
  const kept = [typeof note === 'string' ? note : '', lost.join('; ')].filter((line) => line !== '').join('\n')
  const winning = Object.fromEntries(
    unit.filledAtDestination.flatMap((field) => {
      const value = forward[field]
      return value === undefined ? [] : [[field, value]]
    }),
  )
  return { kind: 'combined', atSource: {}, atDestination: { ...winning, [keptIn]: kept } }
}

function textOf(value: Value | undefined): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

export interface ChangedAt {
  /** ISO instant of the last change by the side's own clock; absent: it does not tell. */
  readonly at?: string | undefined
  /** How far its clock is ahead of ours. */
  readonly skewMs: number
  readonly granularityMs: number
}

/** Clocks of two services: only a difference larger than their grain and what is not known of their skew decides. */
export function newerSide(
  source: ChangedAt,
  destination: ChangedAt,
  uncertainMs: number,
): 'source' | 'destination' | null {
  if (source.at === undefined || destination.at === undefined) return null
  const apart = Date.parse(source.at) - source.skewMs - (Date.parse(destination.at) - destination.skewMs)
  if (Number.isNaN(apart)) return null
  if (Math.abs(apart) <= source.granularityMs + destination.granularityMs + uncertainMs) return null
  return apart > 0 ? 'source' : 'destination'
}

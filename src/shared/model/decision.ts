/** What a person decides about records that wait, and about writes without an answer. */
import type { Value } from './value.ts'

/** Of a whole record: leave it out from now on, or which side counts for everything that both changed. */
export const wholeDecisions = ['skip', 'source', 'destination'] as const
export type WholeDecision = (typeof wholeDecisions)[number]

/** `fields`: each unit of a conflict for itself. */
export const decisionKinds = [...wholeDecisions, 'fields'] as const
export type DecisionKind = (typeof decisionKinds)[number]

/** What counts in one unit of a conflict: a side, or a value of the person's own, which goes to both. */
export type UnitChoice = { readonly take: 'source' | 'destination' } | { readonly take: 'own'; readonly value: Value }

/** By the names of the units. */
export type UnitChoices = Readonly<Record<string, UnitChoice>>

/** What a person found out about a write that got no answer. */
export const heldWriteChoices = ['arrived', 'send-again', 'leave-out'] as const
export type HeldWriteChoice = (typeof heldWriteChoices)[number]

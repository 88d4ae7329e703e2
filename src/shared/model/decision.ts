/** What a person decides about a record that waits: leave it out from now on, or which side of a conflict counts. */
export const decisionKinds = ['skip', 'source', 'destination'] as const
export type DecisionKind = (typeof decisionKinds)[number]

/** What a person found out about a write that got no answer. */
export const heldWriteChoices = ['arrived', 'send-again', 'leave-out'] as const
export type HeldWriteChoice = (typeof heldWriteChoices)[number]

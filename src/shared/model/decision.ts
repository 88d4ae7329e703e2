/** What a person decides about a record that waits: leave it out from now on, or which side of a conflict counts. */
export const decisionKinds = ['skip', 'source', 'destination'] as const
export type DecisionKind = (typeof decisionKinds)[number]

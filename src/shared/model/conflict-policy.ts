/** What decides where both sides of a two-way integration changed the same field to different values. */
export const conflictPolicies = [
  'hold',
  'source',
  'destination',
  'newest',
  'prefer-nonempty',
  'union',
  'max',
  'min',
  'both',
] as const
export type ConflictPolicy = (typeof conflictPolicies)[number]

/** Those that can be chosen while looking at a conflict: `hold` is what happens anyway, `both` needs a further field. */
export const rulePolicies = [
  'source',
  'destination',
  'newest',
  'prefer-nonempty',
  'union',
  'max',
  'min',
] as const satisfies readonly ConflictPolicy[]
export type RulePolicy = (typeof rulePolicies)[number]

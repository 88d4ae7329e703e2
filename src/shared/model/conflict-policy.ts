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

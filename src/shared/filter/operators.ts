/** The comparisons of the filter language by name, without the schema: the window must not carry a schema library. */
export const operatorNames = [
  'equals',
  'oneOf',
  'contains',
  'startsWith',
  'endsWith',
  'greaterThan',
  'lessThan',
  'atLeast',
  'atMost',
  'before',
  'after',
  'on',
  'olderThan',
  'inLast',
  'inNext',
  'empty',
  'count',
] as const
export type OperatorName = (typeof operatorNames)[number]

/** The filter language as people write it: conditions on fields, joined by all, any and not. */
import { z } from 'zod'
import { decimalMarkSchema, fieldPathSchema, ignoreCaseSchema, zoneSchema } from '../mapping/schema/common.ts'
import { type OperatorName, operatorNames } from './operators.ts'

const numberSchema = z
  .union([z.number(), z.string().regex(/^-?\d{1,30}(\.\d{1,20})?$/)])
  .describe("A number, or an exact decimal as text ('19.90').")

const momentSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/)
  .describe("A date (2025-01-31) or a point in time with its zone ('2025-01-31T09:00:00Z').")

const spanSchema = z
  .string()
  .regex(/^\d{1,5} (minute|hour|day|week|month|year)s?$/)
  .describe("A length of time: '30 days', '12 hours', '6 months'.")

const scalarSchema = z.union([z.string(), z.number(), z.boolean()])

const countShape = {
  equals: z.number().int().min(0).optional().describe('Exactly this many items.'),
  atLeast: z.number().int().min(0).optional().describe('This many items or more.'),
  atMost: z.number().int().min(0).optional().describe('This many items or fewer.'),
}

/** Counts the items of a list field, all of them or those a filter lets through. */
export interface CountCondition {
  readonly equals?: number | undefined
  readonly atLeast?: number | undefined
  readonly atMost?: number | undefined
  readonly where?: Filter | undefined
}

const countSchema: z.ZodType<CountCondition> = z
  .strictObject({
    ...countShape,
    get where(): z.ZodOptional<z.ZodType<Filter>> {
      return filterSchema.optional().describe('Counts only the items this filter lets through.')
    },
  })
  .refine((count) => [count.equals, count.atLeast, count.atMost].some((bound) => bound !== undefined), {
    message: 'give equals, atLeast or atMost',
  })

const operatorShape = {
  equals: scalarSchema.optional().describe('The value is this. Numbers compare exactly: 100 equals 100.00.'),
  oneOf: z.array(scalarSchema).min(1).optional().describe('The value is one of these.'),
  contains: z.string().min(1).optional().describe('The text contains this; a list has this item.'),
  startsWith: z.string().min(1).optional().describe('The text starts with this.'),
  endsWith: z.string().min(1).optional().describe('The text ends with this.'),
  greaterThan: numberSchema.optional().describe('The number is greater than this.'),
  lessThan: numberSchema.optional().describe('The number is less than this.'),
  atLeast: numberSchema.optional().describe('The number is this or more.'),
  atMost: numberSchema.optional().describe('The number is this or less.'),
  before: momentSchema.optional().describe('The date lies before this day or point in time.'),
  after: momentSchema.optional().describe('The date lies after this day (not on it) or point in time.'),
  on: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional()
    .describe('The date is this day.'),
  olderThan: spanSchema.optional().describe('The date lies longer ago than this.'),
  inLast: spanSchema.optional().describe('The date lies within this time before now.'),
  inNext: spanSchema.optional().describe('The date lies within this time after now.'),
  empty: z
    .boolean()
    .optional()
    .describe('true: the field is absent, null, an empty text or an empty list. false: it is not.'),
  count: countSchema.optional().describe('How many items the list has.'),
} satisfies Record<OperatorName, z.ZodType>

const conditionSchema = z
  .strictObject({
    field: fieldPathSchema,
    ...operatorShape,
    ignoreCase: ignoreCaseSchema.optional(),
    decimalMark: decimalMarkSchema.optional(),
    zone: zoneSchema.optional().describe('Whose days count. Default: of the integration, otherwise UTC.'),
  })
  .refine((condition) => operatorNames.filter((name) => condition[name] !== undefined).length === 1, {
    message: 'a condition has exactly one comparison; write each as its own entry under all or any',
  })
  .describe('One comparison of one field.')

export type Condition = z.infer<typeof conditionSchema>
export type Filter =
  | Condition
  | { readonly all: readonly Filter[] }
  | { readonly any: readonly Filter[] }
  | { readonly not: Filter }

const allSchema = z.strictObject({
  get all(): z.ZodType<readonly Filter[]> {
    return z.array(filterSchema).min(1).describe('Every one of these must hold.')
  },
})
const anySchema = z.strictObject({
  get any(): z.ZodType<readonly Filter[]> {
    return z.array(filterSchema).min(1).describe('At least one of these must hold.')
  },
})
const notSchema = z.strictObject({
  get not(): z.ZodType<Filter> {
    return filterSchema.describe('This must not hold.')
  },
})

export const filterSchema: z.ZodType<Filter> = z
  .union([conditionSchema, allSchema, anySchema, notSchema])
  .meta({ id: 'Filter', description: 'Which records take part: a comparison, or a group of them.' })

/** Which events let a record take part. */
export const eventsSchema = z
  .array(
    z.union([
      z.enum(['created', 'updated']),
      z.strictObject({
        changed: z.array(fieldPathSchema).min(1).describe('One of these fields has another value than before.'),
      }),
    ]),
  )
  .min(1)
  .describe('Events that let a record take part: created, updated, or { changed: [fields] }.')
export type Events = z.infer<typeof eventsSchema>

/** The mapping as people write it: a list of rows, each filling one field of the destination. */
import { z } from 'zod'
import { type Filter, filterSchema } from '../../filter/filter-schema.ts'
import type { WriteRule } from '../evaluate-types.ts'
import { fieldPathSchema, literalSchema } from './common.ts'
import { type Step, stepsSchema } from './step-schema.ts'

type Literal = z.infer<typeof literalSchema>

/** A row inside items or an object: everything but a write rule, since a list is written as a whole. */
export interface InnerRow {
  readonly to: string
  readonly from?: string | readonly string[] | undefined
  readonly value?: Literal | undefined
  readonly items?: ItemsRule | undefined
  readonly object?: readonly InnerRow[] | undefined
  readonly steps?: readonly Step[] | undefined
  readonly default?: Literal | undefined
  readonly required?: boolean | undefined
  readonly when?: Filter | undefined
}

export interface Row extends InnerRow {
  readonly write?: WriteRule | undefined
}

/** A list mapped item by item, with further items from the record itself (shipping, discount, fee). */
export interface ItemsRule {
  readonly from: string
  readonly where?: Filter | undefined
  readonly rows: readonly InnerRow[]
  readonly extra?: readonly ExtraItem[] | undefined
}

export interface ExtraItem {
  readonly when?: Filter | undefined
  readonly rows: readonly InnerRow[]
}

export type Mapping = readonly Row[]

const innerRowsSchema: z.ZodType<readonly InnerRow[]> = z.lazy(() => z.array(innerRowSchema).min(1).max(200))

const extraItemSchema: z.ZodType<ExtraItem> = z.strictObject({
  when: filterSchema.optional().describe('Adds the item only when the record fits this filter.'),
  rows: innerRowsSchema.describe('The fields of the item, taken from the record itself.'),
})

const itemsSchema: z.ZodType<ItemsRule> = z
  .strictObject({
    from: fieldPathSchema.describe('The list at the source.'),
    where: filterSchema.optional().describe('Takes only the items that fit this filter.'),
    rows: innerRowsSchema.describe("The fields of each item; '^name' reaches the record around the list."),
    extra: z.array(extraItemSchema).min(1).max(50).optional().describe('Items added at the end.'),
  })
  .describe('Maps a list item by item.')

const rowShape = {
  to: z.string().min(1).max(300).describe('The field at the destination. A record has each field once.'),
  from: z
    .union([fieldPathSchema, z.array(fieldPathSchema).min(1).max(50)])
    .optional()
    .describe('The source field, or several of them as a list for join or calculate.'),
  value: literalSchema.optional().describe('A fixed value instead of a source field.'),
  items: itemsSchema.optional(),
  object: innerRowsSchema.optional().describe('Rows that make up an object, such as an address.'),
  steps: stepsSchema.optional(),
  default: literalSchema.optional().describe('Taken when the result is absent, null, an empty text or an empty list.'),
  required: z.boolean().optional().describe('true: an empty result is a data issue, and the record waits.'),
  when: filterSchema.optional().describe('The row gives a value only for records that fit this filter.'),
}

type RowSources = Pick<InnerRow, 'from' | 'value' | 'items' | 'object' | 'steps' | 'default'>

function hasOneSource(row: RowSources): boolean {
  const sources = [row.from, row.value, row.items, row.object].filter((source) => source !== undefined).length
  return sources === 1 || (sources === 0 && ((row.steps?.length ?? 0) > 0 || row.default !== undefined))
}

const oneSource = { message: "give one of 'from', 'value', 'items' and 'object' (or only steps that need no source)" }

const innerRowSchema: z.ZodType<InnerRow> = z
  .strictObject(rowShape)
  .refine(hasOneSource, oneSource)
  .meta({ id: 'InnerRow', description: 'One field of an item or object.' })

const rowSchema: z.ZodType<Row> = z
  .strictObject({
    ...rowShape,
    write: z
      .enum(['always', 'on-create', 'when-not-empty', 'fill-empty'])
      .optional()
      .describe(
        'When the value is written to a record that exists: always (default), on-create (never), when-not-empty (not when the value is empty), fill-empty (only where the destination is empty). Creates write every value.',
      ),
  })
  .refine(hasOneSource, oneSource)
  .meta({ id: 'Row', description: 'One field of the destination and where its value comes from.' })

export const mappingSchema: z.ZodType<Mapping> = z
  .array(rowSchema)
  .min(1)
  .max(500)
  .describe('Which source fields become which destination fields, through which steps.')

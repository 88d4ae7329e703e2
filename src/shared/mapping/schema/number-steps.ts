/** Options of the steps that work on numbers and money. Nothing here computes in floats. */
import { z } from 'zod'
import { decimalMarkSchema, fieldPathSchema, roundingSchema } from './common.ts'

const placesSchema = z.number().int().min(0).max(20).describe('Number of decimals.')

const factorSchema = z
  .union([z.string().regex(/^-?\d{1,30}(\.\d{1,20})?$/), z.number().int().safe()])
  .describe("A whole number, or an exact decimal as text: -1, '1.19'.")

export const numberStepShapes = {
  'to-number': z
    .strictObject({ decimalMark: decimalMarkSchema.optional() })
    .describe('Reads a number. A number that does not fit exactly is a data issue; use to-decimal for it.'),
  'to-decimal': z
    .strictObject({
      decimalMark: decimalMarkSchema.optional(),
      places: placesSchema.optional(),
      rounding: roundingSchema.optional(),
    })
    .describe("Reads an exact decimal and gives it as text, such as '19.9'; with places 2: '19.90'."),
  money: z
    .strictObject({
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .optional()
        .describe("ISO 4217 code in capitals, such as 'EUR'. An amount in another currency is a data issue."),
      currencyFrom: fieldPathSchema.optional(),
      unit: z
        .enum(['major', 'minor'])
        .optional()
        .describe('What plain numbers count: major (19.90, default) or minor (1990 cents).'),
      decimalMark: decimalMarkSchema.optional(),
      output: z
        .enum(['money', 'minor', 'decimal'])
        .optional()
        .describe("Form of the result: money (amount with currency, default), minor (1990), decimal ('19.90')."),
      rounding: roundingSchema.optional(),
    })
    .refine((options) => options.currency === undefined || options.currencyFrom === undefined, {
      message: "give 'currency' or 'currencyFrom', not both",
    })
    .describe('Reads an amount of money to the last cent, with signs, brackets, currency signs and grouping.'),
  round: z
    .strictObject({ places: placesSchema, mode: roundingSchema })
    .describe('Rounds a number or decimal to a number of decimals.'),
  multiply: z
    .strictObject({
      by: factorSchema.optional(),
      byField: fieldPathSchema.optional(),
      rounding: roundingSchema.optional(),
    })
    .refine((options) => (options.by === undefined) !== (options.byField === undefined), {
      message: "give either 'by' or 'byField'",
    })
    .describe('Multiplies a number, decimal or amount of money exactly; -1 changes the sign.'),
  sum: z
    .strictObject({
      field: fieldPathSchema.optional().describe('The field of each item to add up. Without it: the items themselves.'),
      times: fieldPathSchema.optional().describe('A field of each item to multiply with first, such as the quantity.'),
      decimalMark: decimalMarkSchema.optional(),
    })
    .describe(
      'Adds up a list exactly: numbers, decimals, or amounts of money in one currency. Empty items count as 0.',
    ),
  count: z.strictObject({}).describe('Counts the items of a list.'),
}

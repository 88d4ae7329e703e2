/** Options of the steps for contacts, codes, look-ups and lists. */
import { z } from 'zod'
import { countryCodeSchema, fieldPathSchema, ignoreCaseSchema, literalSchema } from './common.ts'

const otherwiseSchema = z
  .union([z.enum(['issue', 'empty', 'keep']), z.strictObject({ value: literalSchema.describe('The value to take.') })])
  .describe('What to do when nothing is found: issue (default), empty, keep the value, or { value: ... } to take that.')

const missingSchema = z
  .enum(['issue', 'empty'])
  .describe('What to do when nothing is found: issue (default: the record waits) or empty.')

export const valueStepShapes = {
  phone: z
    .strictObject({
      country: countryCodeSchema
        .optional()
        .describe('Country of numbers without +country code. Default: of the integration.'),
      output: z
        .enum(['e164', 'international', 'national'])
        .optional()
        .describe("Form of the result: e164 ('+12125550123', default), international, national."),
      check: z
        .enum(['valid', 'possible'])
        .optional()
        .describe('How strict: valid (known number ranges, default) or possible (length only).'),
      extension: z.enum(['issue', 'drop']).optional().describe('What to do with an extension. Default: issue.'),
    })
    .describe('Brings a phone number into international form.'),
  'normalize-email': z
    .strictObject({})
    .describe('Brings an e-mail address into one form: no spaces, no mailto:, no display name, small letters.'),
  country: z
    .strictObject({
      output: z
        .enum(['alpha-2', 'alpha-3', 'name'])
        .optional()
        .describe("Form of the result: alpha-2 ('DE', default), alpha-3 ('DEU'), name ('Germany')."),
    })
    .describe('Turns the name or code of a country into its ISO code.'),
  region: z
    .strictObject({
      country: countryCodeSchema.optional(),
      countryFrom: fieldPathSchema.optional(),
      output: z
        .enum(['code', 'iso', 'name'])
        .optional()
        .describe("Form of the result: code ('CA', default), iso ('US-CA'), name ('California')."),
      otherCountries: z
        .enum(['keep', 'issue'])
        .optional()
        .describe('For countries other than US, CA and AU: keep the text (default) or issue.'),
    })
    .refine((options) => (options.country === undefined) !== (options.countryFrom === undefined), {
      message: "give either 'country' or 'countryFrom'",
    })
    .describe('Turns the name of a state or province (US, Canada, Australia) into its code.'),
  'map-values': z
    .strictObject({
      values: z.record(z.string(), literalSchema).describe('From each source value to its value at the destination.'),
      otherwise: otherwiseSchema.optional(),
      ignoreCase: ignoreCaseSchema.optional(),
    })
    .describe('Translates values one by one, such as a status.'),
  'yes-no': z
    .strictObject({
      yes: z.array(z.string()).optional().describe('More words for yes.'),
      no: z.array(z.string()).optional().describe('More words for no.'),
    })
    .describe('Reads yes and no in several languages, 1 and 0, ticks and crosses.'),
  'look-up': z
    .strictObject({
      table: z.array(z.record(z.string(), literalSchema)).min(1).max(5000).describe('The rows of the table.'),
      by: z.string().min(1).describe('The column in which the value is searched.'),
      take: z.string().min(1).describe('The column whose value is taken.'),
      ignoreCase: ignoreCaseSchema.optional(),
      otherwise: otherwiseSchema.optional(),
    })
    .describe('Looks a value up in a table that is part of the mapping.'),
  link: z
    .strictObject({
      object: z.string().min(1).describe('Source object the value is an id of, such as customer.'),
      otherwise: missingSchema.optional(),
    })
    .describe('Takes the id at the destination of the record that is linked to this source id.'),
  'look-up-record': z
    .strictObject({
      connection: z.string().min(1).describe('The connection to look in.'),
      object: z.string().min(1).describe('The object there, such as customer.'),
      by: z.string().min(1).describe('The field there that must equal the value.'),
      take: z.string().min(1).describe('The field there to take: a name or a path.'),
      otherwise: missingSchema.optional(),
    })
    .describe('Looks a record up in another connection and takes one of its fields.'),
  calculate: z
    .string()
    .min(1)
    .max(10_000)
    .describe(
      "Runs a JSONata expression over the row's source fields; 'value' is what the steps before gave. It counts in floats: let a money or round step follow.",
    ),
  constant: literalSchema.describe('Gives this value whatever came before.'),
  item: z
    .number()
    .int()
    .refine((position) => position !== 0, { message: 'items are counted from 1' })
    .describe('Takes one item of a list: 1 is the first, -1 the last.'),
  field: z.string().min(1).describe('Takes a field out of an object: a name or a path.'),
  unique: z.strictObject({}).describe('Removes items that occur again in a list.'),
}

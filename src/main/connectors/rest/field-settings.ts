/** Settings of one field of a REST object: where it stands, what it is, how it is written down on the wire. */
import { z } from 'zod'
import { fieldTypes } from '#shared/model/object.ts'

const dateFormats = [
  'iso',
  'month/day/year',
  'day/month/year',
  'day.month.year',
  'epoch-seconds',
  'epoch-milliseconds',
] as const

const moneySettings = z.strictObject({
  unit: z
    .enum(['minor', 'major'])
    .describe('minor: whole cents, as 1990 for 19.90. major: as 19.90. Wrong settings change amounts a hundredfold.'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional()
    .describe('Currency of every amount, as EUR. Or say in currencyAt where the record names it.'),
  currencyAt: z.string().optional().describe('Place of the currency in the record, as "currency" or "price.currency".'),
  wire: z.enum(['number', 'text']).default('number').describe('Whether amounts are written as numbers or as text.'),
})

/** Only described: values inside lists and groups go over the wire as they are. */
const innerFieldSettings = z.strictObject({
  name: z.string().min(1).describe('Name of the field in each item.'),
  label: z.string().optional().describe('What people call it.'),
  type: z.enum(fieldTypes).describe('What the field holds.'),
  required: z.boolean().optional().describe('The service wants it in each item.'),
  maxLength: z.int().positive().optional().describe('Longest text the service takes.'),
  options: z.array(z.string()).optional().describe('The values the service knows.'),
})

export const fieldSettings = z.strictObject({
  name: z.string().min(1).describe('Name of the field in Patchbay.'),
  at: z.string().optional().describe('Place in the record, as "properties.email". Absent: the name.'),
  label: z.string().optional().describe('What people call it.'),
  type: z.enum(fieldTypes).describe('What the field holds.'),
  required: z.boolean().optional().describe('A record without it is set aside.'),
  isNeededToCreate: z.boolean().optional().describe('The service refuses a new record without it.'),
  isOptional: z
    .boolean()
    .optional()
    .describe(
      'May be absent from every record of a page. Otherwise that stops the reading as a sign that it was renamed.',
    ),
  readOnly: z.boolean().optional().describe('Never written.'),
  unique: z.boolean().optional().describe('The service refuses a second record with the same value.'),
  maxLength: z.int().positive().optional().describe('Longest text the service takes.'),
  options: z.array(z.string()).optional().describe('The values the service knows.'),
  dateFormat: z
    .enum(dateFormats)
    .optional()
    .describe('How dates and instants are written. Absent: ISO 8601, as 2026-03-01 or 2026-03-01T09:00:00Z.'),
  isUtc: z
    .boolean()
    .optional()
    .describe('Times without an offset are UTC. Otherwise such a time sets the record aside.'),
  money: moneySettings.optional().describe('Needed for the type money.'),
  fields: z.array(innerFieldSettings).optional().describe('Fields of each item of a list, or of a group of fields.'),
})

export type FieldSettings = z.infer<typeof fieldSettings>
export type DateFormat = (typeof dateFormats)[number]

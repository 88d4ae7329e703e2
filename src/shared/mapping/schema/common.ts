/** Pieces that several steps share: rounding, marks, patterns, zones. */
import { z } from 'zod'

export const roundingSchema = z
  .enum(['half-up', 'half-even', 'up', 'down'])
  .describe(
    'How surplus decimals are rounded: half-up (5 away from zero), half-even (banker), up (away from zero), down (towards zero). Without it surplus decimals are a data issue.',
  )

export const decimalMarkSchema = z
  .enum(['.', ','])
  .describe("The decimal mark of the texts. Needed for texts such as '1,234', which can be read in two ways.")

export const patternSchema = z
  .string()
  .min(1)
  .max(2000)
  .describe('A regular expression in RE2 syntax (no look-around, no back-references).')

export const countryCodeSchema = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .describe("ISO 3166 country code in capitals, such as 'US'.")

export const zoneSchema = z.string().min(1).describe("IANA time zone, such as 'Europe/Berlin' or 'UTC'.")

export const localeSchema = z
  .string()
  .min(2)
  .max(35)
  .describe("Language of month and day names, such as 'en', 'de' or 'fr'. Default: en.")

export const localesSchema = z
  .union([localeSchema, z.array(localeSchema).min(1).max(10)])
  .describe("Language of month and day names, such as 'en', or several of them: [en, de]. Default: en.")

export const fieldPathSchema = z
  .string()
  .min(1)
  .max(300)
  .describe(
    "A source field: its name, or a path into it ('address.city', 'lines.0.sku'). A field whose whole name fits comes first. Inside items, '^name' is a field of the record around the item.",
  )

export const ignoreCaseSchema = z.boolean().describe('true: capitals and small letters count as equal.')

/** Any JSON value. The type is plain JSON, so that a constant or default can be a list or an object too. */
export const literalSchema = z.json()

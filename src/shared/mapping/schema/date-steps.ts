/** Options of the steps that work on dates and points in time. */
import { z } from 'zod'
import { localeSchema, localesSchema, zoneSchema } from './common.ts'

const formatsSchema = z
  .array(z.string().min(1).max(100))
  .min(1)
  .describe(
    "Formats, tried in this order: iso, excel, unix-seconds, unix-milliseconds, or a pattern of dd d MM M MMM MMMM yyyy yy HH H hh h mm ss SSS a ZZ EEE EEEE, other text in quotes ('dd.MM.yyyy').",
  )

const parseShape = {
  formats: formatsSchema.optional(),
  order: z
    .enum(['day-first', 'month-first', 'year-first'])
    .optional()
    .describe('How dates of three numbers are read. Without it (and without formats) 03/04/2025 is a data issue.'),
  locale: localesSchema.optional(),
  firstYear: z
    .number()
    .int()
    .min(1000)
    .max(9900)
    .optional()
    .describe('Two-digit years (yy) lie in the 100 years from here. Default: 1970.'),
  zone: zoneSchema.optional(),
  fold: z
    .enum(['earlier', 'later'])
    .optional()
    .describe('Which of the two to take when a clock shows a time twice (end of summer time). Default: a data issue.'),
}

export const dateStepShapes = {
  date: z
    .strictObject(parseShape)
    .describe("Reads a date and gives it as '2025-12-31'. For a point in time, zone says whose day counts."),
  'date-time': z
    .strictObject(parseShape)
    .describe(
      "Reads a point in time and gives it in UTC: '2025-12-31T09:00:00.000Z'. A date alone is its midnight in the zone.",
    ),
  'format-date': z
    .strictObject({
      format: z.string().min(1).max(100).describe("Luxon format, such as 'dd.MM.yyyy' or 'LLL d, yyyy'."),
      zone: zoneSchema.optional(),
      locale: localeSchema.optional(),
    })
    .describe('Writes a date or point in time as text in a format of choice.'),
  'shift-date': z
    .strictObject({
      days: z.number().int().min(-40_000).max(40_000).optional().describe('Days to add; negative goes back.'),
      months: z
        .number()
        .int()
        .min(-1200)
        .max(1200)
        .optional()
        .describe('Months to add first; the last day of a shorter month is kept (31.01. + 1 month = 28.02.).'),
      to: z.enum(['month-start', 'month-end']).optional().describe('Then go to the first or last day of the month.'),
    })
    .describe('Moves a date, for example to the day an invoice falls due.'),
}

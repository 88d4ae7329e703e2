/** Options of the steps that work on text. Each key is the name of a step. */
import { z } from 'zod'
import { ignoreCaseSchema, patternSchema } from './common.ts'

export const textStepShapes = {
  trim: z.strictObject({}).describe('Removes spaces of every kind and invisible characters at both ends.'),
  'collapse-spaces': z.strictObject({}).describe('Turns every run of spaces and line breaks into one space.'),
  'clean-text': z
    .strictObject({})
    .describe('Removes invisible and control characters and brings accents into one form (Unicode NFC).'),
  case: z
    .enum(['upper', 'lower', 'title', 'name'])
    .describe("Changes capitals: upper, lower, title, or name (keeps van der Berg, O'Neill, McDonald sensible)."),
  replace: z
    .strictObject({
      text: z.string().min(1).optional().describe('The text to replace, everywhere it occurs.'),
      pattern: patternSchema.optional(),
      with: z
        .string()
        .describe('What stands there instead. With a pattern, $1 is its first group and $$ a dollar sign.'),
      ignoreCase: ignoreCaseSchema.optional(),
    })
    .refine((options) => (options.text === undefined) !== (options.pattern === undefined), {
      message: "give either 'text' or 'pattern'",
    })
    .describe('Replaces a text or what a pattern finds.'),
  extract: z
    .strictObject({
      pattern: patternSchema,
      group: z
        .number()
        .int()
        .min(0)
        .optional()
        .describe('Which group to take; 0 is the whole find. Default: 1 where the pattern has a group, otherwise 0.'),
      ignoreCase: ignoreCaseSchema.optional(),
      otherwise: z
        .enum(['issue', 'empty', 'keep'])
        .optional()
        .describe('What to do when nothing is found: issue (default), empty, or keep the text as it is.'),
    })
    .describe('Takes the part of a text that a pattern finds.'),
  split: z
    .strictObject({
      on: z.string().min(1).optional().describe('The text that separates the parts.'),
      pattern: patternSchema.optional(),
      take: z
        .number()
        .int()
        .optional()
        .describe('Take one part only: 1 is the first, -1 the last. Without it: the list.'),
    })
    .refine((options) => (options.on === undefined) !== (options.pattern === undefined), {
      message: "give either 'on' or 'pattern'",
    })
    .refine((options) => options.take !== 0, { message: 'parts are counted from 1', path: ['take'] })
    .describe('Cuts a text into parts.'),
  join: z
    .strictObject({
      with: z.string().describe('What stands between the parts.'),
      keepEmpty: z.boolean().optional().describe('true: empty parts leave their separator. Default: they are skipped.'),
    })
    .describe('Joins a list (or several source fields) into one text.'),
  substring: z
    .strictObject({
      start: z
        .number()
        .int()
        .optional()
        .describe('First character to take: 1 is the first, -3 the third from the end. Default: 1.'),
      length: z.number().int().min(0).optional().describe('How many characters at most. Default: to the end.'),
    })
    .refine((options) => options.start !== 0, { message: 'characters are counted from 1', path: ['start'] })
    .describe('Takes a part of a text, counted in characters as a person sees them.'),
  pad: z
    .strictObject({
      length: z.number().int().min(1).max(1000).describe('The length to reach, in characters as a person sees them.'),
      with: z.string().min(1).max(10).optional().describe('What to fill with. Default: a space.'),
      side: z.enum(['start', 'end']).optional().describe('Where to fill. Default: start.'),
    })
    .describe('Fills a text up to a length; longer texts stay as they are.'),
  'to-text': z.strictObject({}).describe('Writes a number, a yes/no value or an amount as plain text.'),
}

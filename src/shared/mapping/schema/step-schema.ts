/** The schema of one step: its bare name, or an object whose one key is the name and whose value are the options. */
import { z } from 'zod'
import { fieldPathSchema, literalSchema } from './common.ts'
import { dateStepShapes } from './date-steps.ts'
import { numberStepShapes } from './number-steps.ts'
import { textStepShapes } from './text-steps.ts'
import { valueStepShapes } from './value-steps.ts'

/** Steps that need no options and may be written as a bare name. */
export const bareStepNames = [
  'trim',
  'collapse-spaces',
  'clean-text',
  'to-text',
  'to-number',
  'to-decimal',
  'money',
  'count',
  'sum',
  'date',
  'date-time',
  'phone',
  'normalize-email',
  'country',
  'yes-no',
  'unique',
] as const
export type BareStepName = (typeof bareStepNames)[number]

const plainShapes = { ...textStepShapes, ...numberStepShapes, ...dateStepShapes, ...valueStepShapes }
type PlainShapes = typeof plainShapes

/** A further source of a fallback chain: a field with its own steps, or a value. */
export interface FallbackSource {
  readonly from?: string | undefined
  readonly value?: z.infer<typeof literalSchema> | undefined
  readonly steps?: readonly Step[] | undefined
}

/** The options of every step by its name. */
export type StepOptions = { readonly [K in keyof PlainShapes]: z.infer<PlainShapes[K]> } & {
  readonly each: readonly Step[]
  readonly fallback: readonly (string | FallbackSource)[]
}
export type StepName = keyof StepOptions
export type StepObject = { readonly [K in StepName]?: StepOptions[K] | undefined }
export type Step = BareStepName | StepObject

const optionalShapes = optionalOf(plainShapes)

function optionalOf(shapes: PlainShapes): { [K in keyof PlainShapes]: z.ZodOptional<PlainShapes[K]> } {
  const optional = Object.entries(shapes).map(([name, shape]) => [name, shape.optional()] as const)
  // Object.fromEntries forgets which key has which schema; each key keeps its own here.
  return Object.fromEntries(optional) as { [K in keyof PlainShapes]: z.ZodOptional<PlainShapes[K]> }
}

export const stepNames: readonly StepName[] = [
  // Object.keys gives string[]; these are exactly the keys of the shapes.
  ...(Object.keys(plainShapes) as (keyof PlainShapes)[]),
  'each',
  'fallback',
]

const fallbackSourceSchema: z.ZodType<FallbackSource> = z
  .strictObject({
    from: fieldPathSchema.optional(),
    value: literalSchema.optional().describe('A fixed value to end with.'),
    get steps(): z.ZodOptional<z.ZodType<readonly Step[]>> {
      return stepsSchema.optional()
    },
  })
  .refine((source) => (source.from === undefined) !== (source.value === undefined), {
    message: "give either 'from' or 'value'",
  })

const stepObjectSchema = z
  .strictObject({
    ...optionalShapes,
    get each(): z.ZodOptional<z.ZodType<readonly Step[]>> {
      return stepsSchema.optional().describe('Runs these steps on each item of a list.')
    },
    get fallback(): z.ZodOptional<z.ZodType<readonly (string | FallbackSource)[]>> {
      return z
        .array(z.union([fieldPathSchema, fallbackSourceSchema]))
        .min(1)
        .optional()
        .describe('Where the value is empty, takes the first of these that is not.')
    },
  })
  .refine((step) => Object.values(step).filter((options) => options !== undefined).length === 1, {
    message: 'a step has exactly one name; write each step as its own entry of the list',
  })

export const stepSchema: z.ZodType<Step> = z
  .union([z.enum(bareStepNames, { error: 'there is no such step, or it needs options' }), stepObjectSchema])
  .meta({
    id: 'Step',
    description: 'One step: a bare name (trim) or a name with its options ({ phone: { country: US } }).',
  })

export const stepsSchema: z.ZodType<readonly Step[]> = z
  .array(stepSchema)
  .max(50)
  .describe('The steps, run one after the other.')

/** What the mapping editor asks the core: the steps there are, answers for previews, and whether a calculation can be read. */
import { z } from 'zod'
import { jsonObjectSchema, valueSchema } from './json-values.ts'
import { nothing, procedure } from './procedure.ts'

const id = z.string().min(1).max(64)
const text = z.string().max(20_000)

const questionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('link'), object: text, externalId: text }),
  z.strictObject({ kind: z.literal('record'), connection: id, object: text, by: text, value: text }),
  z.strictObject({ kind: z.literal('calculate'), expression: text, input: valueSchema }),
])

const answerSchema = z.discriminatedUnion('found', [
  z.object({ found: z.literal(true), value: valueSchema }),
  z.object({ found: z.literal(false), reason: z.string() }),
])

export const stepKindSchema = z.object({
  name: z.string(),
  /** What it does, in one sentence. */
  description: z.string(),
  /** May be written as a bare name. */
  isBare: z.boolean(),
  /** JSON Schema of its options. */
  options: jsonObjectSchema,
})

export const mappingContract = {
  'mapping.steps': procedure({
    effect: 'read',
    input: nothing,
    output: z.object({ steps: z.array(stepKindSchema) }),
  }),
  /** Answers the questions of a preview: links, look-ups in other connections, calculations. Changes nothing. */
  'mapping.answers': procedure({
    effect: 'read',
    input: z.strictObject({
      sourceConnection: id,
      destinationConnection: id,
      questions: z.array(questionSchema).min(1).max(500),
    }),
    output: z.object({ answers: z.array(answerSchema) }),
    timeoutMs: 60_000,
  }),
  /** Looks at a calculation without running it. */
  'mapping.check-calculation': procedure({
    effect: 'read',
    input: z.strictObject({ expression: text }),
    output: z.object({
      problem: z.object({ message: z.string(), position: z.int().nonnegative().nullable() }).nullable(),
    }),
  }),
} as const

/** Integrations and definition files. */
import { z } from 'zod'
import { jsonObjectSchema } from './json-values.ts'
import { nothing, procedure } from './procedure.ts'
import { planSchema, runSchema } from './runs.ts'

const id = z.string().min(1).max(64)

export const integrationSchema = z.object({
  id,
  name: z.string(),
  pattern: z.string(),
  version: z.int(),
  savedAt: z.string(),
  isApproved: z.boolean(),
  source: z.object({ connection: id, object: z.string() }),
  destination: z.object({ connection: id, object: z.string() }),
  /** Mapping, filter and policies in plain sentences. */
  sentences: z.array(z.string()),
  lastRun: runSchema.nullable(),
  lastPlan: planSchema.nullable(),
})

const savedSchema = z.object({ kind: z.enum(['connection', 'integration']), id, version: z.int(), isNew: z.boolean() })

export const integrationsContract = {
  'integrations.list': procedure({
    effect: 'read',
    input: nothing,
    output: z.object({ integrations: z.array(integrationSchema) }),
  }),
  'integrations.get': procedure({
    effect: 'read',
    input: z.strictObject({ integrationId: id }),
    output: integrationSchema,
  }),
  /** How many source records the filter lets through. */
  'integrations.count': procedure({
    effect: 'read',
    input: z.strictObject({ integrationId: id }),
    output: z.object({ readCount: z.int(), matchCount: z.int() }),
    timeoutMs: 600_000,
  }),
  /** Saves the definitions of a YAML or JSON file; the same file again saves nothing. */
  'definitions.import': procedure({
    effect: 'local',
    input: z.strictObject({ text: z.string().max(2_000_000), fileName: z.string().max(260) }),
    output: z.object({ saved: z.array(savedSchema) }),
    // Room for the longest text in characters of several bytes.
    maxInputBytes: 8_000_000,
  }),
  'definitions.export': procedure({ effect: 'read', input: nothing, output: z.object({ text: z.string() }) }),
  /** The JSON Schema of definition files. */
  'definitions.schema': procedure({ effect: 'read', input: nothing, output: z.object({ schema: jsonObjectSchema }) }),
} as const

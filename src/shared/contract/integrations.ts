/** Integrations: what there is, their definitions and versions, and definition files. */
import { z } from 'zod'
import { legOfSchema } from '../model/leg.ts'
import { jsonObjectSchema } from './json-values.ts'
import { nothing, procedure } from './procedure.ts'
import { planSchema, runSchema } from './runs.ts'

const id = z.string().min(1).max(64)

export const integrationSchema = z.object({
  id,
  name: z.string(),
  pattern: z.string(),
  /** The fan-out or aggregation it is a leg of. */
  legOf: legOfSchema.nullable(),
  /** Fields of the destination it fills; owned: always, not only where they are empty or when it makes the record. */
  fills: z.array(z.object({ field: z.string(), isOwned: z.boolean() })),
  version: z.int(),
  savedAt: z.string(),
  /** A plan of what it does now was approved: it may run. */
  isApproved: z.boolean(),
  /** A plan of an earlier version was approved, and what it does was changed since. */
  isChangedSinceApproval: z.boolean(),
  source: z.object({ connection: id, object: z.string() }),
  destination: z.object({ connection: id, object: z.string() }),
  /** Mapping, filter and policies in plain sentences. */
  sentences: z.array(z.string()),
  lastRun: runSchema.nullable(),
  lastPlan: planSchema.nullable(),
})

const versionSchema = z.object({ version: z.int(), savedAt: z.string(), savedBy: z.string() })

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
  /** The definition as it was saved, for the editor; without `version` the current one. */
  'integrations.definition': procedure({
    effect: 'read',
    input: z.strictObject({ integrationId: id, version: z.int().positive().exactOptional() }),
    output: versionSchema.extend({ definition: jsonObjectSchema, newestVersion: z.int() }),
  }),
  /**
   * Saves a version. `expectedVersion`: the version the change was made from; null: the integration is new. A definition
   * that cannot be planned yet is saved too; one that is not a definition at all is refused.
   */
  'integrations.save': procedure({
    effect: 'local',
    input: z.strictObject({ definition: jsonObjectSchema, expectedVersion: z.int().positive().nullable() }),
    output: z.object({ version: z.int(), isNew: z.boolean() }),
    maxInputBytes: 4_000_000,
  }),
  'integrations.remove': procedure({ effect: 'local', input: z.strictObject({ integrationId: id }), output: nothing }),
  /** All versions, newest first. */
  'integrations.versions': procedure({
    effect: 'read',
    input: z.strictObject({ integrationId: id }),
    output: z.object({ versions: z.array(versionSchema) }),
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

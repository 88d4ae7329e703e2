/** Connections: what is set up, what a service offers, and its secrets (write-only). */
import { z } from 'zod'
import { environments } from '../model/environment.ts'
import { fieldTypes, writeClasses } from '../model/object.ts'
import { jsonObjectSchema, valuesSchema } from './json-values.ts'
import { nothing, procedure } from './procedure.ts'

const id = z.string().min(1).max(64)

export const connectionSchema = z.object({
  id,
  name: z.string(),
  connector: z.string(),
  connectorName: z.string(),
  environment: z.enum(environments),
  version: z.int(),
  settings: jsonObjectSchema,
  secrets: z.array(
    z.object({ name: z.string(), label: z.string(), help: z.string(), isOptional: z.boolean(), isSet: z.boolean() }),
  ),
  usedBy: z.array(z.string()),
})

const secretFieldSchema = z.object({ name: z.string(), label: z.string(), help: z.string(), isOptional: z.boolean() })

/** What a connector asks for: the window makes its form from it. */
export const connectorSchema = z.object({
  id,
  name: z.string(),
  summary: z.string(),
  secrets: z.array(secretFieldSchema),
  /** JSON Schema of the settings. */
  settings: jsonObjectSchema,
})

const fieldShape = {
  name: z.string(),
  label: z.string().exactOptional(),
  type: z.enum(fieldTypes),
  required: z.boolean().exactOptional(),
  readOnly: z.boolean().exactOptional(),
  unique: z.boolean().exactOptional(),
  maxLength: z.int().exactOptional(),
  options: z.array(z.string()).exactOptional(),
  /** The object this field points to. */
  refersTo: z.string().exactOptional(),
  note: z.string().exactOptional(),
}

export interface FieldView {
  name: string
  label?: string
  type: (typeof fieldTypes)[number]
  required?: boolean
  readOnly?: boolean
  unique?: boolean
  maxLength?: number
  options?: string[]
  refersTo?: string
  note?: string
  /** Fields of the items of a list, or of an object. */
  fields?: FieldView[]
}

const fieldSchema: z.ZodType<FieldView> = z.object({
  ...fieldShape,
  get fields() {
    return z.array(fieldSchema).exactOptional()
  },
})

export const sampleSchema = z.object({
  externalId: z.string(),
  values: valuesSchema,
  place: z.string().exactOptional(),
  /** What of it could not be read, in words. */
  problems: z.array(z.string()),
})

/** A connection as it is saved: without secrets. */
const definitionInput = z.strictObject({
  id,
  name: z.string().max(200),
  connector: z.string().max(64),
  environment: z.enum(environments),
  settings: jsonObjectSchema,
})

export const objectSchema = z.object({
  name: z.string(),
  label: z.string(),
  idField: z.string(),
  fields: z.array(fieldSchema),
  keys: z.array(z.string()),
  changes: z.enum(['full', 'updated-since']),
  writes: z.record(z.string(), z.enum(writeClasses)),
  notes: z.array(z.string()),
})

export const connectionsContract = {
  /** The services Patchbay can speak to. */
  'connectors.list': procedure({
    effect: 'read',
    input: nothing,
    output: z.object({ connectors: z.array(connectorSchema) }),
  }),
  /** Saves a version. `expectedVersion`: the version the change was made from; null: the connection is new. */
  'connections.save': procedure({
    effect: 'local',
    input: z.strictObject({ definition: definitionInput, expectedVersion: z.int().positive().nullable() }),
    output: z.object({ version: z.int(), isNew: z.boolean() }),
  }),
  /** Removes the connection and its secrets. `stops` names the integrations that stop by it, as the person was shown. */
  'connections.remove': procedure({
    effect: 'local',
    input: z.strictObject({ connectionId: id, stops: z.array(id).max(1_000) }),
    output: nothing,
  }),
  /** The first records of an object as they are, for looking and for previews. */
  'connections.samples': procedure({
    effect: 'read',
    input: z.strictObject({
      connectionId: id,
      object: z.string().min(1).max(200),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.object({ samples: z.array(sampleSchema), hasMore: z.boolean() }),
    timeoutMs: 60_000,
  }),
  'connections.list': procedure({
    effect: 'read',
    input: nothing,
    output: z.object({ connections: z.array(connectionSchema) }),
  }),
  'connections.get': procedure({
    effect: 'read',
    input: z.strictObject({ connectionId: id }),
    output: connectionSchema,
  }),
  'connections.test': procedure({
    effect: 'read',
    input: z.strictObject({ connectionId: id }),
    output: z.object({ account: z.string(), notes: z.array(z.string()) }),
    timeoutMs: 60_000,
  }),
  'connections.objects': procedure({
    effect: 'read',
    input: z.strictObject({ connectionId: id }),
    output: z.object({ objects: z.array(objectSchema) }),
    timeoutMs: 60_000,
  }),
  /** Proposes the definition of a connection from an OpenAPI 3 document (JSON or YAML), as text to look through and import. */
  'connections.propose': procedure({
    effect: 'read',
    input: z.strictObject({ connectionId: id, openApi: z.string().max(5_000_000) }),
    output: z.object({ text: z.string(), notes: z.array(z.string()) }),
    maxInputBytes: 6_000_000,
  }),
  /** The value goes into the vault and never comes back. */
  'connections.set-secret': procedure({
    effect: 'local',
    input: z.strictObject({ connectionId: id, field: z.string().min(1).max(64), value: z.string().min(1).max(20_000) }),
    output: nothing,
  }),
} as const

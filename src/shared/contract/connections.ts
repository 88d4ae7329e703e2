/** Connections: what is set up, what a service offers, and its secrets (write-only). */
import { z } from 'zod'
import { environments } from '../model/connection.ts'
import { fieldTypes, writeClasses } from '../model/object.ts'
import { nothing, procedure } from './procedure.ts'

const id = z.string().min(1).max(64)

export const connectionSchema = z.object({
  id,
  name: z.string(),
  connector: z.string(),
  connectorName: z.string(),
  environment: z.enum(environments),
  version: z.int(),
  secrets: z.array(
    z.object({ name: z.string(), label: z.string(), help: z.string(), isOptional: z.boolean(), isSet: z.boolean() }),
  ),
  usedBy: z.array(z.string()),
})

const fieldSchema = z.object({
  name: z.string(),
  label: z.string().exactOptional(),
  type: z.enum(fieldTypes),
  required: z.boolean().exactOptional(),
  readOnly: z.boolean().exactOptional(),
  unique: z.boolean().exactOptional(),
  note: z.string().exactOptional(),
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

/** A connection: one account at one service, without its secrets. */
import { z } from 'zod'
import type { JsonObject } from '../json.ts'
import { type Environment, environments } from './environment.ts'

/** Ids people choose in definitions: lower case letters, digits and single dashes. */
export const idSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use lower case letters, digits and dashes, for example customers-to-crm')
  .max(64)
  .describe('Stable id, chosen once: lower case letters, digits and dashes.')

const jsonObjectSchema = z.record(z.string(), z.json())

export const connectionDefinitionSchema = z.strictObject({
  id: idSchema,
  name: z.string().min(1).max(120).describe('Name people see.'),
  connector: idSchema.describe('Which connector speaks to the service: files, rest, sqlite, practice-crm.'),
  environment: z.enum(environments).default('production').describe('practice, sandbox or production.'),
  settings: jsonObjectSchema.default({}).describe('Settings of the connector. Secrets never stand here.'),
})

export interface ConnectionDefinition {
  readonly id: string
  readonly name: string
  readonly connector: string
  readonly environment: Environment
  readonly settings: JsonObject
}

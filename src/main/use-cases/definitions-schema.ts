/** What a definitions file holds. */
import { z } from 'zod'
import { connectionDefinitionSchema } from '#shared/model/connection.ts'
import { integrationDefinitionSchema } from '#shared/model/integration.ts'

export const definitionsFileSchema = z
  .strictObject({
    patchbay: z.literal(1).describe('Version of this format.'),
    connections: z
      .array(connectionDefinitionSchema)
      .default([])
      .describe('Accounts at services, without their secrets.'),
    integrations: z.array(integrationDefinitionSchema).default([]).describe('What is kept in step with what, and how.'),
  })
  .describe('Patchbay definitions: connections and integrations.')

export type DefinitionsFile = z.infer<typeof definitionsFileSchema>

/** An integration: a configured pattern between connections, as people write it in a definitions file. */
import { z } from 'zod'
import { eventsSchema, filterSchema } from '../filter/filter-schema.ts'
import { mappingSchema } from '../mapping/schema/mapping-schema.ts'
import { scheduleSchema } from '../schedule/schedule-schema.ts'
import { idSchema } from './connection.ts'

const endpointSchema = z.strictObject({
  connection: idSchema.describe('Id of a connection.'),
  object: z.string().min(1).describe('Object of that service, for example contact.'),
})

export const integrationDefinitionSchema = z.strictObject({
  id: idSchema,
  name: z.string().min(1).max(120).describe('Name people see.'),
  pattern: z
    .literal('one-way')
    .default('one-way')
    .describe('How data travels: one-way, from the source to the destination.'),
  source: endpointSchema.describe('Where records are read.'),
  destination: endpointSchema.describe('Where records are written.'),
  schedule: scheduleSchema.optional().describe('When it runs by itself; absent: only when somebody starts it.'),
  filter: filterSchema.optional().describe('Which records take part; absent: all.'),
  events: eventsSchema
    .optional()
    .describe(
      'On which changes a record takes part: created, updated, or chosen fields changed; absent: created and updated.',
    ),
  match: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Destination fields by which an existing record is recognised, in order, for example [email]. Empty: records are never matched, only linked after they were created.',
    ),
  mapping: mappingSchema.describe('Which source fields become which destination fields.'),
  defaults: z
    .strictObject({
      country: z.string().length(2).optional().describe('ISO country for phone numbers without one.'),
      zone: z.string().optional().describe('IANA time zone for dates and times without one.'),
    })
    .default({})
    .describe('What the mapping assumes where a value does not say.'),
  policies: z
    .strictObject({
      existing: z
        .enum(['update', 'link-only', 'skip'])
        .default('update')
        .describe(
          'A record that is there already when it is met for the first time: update it, only link it, or leave it alone.',
        ),
    })
    .default({ existing: 'update' })
    .describe('What decides in doubtful cases.'),
})

export type IntegrationDefinition = z.infer<typeof integrationDefinitionSchema>

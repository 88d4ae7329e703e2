/** An integration: a configured pattern between connections, as people write it in a definitions file. */
import { z } from 'zod'
import { eventsSchema, filterSchema } from '../filter/filter-schema.ts'
import { mappingSchema } from '../mapping/schema/mapping-schema.ts'
import { scheduleSchema } from '../schedule/schedule-schema.ts'
import { idSchema } from './connection.ts'
import { deletePolicySchema } from './delete-policy.ts'
import { legOfSchema } from './leg.ts'
import { backSchema, conflictsSchema, createsSchema, groupsSchema, policySchema } from './two-way.ts'

const endpointSchema = z.strictObject({
  connection: idSchema.describe('Id of a connection.'),
  object: z.string().min(1).describe('Object of that service, for example contact.'),
})

const definitionShape = z.strictObject({
  id: idSchema,
  name: z.string().min(1).max(120).describe('Name people see.'),
  pattern: z
    .enum(['one-way', 'two-way'])
    .default('one-way')
    .describe('How data travels: one-way from the source to the destination, or two-way.'),
  source: endpointSchema.describe('Where records are read.'),
  destination: endpointSchema.describe('Where records are written.'),
  legOf: legOfSchema.optional(),
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
  back: backSchema.optional().describe('Two-way only: the way from the destination to the source.'),
  groups: groupsSchema.optional(),
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
      conflict: policySchema.optional().describe('Two-way only: what happens where both sides changed; default hold.'),
      conflicts: conflictsSchema.optional().describe('Two-way only: other policies for some fields.'),
      creates: createsSchema.optional(),
      deletes: deletePolicySchema.optional(),
    })
    .default({ existing: 'update' })
    .describe('What decides in doubtful cases.'),
})

const twoWayParts = ['back', 'groups'] as const
const twoWayPolicies = ['conflict', 'conflicts', 'creates'] as const

export const integrationDefinitionSchema = definitionShape.superRefine(
  ({ pattern, policies, ...definition }, context) => {
    const complain = (path: readonly string[], message: string): void =>
      context.addIssue({ code: 'custom', path: [...path], message })
    if (pattern === 'two-way') {
      if (!definition.back) complain(['back'], 'a two-way integration needs the way back')
      if (policies.deletes && policies.deletes !== 'leave')
        complain(['policies', 'deletes'], 'deletions are carried over one way only; both ways they are left alone')
      return
    }
    for (const part of twoWayParts) if (definition[part]) complain([part], `"${part}" needs the pattern two-way`)
    for (const part of twoWayPolicies)
      if (policies[part]) complain(['policies', part], `"${part}" needs the pattern two-way`)
  },
)

export type IntegrationDefinition = z.infer<typeof integrationDefinitionSchema>

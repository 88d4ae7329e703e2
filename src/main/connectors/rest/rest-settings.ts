/** Settings of a REST connection: address, proof of identity, pace, and the objects the service has. */
import { z } from 'zod'
import { objectSettings } from './object-settings.ts'

const authSettings = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none').describe('The service asks for no key.') }),
  z.strictObject({ kind: z.literal('bearer').describe('The secret "token" goes into the Authorization header.') }),
  z.strictObject({
    kind: z.literal('basic').describe('A user name with the secret "password".'),
    username: z.string().describe('The user name.'),
  }),
  z.strictObject({
    kind: z.literal('header').describe('The secret "key" goes into a header of its own.'),
    header: z
      .string()
      .regex(/^[\w-]+$/)
      .describe('Name of the header, as "X-Api-Key".'),
    prefix: z.string().optional().describe('Text before the key, as "Token ".'),
  }),
  z.strictObject({
    kind: z.literal('query').describe('The secret "key" goes into the address. Only where there is no other way.'),
    parameter: z.string().describe('Name of the parameter, as "api_key".'),
  }),
])

export const restSettings = z.strictObject({
  baseUrl: z.string().describe('Address of the service, as "https://api.example.com/v1".'),
  auth: authSettings
    .default({ kind: 'none' })
    .describe('How the connection proves who it is.')
    .meta({ title: 'Sign-in', isCommon: true }),
  headers: z.record(z.string(), z.string()).optional().describe('Headers of every request. Not for keys.'),
  rate: z
    .strictObject({
      requests: z.int().positive().describe('Requests the service allows'),
      perMs: z.int().positive().describe('in this many milliseconds.'),
    })
    .optional()
    .describe('The limit of the service. Patchbay stays below it.'),
  maxConnections: z.int().min(1).max(50).optional().describe('Requests under way at once. Absent: 10.'),
  timeoutMs: z.int().min(1000).max(300_000).optional().describe('How long an answer may take, in milliseconds.'),
  test: z
    .strictObject({
      path: z.string().describe('Path that is read to test the connection, as "/me".'),
      accountAt: z.string().optional().describe('Place of the account name in its answer.'),
    })
    .optional()
    .describe('How the connection is tested. Absent: the first list is read.'),
  objects: z.array(objectSettings).min(1).describe('The objects of the service.'),
})

export type RestSettings = z.infer<typeof restSettings>
export type AuthSettings = z.infer<typeof authSettings>

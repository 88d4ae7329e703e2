/** Settings of one REST object: how it is listed, fetched, found and written. What is absent is not offered. */
import { z } from 'zod'
import { fieldSettings } from './field-settings.ts'

const path = z
  .string()
  .regex(/^\/(?!\/)/, 'begins with one slash')
  .describe('Path below the address of the connection, as "/customers" or "/customers/{id}".')
const place = z.string().describe('Place in the body, as "data" or "result.items". Empty: the whole body.')
const query = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .optional()
  .describe('Parameters that are always sent.')

const pagingSettings = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none').describe('The list comes whole.') }),
  z.strictObject({
    kind: z.literal('cursor').describe('The body carries a token for the next page.'),
    parameter: z.string().describe('Parameter that takes the token.'),
    tokenAt: place.describe('Place of the token in the body.'),
    moreAt: place.optional().describe('Place of a true or false that says whether there is more.'),
  }),
  z.strictObject({
    kind: z.literal('offset').describe('A number of records to skip.'),
    parameter: z.string().describe('Parameter that takes the number.'),
    endsOnShortPage: z.boolean().optional().describe('A page shorter than asked for is the last one.'),
  }),
  z.strictObject({
    kind: z.literal('page').describe('The number of the page.'),
    parameter: z.string().describe('Parameter that takes the number.'),
    first: z.int().min(0).default(1).describe('Number of the first page.'),
    pagesAt: place.optional().describe('Place of the number of pages in the body.'),
    endsOnShortPage: z.boolean().optional().describe('A page shorter than asked for is the last one.'),
  }),
  z.strictObject({
    kind: z.literal('next-link').describe('The body carries a link to the next page.'),
    linkAt: place.describe('Place of the link in the body.'),
  }),
  z.strictObject({ kind: z.literal('link-header').describe('The Link header leads to the next page.') }),
])

const incrementalSettings = z.strictObject({
  parameter: z.string().describe('Parameter that asks for what changed at or after an instant.'),
  format: z.enum(['iso', 'epoch-s', 'epoch-ms']).describe('How the instant is written.'),
  updatedAtField: z.string().describe('Field that says when a record was last changed.'),
  granularityMs: z.int().positive().default(1000).describe('Finest step of that time, in milliseconds.'),
  lookbackMs: z.int().min(0).default(60_000).describe('How far each reading reaches back, in milliseconds.'),
})

const listSettings = z.strictObject({
  path,
  query,
  recordsAt: place.default('').describe('Place of the records in the body. Empty: the body is the list.'),
  paging: pagingSettings.default({ kind: 'none' }).describe('How the list is cut into pages.'),
  pageSize: z.int().positive().optional().describe('Records per page.'),
  maxPageSize: z.int().positive().optional().describe('Most records the service gives per page.'),
  sizeParameter: z.string().optional().describe('Parameter that takes the page size.'),
  maxPages: z
    .int()
    .positive()
    .max(1_000_000)
    .optional()
    .describe('More pages than this are taken for a list without end. Absent: 100,000.'),
  totalAt: place.optional().describe('Place of the number of records in all.'),
  incremental: incrementalSettings.optional().describe('How only what changed is read. Absent: always everything.'),
})

const idempotency = z
  .strictObject({
    header: z
      .string()
      .regex(/^[\w-]+$/)
      .describe('Header that carries the key, as "Idempotency-Key".'),
    ttlMs: z.int().positive().describe('How long the service remembers a key, in milliseconds.'),
  })
  .describe('The service does a write only once per key. Believe its documentation, not the name of a header.')

const answer = {
  wrapAt: place.default('').describe('Place of the record in the body that is sent, as "contact".'),
  recordAt: place.default('').describe('Place of the record in the answer.'),
  idAt: place.optional().describe('Place of the id in the answer. Absent: the id field of the record in the answer.'),
  query,
}

const createSettings = z.strictObject({
  path,
  method: z.enum(['POST', 'PUT']).default('POST').describe('HTTP method.'),
  ...answer,
  idempotency: idempotency.optional(),
  isUnique: z.boolean().optional().describe('The service itself refuses a second record with the same unique field.'),
  findBy: z.string().optional().describe('Field by which a record is looked up when an answer was lost.'),
  isIndexDelayed: z.boolean().optional().describe('Looking up shows new records only after a while.'),
  settleMs: z.int().min(0).optional().describe('How long the service may still be working after the request.'),
})

const updateSettings = z.strictObject({
  path,
  method: z.enum(['PATCH', 'PUT', 'POST']).default('PATCH').describe('HTTP method.'),
  body: z
    .enum(['changed', 'full'])
    .optional()
    .describe('changed: only changed fields. full: the record is read and sent whole. Absent: full for PUT.'),
  ...answer,
  settleMs: z.int().min(0).optional().describe('How long the service may still be working after the request.'),
})

const upsertSettings = z.strictObject({
  path: path.describe('Path with the key, as "/contacts/by-email/{email}".'),
  method: z.enum(['PUT', 'POST', 'PATCH']).default('PUT').describe('HTTP method.'),
  ...answer,
  findBy: z.string().optional().describe('Field by which a record is looked up.'),
})

const deleteSettings = z.strictObject({ path, query })

const batchSettings = z.strictObject({
  path,
  wrapAt: place.describe('Place of the list of records in the body that is sent.'),
  resultsAt: place.describe('Place of the list of results in the answer.'),
  max: z.int().min(2).max(1000).describe('Most records in one request.'),
  statusAt: place.optional().describe('Place of the HTTP status in one result. Absent: an item with an id is written.'),
  recordAt: place.default('').describe('Place of the record in one result.'),
  matchField: z.string().optional().describe('Field by which results are matched to records. Absent: by their order.'),
  keyField: z.string().optional().describe('Field of each record that carries its idempotency key.'),
})

const findSettings = z.strictObject({
  field: z.string().describe('Field that is looked up.'),
  path,
  query: z.record(z.string(), z.string()).optional().describe('Parameters; {value} stands for what is looked up.'),
  recordsAt: place.default('').describe('Place of the records in the answer.'),
  isExact: z
    .boolean()
    .default(true)
    .describe(
      'The service gives only records with exactly this value. False: it searches; the rest is sorted out here.',
    ),
})

const versionSettings = z.strictObject({
  from: z.enum(['field', 'etag']).describe('Where a version is read: a field of the record, or the ETag header.'),
  field: z.string().optional().describe('The field, where it is read from one.'),
  sendAs: z
    .enum(['if-match', 'if-match-quoted', 'body'])
    .describe('How an update names the version it was made from, so that the service refuses a stale one.'),
})

export const objectSettings = z.strictObject({
  name: z.string().min(1).describe('Name of the object, as "customer".'),
  label: z.string().min(1).describe('What people call it.'),
  idField: z.string().default('id').describe('Field with the id the service gives.'),
  fields: z.array(fieldSettings).optional().describe('The fields. Absent: found out from the first page of the list.'),
  list: listSettings.optional().describe('How the records are read.'),
  get: z.strictObject({ path, recordAt: answer.recordAt, query }).optional().describe('How one record is read.'),
  create: createSettings.optional().describe('How a record is made.'),
  update: updateSettings.optional().describe('How a record is changed.'),
  upsert: upsertSettings.optional().describe('How a record is made or changed by a key.'),
  delete: deleteSettings.optional().describe('How a record is deleted.'),
  batch: batchSettings.optional().describe('How several records are made at once.'),
  find: z.array(findSettings).optional().describe('How records are looked up by a key.'),
  version: versionSettings.optional().describe('How changes by others are noticed.'),
})

export type ObjectSettings = z.infer<typeof objectSettings>
export type PagingSettings = z.infer<typeof pagingSettings>
export type ListSettings = z.infer<typeof listSettings>
export type BatchSettings = z.infer<typeof batchSettings>
export type FindSettings = z.infer<typeof findSettings>

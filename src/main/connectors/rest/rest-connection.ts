/** An open REST connection: its objects, their fields (declared or found out once), and its test. */

import { valueAt } from '#main/connector-kit/body-path.ts'
import type { ConnectorContext } from '#main/connector-kit/define-connector.ts'
import { AppError } from '#shared/errors.ts'
import type { Json } from '#shared/json.ts'
import type { ConnectedObject, ConnectionTest, OpenConnection } from '#shared/model/connected.ts'
import { credentialsOf } from './auth.ts'
import { describeObject } from './describe-object.ts'
import { inferFields } from './infer-fields.ts'
import type { ObjectSettings } from './object-settings.ts'
import { prepareWrite } from './prepare-write.ts'
import { findRecords, getRecord, type RestSession, rawPages, readPages } from './rest-reads.ts'
import type { RestSettings } from './rest-settings.ts'
import { sendWrites } from './rest-writes.ts'
import type { KnownObject } from './wire-records.ts'

/** Opens without a request. Throws AppError (config) for an unusable address or a missing secret. */
export async function openRest(context: ConnectorContext<RestSettings>): Promise<OpenConnection> {
  const session = makeSession(context)
  const { objects } = context.config
  const known = new Map<string, Promise<KnownObject>>()
  const know = (object: ObjectSettings, signal: AbortSignal): Promise<KnownObject> => {
    const sampled = known.get(object.name) ?? knowFields(session, object, signal)
    known.set(object.name, sampled)
    // A failed sample is asked for again next time.
    sampled.catch(() => known.delete(object.name))
    return sampled
  }
  return {
    test: (signal) => testConnection(session, context.config, signal),
    describe: async (signal) => {
      const described = await Promise.all(objects.map((object) => know(object, signal)))
      return described.map(describeObject)
    },
    object: async (name, signal) => {
      const object = objects.find((one) => one.name === name)
      if (!object) throw unknownObject(name)
      return connect(session, await know(object, signal))
    },
    close: () => session.client.close(),
  }
}

function makeSession({ config, secrets, http }: ConnectorContext<RestSettings>): RestSession {
  const { headers, query } = credentialsOf(config.auth, secrets)
  const { rate, maxConnections, timeoutMs } = config
  const client = http({
    baseUrl: config.baseUrl,
    headers: { ...config.headers, ...headers },
    secrets: Object.values(query),
    ...(rate && { rate }),
    ...(maxConnections !== undefined && { maxConnections }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  })
  return { client, baseUrl: config.baseUrl, query }
}

async function knowFields(session: RestSession, object: ObjectSettings, signal: AbortSignal): Promise<KnownObject> {
  if (object.fields) return { ...object, fields: object.fields }
  if (!object.list) return { ...object, fields: [], isInferred: true }
  const sample = await firstPage(session, object, signal)
  return { ...object, fields: inferFields(sample, object.idField), isInferred: true }
}

async function firstPage(
  session: RestSession,
  { list }: ObjectSettings,
  signal: AbortSignal,
): Promise<readonly Json[]> {
  if (!list) return []
  for await (const page of rawPages(session, list, { signal })) return page.records
  return []
}

function connect(session: RestSession, object: KnownObject): ConnectedObject {
  const description = describeObject(object)
  const { list, get, find } = object
  const isWritable = Object.keys(description.writes).length > 0
  return {
    description,
    ...(list && { read: (request) => readPages(session, object, request) }),
    ...(get && { get: (externalId, signal) => getRecord(session, object, { externalId, signal }) }),
    ...(find &&
      find.length > 0 && {
        find: async (field, values, signal) => {
          const settings = find.find((one) => one.field === field)
          if (!settings) throw notFindable(object, field)
          return await findRecords(session, object, { find: settings, values, signal })
        },
      }),
    ...(isWritable && {
      prepare: (command) => prepareWrite(object, command),
      send: (writes, signal) => sendWrites(session, object, { writes, signal }),
    }),
  }
}

/** Reads the test path, otherwise the first list. */
async function testConnection(
  session: RestSession,
  config: RestSettings,
  signal: AbortSignal,
): Promise<ConnectionTest> {
  const host = new URL(config.baseUrl).host
  if (config.test) {
    const { path, accountAt } = config.test
    const reply = await session.client.read({ method: 'GET', path, query: session.query, signal })
    const account = accountAt === undefined ? undefined : valueAt(reply.json(), accountAt)
    return { account: typeof account === 'string' && account !== '' ? account : host, notes: [] }
  }
  const listed = config.objects.find((object) => object.list)
  if (!listed) return { account: host, notes: ['Nothing can be read here, so the key could not be tried.'] }
  const records = await firstPage(session, listed, signal)
  return { account: host, notes: [`${listed.label}: ${records.length} records on the first page.`] }
}

function unknownObject(name: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'unknown-object',
    message: `The connection has no object “${name}”.`,
    kept: 'Nothing was changed.',
    next: 'Choose another object, or add it to the settings of the connection.',
    details: { object: name },
  })
}

function notFindable(object: KnownObject, field: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'field-not-findable',
    message: `${object.label} cannot be looked up by ${field}.`,
    kept: 'Nothing was changed.',
    next: 'Choose another key, or add the look-up to the object in the settings of the connection.',
    details: { object: object.name, field },
  })
}

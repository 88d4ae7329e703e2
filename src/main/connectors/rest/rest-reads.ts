/** Reading a REST object: pages of the list, one record by id, records by a key. */

import { isJsonList, valueAt } from '#main/connector-kit/body-path.ts'
import { numberedPages, offsetPages } from '#main/connector-kit/counted-paging.ts'
import type { HttpClient, HttpReply, HttpRequest } from '#main/connector-kit/http.ts'
import type { PagedRequest } from '#main/connector-kit/list-request.ts'
import { cursorPages, linkHeaderPages, nextLinkPages, type Pages, singlePage } from '#main/connector-kit/paging.ts'
import { AppError } from '#shared/errors.ts'
import type { Json } from '#shared/json.ts'
import type { ReadPage, ReadRequest, RemoteRecord } from '#shared/model/connected.ts'
import type { FindSettings, ListSettings, PagingSettings } from './object-settings.ts'
import { fillPath, fillQuery } from './path-template.ts'
import { assertFieldsPresent, idOf, type KnownObject, readRecord } from './wire-records.ts'

/** What all requests of a connection share. */
export interface RestSession {
  readonly client: HttpClient
  readonly baseUrl: string
  /** Query parameters of every request (a key in the query). */
  readonly query: Readonly<Record<string, string>>
}

/** Pages of records. Throws AppError for the connection as a whole; single bad values are issues of their record. */
export async function* readPages(
  session: RestSession,
  object: KnownObject,
  request: ReadRequest,
): AsyncGenerator<ReadPage> {
  const { list } = object
  if (!list) return
  const start = unpackToken(request)
  const idOfItem = (item: Json) => idOf(object, item)
  const pages = rawPages(session, list, { ...request, ...start, idOf: idOfItem })
  for await (const page of withListErrors(pages, list)) {
    const place = `page ${page.number}${request.pageToken === undefined ? '' : ' after resuming'}`
    assertFieldsPresent(object, page.records, place)
    yield {
      records: page.records.map((item, index) => readRecord(object, item, `${place}, record ${index + 1}`)),
      ...(page.next !== undefined && { next: packToken(page.next, start.since) }),
      ...(page.serverTime !== undefined && { serverTime: page.serverTime }),
      ...(page.total !== undefined && { total: page.total }),
    }
  }
}

export interface RawRequest {
  readonly pageToken?: string | undefined
  readonly since?: string | undefined
  readonly pageSize?: number | undefined
  /** By which a list that is paged by counting knows a record again. */
  readonly idOf?: PagedRequest['idOf']
  readonly signal: AbortSignal
}

/** Pages as the wire gives them. */
export function rawPages(session: RestSession, list: ListSettings, request: RawRequest): Pages {
  const asked = request.pageSize ?? list.pageSize
  const most = list.maxPageSize
  const pageSize = asked !== undefined && most !== undefined ? Math.min(asked, most) : asked
  const query = { ...list.query, ...sinceQuery(list, request.since), ...session.query }
  return walk(list.paging, {
    client: session.client,
    request: { path: list.path, query, signal: request.signal },
    baseUrl: session.baseUrl,
    secretParameters: Object.keys(session.query),
    recordsAt: list.recordsAt,
    pageToken: request.pageToken,
    pageSize,
    sizeParameter: list.sizeParameter,
    totalAt: list.totalAt,
    maxPages: list.maxPages,
    idOf: request.idOf,
  })
}

function walk(paging: PagingSettings, paged: PagedRequest): Pages {
  switch (paging.kind) {
    case 'none':
      return singlePage(paged)
    case 'cursor':
      return cursorPages(paged, paging)
    case 'offset':
      return offsetPages(paged, paging)
    case 'page':
      return numberedPages(paged, paging)
    case 'next-link':
      return nextLinkPages(paged, paging)
    case 'link-header':
      return linkHeaderPages(paged)
  }
}

/** The filter for changes. Rounded down to what the service can tell apart, never up. */
function sinceQuery({ incremental }: ListSettings, since: string | undefined): HttpRequest['query'] {
  if (!incremental || since === undefined) return {}
  const { parameter, format, granularityMs } = incremental
  const ms = Math.floor(Date.parse(since) / granularityMs) * granularityMs
  const written = { iso: new Date(ms).toISOString(), 'epoch-s': Math.floor(ms / 1000), 'epoch-ms': ms }[format]
  return { [parameter]: written }
}

/** A page token must stand alone: it carries the filter of its walk. */
function packToken(token: string, since: string | undefined): string {
  return since === undefined ? `;${token}` : `${since};${token}`
}

function unpackToken({ pageToken, since }: ReadRequest): { pageToken?: string; since?: string } {
  const cut = pageToken?.indexOf(';') ?? -1
  if (pageToken === undefined || cut < 0) return since === undefined ? {} : { since }
  const carried = pageToken.slice(0, cut)
  return { pageToken: pageToken.slice(cut + 1), ...(carried !== '' && { since: carried }) }
}

/** A list that is not there is a wrong setting, not a missing record. */
async function* withListErrors(pages: Pages, { path }: ListSettings): Pages {
  try {
    yield* pages
  } catch (thrown) {
    if (!isMissing(thrown)) throw thrown
    throw new AppError(
      {
        ...thrown.info,
        kind: 'config',
        code: 'list-not-found',
        next: `Check the path ${path} in the settings of the connection.`,
      },
      thrown,
    )
  }
}

function isMissing(thrown: unknown): thrown is AppError {
  return thrown instanceof AppError && (thrown.info.details?.status === 404 || thrown.info.details?.status === 410)
}

/** One record, or null where the service says that it is gone. */
export async function getRecord(
  session: RestSession,
  object: KnownObject,
  { externalId, signal }: { externalId: string; signal: AbortSignal },
): Promise<RemoteRecord | null> {
  const found = await getRaw(session, object, { externalId, signal })
  if (!found) return null
  const record = readRecord(object, found.item, `record ${externalId}`)
  const etag = object.version?.from === 'etag' ? found.reply.headers.etag : undefined
  return etag === undefined ? record : { ...record, version: etag }
}

/** The record as the wire gives it, with its answer. */
export async function getRaw(
  session: RestSession,
  object: KnownObject,
  { externalId, signal }: { externalId: string; signal: AbortSignal },
): Promise<{ item: Json; reply: HttpReply } | null> {
  const { get } = object
  if (!get) return null
  const path = fillPath(get.path, () => ({ id: externalId }))
  try {
    const reply = await session.client.read({ method: 'GET', path, query: { ...get.query, ...session.query }, signal })
    const item = valueAt(reply.json(), get.recordAt)
    return item === undefined || item === null ? null : { item, reply }
  } catch (thrown) {
    if (isMissing(thrown)) return null
    throw thrown
  }
}

/** Records whose field has one of these values: one request per value. */
export async function findRecords(
  session: RestSession,
  object: KnownObject,
  { find, values, signal }: { find: FindSettings; values: readonly string[]; signal: AbortSignal },
): Promise<readonly RemoteRecord[]> {
  const found = await Promise.all(
    [...new Set(values)].map((value) => findOne(session, object, { find, value, signal })),
  )
  return found.flat()
}

async function findOne(
  session: RestSession,
  object: KnownObject,
  { find, value, signal }: { find: FindSettings; value: string; signal: AbortSignal },
): Promise<readonly RemoteRecord[]> {
  const query = { ...fillQuery(find.query ?? {}, { value }), ...session.query }
  const path = fillPath(find.path, () => ({ value }))
  const reply = await session.client.read({ method: 'GET', path, query, signal })
  const items = valueAt(reply.json(), find.recordsAt)
  if (!isJsonList(items)) throw findUnreliable(object, find, 'the answer has no list of records')
  const field = object.fields.find((one) => one.name === find.field)
  const records = items.map((item) => readRecord(object, item, `look-up by ${find.field}`))
  const isEmail = field?.type === 'email'
  const hits = records.filter((record) => isSameKey(record.values[find.field], value, isEmail))
  // A service that ignores the parameter answers with just any records: "not found" would then make duplicates.
  if (find.isExact && hits.length < records.length) throw findUnreliable(object, find, 'the answer has other records')
  return hits
}

function isSameKey(found: unknown, wanted: string, isEmail: boolean): boolean {
  if (found === undefined || found === null) return false
  const text = String(found)
  return text === wanted || (isEmail && text.trim().toLowerCase() === wanted.trim().toLowerCase())
}

function findUnreliable(object: KnownObject, find: FindSettings, why: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'find-unreliable',
    message: `${object.label}: looking up by ${find.field} cannot be trusted: ${why}.`,
    kept: 'Nothing was changed.',
    next: 'Check the parameters of the look-up in the settings of the connection.',
    details: { object: object.name, field: find.field, why },
  })
}

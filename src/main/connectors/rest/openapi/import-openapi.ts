/**
 * Objects of a REST connection proposed from an OpenAPI 3.0 or 3.1 document. A proposal, not a promise: documents
 * are often wrong, so nothing that protects against double writes is taken from them; notes say what to look at.
 */
import { isJsonObject } from '#shared/json.ts'
import type { FieldSettings } from '../field-settings.ts'
import type { ObjectSettings } from '../object-settings.ts'
import type { AuthSettings } from '../rest-settings.ts'
import { authOf } from './openapi-auth.ts'
import { type OpenApiDocument, readDocument } from './openapi-document.ts'
import { findList, proposeList } from './openapi-lists.ts'
import { type Collection, collectionsOf, type Operation } from './openapi-operations.ts'
import { type FlatSchema, fieldsOf, flatten } from './openapi-schema.ts'

export interface OpenApiImport {
  readonly objects: readonly ObjectSettings[]
  /** What the document calls the service; null: it does not say. */
  readonly title: string | null
  readonly auth: AuthSettings
  /** The first absolute address the document names, or null. */
  readonly baseUrl: string | null
  /** What was left out or is not sure, one sentence each. */
  readonly notes: readonly string[]
}

const mostObjects = 500

/** Reads JSON or YAML text. Throws AppError (data, `openapi-unreadable`) where it is no OpenAPI 3 document. */
export function importOpenApi(text: string): OpenApiImport {
  const notes: string[] = []
  const document = readDocument(text, notes)
  const objects = collectionsOf(document).flatMap((collection) => proposeObject(document, collection) ?? [])
  if (objects.length > mostObjects) document.note(`Only the first ${mostObjects} objects were taken.`)
  const auth = authOf(document)
  const title = titleOf(document)
  return { objects: withUniqueNames(objects.slice(0, mostObjects)), title, auth, baseUrl: baseUrlOf(document), notes }
}

function titleOf({ root }: OpenApiDocument): string | null {
  const title = isJsonObject(root.info) ? root.info.title : undefined
  return typeof title === 'string' && title.trim() !== '' ? title.trim().slice(0, 80) : null
}

function baseUrlOf({ root }: OpenApiDocument): string | null {
  const servers = Array.isArray(root.servers) ? root.servers : []
  const urls = servers.map((server: unknown) => (isJsonObject(server) ? server.url : undefined))
  const absolute = urls.find((url) => typeof url === 'string' && /^https?:\/\/[^{}\s]+$/.test(url))
  return typeof absolute === 'string' ? absolute.replace(/\/$/, '') : null
}

function proposeObject(document: OpenApiDocument, collection: Collection): ObjectSettings | undefined {
  const { path, itemPath, list, get } = collection
  const name = path.replace(/\/$/, '').split('/').at(-1) ?? path
  const found = findList(document, list?.answer, name)
  const single = findSingle(document, get?.answer ?? collection.create?.answer)
  const record = found?.record ?? single?.record ?? collection.create?.request
  if (!record || record.properties.size === 0 || !(found || itemPath !== undefined)) return undefined
  const idField = idFieldOf(record, itemPath)
  if (!record.properties.has(idField)) document.note(`${path}: no field looks like an id; set the id field by hand.`)
  noteSafety(document, collection)
  return {
    name,
    label: labelOf(name),
    idField,
    fields: withNeeded(fieldsOf(document, record, idField), findSingle(document, collection.create?.request)?.record),
    ...(list && found && { list: proposeList(document, list, found) }),
    ...writesOf(document, collection, single?.recordAt ?? ''),
  }
}

/** What a new record needs is what the body of the create operation requires. */
function withNeeded(fields: readonly FieldSettings[], request: FlatSchema | undefined): FieldSettings[] {
  return fields.map((field) =>
    request?.required.has(field.name) && !field.readOnly ? { ...field, isNeededToCreate: true } : field,
  )
}

/** The record in the answer about one record: the body, or the one object it is wrapped into. */
function findSingle(
  document: OpenApiDocument,
  answer: FlatSchema | undefined,
): { record: FlatSchema; recordAt: string } | undefined {
  if (!answer || answer.properties.size === 0) return undefined
  const [only] = answer.properties.size === 1 || answer.properties.has('data') ? wrappers(answer) : []
  const inner = only === undefined ? undefined : flatten(document, answer.properties.get(only))
  if (only !== undefined && inner && inner.properties.size > 0) return { record: inner, recordAt: only }
  return { record: answer, recordAt: '' }
}

function wrappers({ properties }: FlatSchema): readonly string[] {
  return properties.has('data') ? ['data'] : [...properties.keys()]
}

function idFieldOf(record: FlatSchema, itemPath: string | undefined): string {
  const parameter = /\{([^/{}]+)\}\/?$/.exec(itemPath ?? '')?.[1]
  const candidates = ['id', parameter ?? '', '_id', 'uuid', 'uid', 'key', 'code']
  return candidates.find((name) => record.properties.has(name)) ?? 'id'
}

type Writes = Pick<ObjectSettings, 'get' | 'create' | 'update' | 'delete'>

function writesOf(
  document: OpenApiDocument,
  { create, get, patch, put, remove }: Collection,
  recordAt: string,
): Writes {
  const update = patch ?? put
  const answerAt = (operation: Operation): string => findSingle(document, operation.answer)?.recordAt ?? recordAt
  const wrapAt = (operation: Operation): string => findSingle(document, operation.request)?.recordAt ?? ''
  return {
    ...(get && { get: { path: itemTemplate(get.path), recordAt } }),
    ...(create && {
      create: { path: create.path, method: 'POST' as const, wrapAt: wrapAt(create), recordAt: answerAt(create) },
    }),
    ...(update && {
      update: {
        path: itemTemplate(update.path),
        method: patch ? ('PATCH' as const) : ('PUT' as const),
        wrapAt: wrapAt(update),
        recordAt: answerAt(update),
      },
    }),
    ...(remove && { delete: { path: itemTemplate(remove.path) } }),
  }
}

/** '/customers/{customer_id}' as '/customers/{id}'. */
function itemTemplate(path: string): string {
  return path.replace(/\{[^/{}]+\}\/?$/, '{id}')
}

/** What could protect against double writes is named, never assumed. */
function noteSafety(document: OpenApiDocument, { path, create }: Collection): void {
  if (!create) return
  const key = create.parameters.find((one) => one.place === 'header' && /idempotency/i.test(one.name))
  if (key) {
    document.note(`${path}: creating takes the header ${key.name}. Add it with the time the service remembers keys.`)
    return
  }
  document.note(
    `${path}: nothing in the document protects against creating twice. Add a look-up (find) if there is one.`,
  )
}

function labelOf(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_.-]+/g, ' ')
    .trim()
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1)
}

function withUniqueNames(objects: readonly ObjectSettings[]): readonly ObjectSettings[] {
  const seen = new Map<string, number>()
  return objects.map((object) => {
    const count = (seen.get(object.name) ?? 0) + 1
    seen.set(object.name, count)
    return count === 1 ? object : { ...object, name: `${object.name}-${count}` }
  })
}

/** Operations of an OpenAPI document, grouped by the collection they work on. */
import { isJsonList } from '#main/connector-kit/body-path.ts'
import { isJsonObject, type Json, type JsonObject } from '#shared/json.ts'
import type { OpenApiDocument } from './openapi-document.ts'
import { type FlatSchema, flatten } from './openapi-schema.ts'

export interface Parameter {
  readonly name: string
  readonly place: string
  readonly schema: FlatSchema | undefined
}

export interface Operation {
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly request: FlatSchema | undefined
  readonly answer: FlatSchema | undefined
}

export interface Collection {
  /** '/customers' */
  readonly path: string
  /** '/customers/{customer_id}', where one record is addressed. */
  readonly itemPath: string | undefined
  readonly list?: Operation | undefined
  readonly create?: Operation | undefined
  readonly get?: Operation | undefined
  readonly patch?: Operation | undefined
  readonly put?: Operation | undefined
  readonly remove?: Operation | undefined
}

const mostPaths = 5000

/** Collections in the order of the document. Paths below other records are left out with a note. */
export function collectionsOf(document: OpenApiDocument): readonly Collection[] {
  const { paths } = document.root
  if (!isJsonObject(paths)) {
    document.note('The document has no paths.')
    return []
  }
  const entries = Object.entries(paths).slice(0, mostPaths)
  const items = new Map(entries.map(([path]) => [path.replace(/\/\{[^/{}]+\}\/?$/, ''), path]))
  const collections: Collection[] = []
  for (const [path] of entries) {
    const clean = path.replace(/\/$/, '')
    if (!/^\/[^?#\s]*$/.test(path) || clean === '') continue
    if (/\{[^/{}]+\}$/.test(clean)) continue
    if (clean.includes('{')) {
      document.note(`${path} stands below another record; add it by hand if it is needed.`)
      continue
    }
    const itemPath = items.get(clean)
    const one = itemPath === undefined || itemPath === path ? undefined : itemPath
    collections.push(collectionAt(document, { path, itemPath: one, paths }))
  }
  return collections
}

function collectionAt(
  document: OpenApiDocument,
  { path, itemPath, paths }: { path: string; itemPath: string | undefined; paths: JsonObject },
): Collection {
  const whole = (method: string) => operationAt(document, { path, item: paths[path], method })
  const one = (method: string) =>
    itemPath === undefined ? undefined : operationAt(document, { path: itemPath, item: paths[itemPath], method })
  return {
    path,
    itemPath,
    list: whole('get'),
    create: whole('post'),
    get: one('get'),
    patch: one('patch'),
    put: one('put'),
    remove: one('delete'),
  }
}

function operationAt(
  document: OpenApiDocument,
  { path, item, method }: { path: string; item: Json | undefined; method: string },
): Operation | undefined {
  const pathItem = document.resolve(item)
  const operation = document.resolve(pathItem?.[method])
  if (!pathItem || !operation) return undefined
  return {
    path,
    parameters: [...parametersOf(document, pathItem), ...parametersOf(document, operation)],
    request: jsonSchema(document, document.resolve(operation.requestBody)?.content),
    answer: answerOf(document, operation),
  }
}

function parametersOf(document: OpenApiDocument, { parameters }: JsonObject): readonly Parameter[] {
  if (!isJsonList(parameters)) return []
  return parameters.flatMap((node) => {
    const parameter = document.resolve(node)
    if (typeof parameter?.name !== 'string') return []
    return [{ name: parameter.name, place: String(parameter.in), schema: flatten(document, parameter.schema) }]
  })
}

function answerOf(document: OpenApiDocument, { responses }: JsonObject): FlatSchema | undefined {
  if (!isJsonObject(responses)) return undefined
  const code = ['200', '201', '202', '2XX', 'default'].find((one) => responses[one] !== undefined)
  return code === undefined ? undefined : jsonSchema(document, document.resolve(responses[code])?.content)
}

function jsonSchema(document: OpenApiDocument, content: Json | undefined): FlatSchema | undefined {
  if (!isJsonObject(content)) return undefined
  const type = Object.keys(content).find((one) => /^(application\/([\w.+-]*\+)?json|\*\/\*)/i.test(one))
  const media = type === undefined ? undefined : document.resolve(content[type])
  return media && flatten(document, media.schema)
}

/** Proposals for reading a list: where the records stand, how it is paged, how changes are asked for. */
import type { ListSettings, PagingSettings } from '../object-settings.ts'
import type { OpenApiDocument } from './openapi-document.ts'
import type { Operation } from './openapi-operations.ts'
import { type FlatSchema, flatten } from './openapi-schema.ts'

export interface FoundList {
  readonly recordsAt: string
  readonly record: FlatSchema
}

const usualPlaces = ['data', 'items', 'results', 'records', 'value', 'values', 'entries', 'list', 'rows']

/** The list in an answer: the body itself, or its first list of objects, usual names first. */
export function findList(
  document: OpenApiDocument,
  answer: FlatSchema | undefined,
  name: string,
): FoundList | undefined {
  if (!answer) return undefined
  if (answer.items !== undefined) return listAt(document, answer, '')
  const names = [name, ...usualPlaces, ...answer.properties.keys()]
  for (const place of names) {
    const property = flatten(document, answer.properties.get(place))
    const found = property?.items === undefined ? undefined : listAt(document, property, place)
    if (found) return found
  }
  return undefined
}

function listAt(document: OpenApiDocument, list: FlatSchema, recordsAt: string): FoundList | undefined {
  const record = flatten(document, list.items)
  return record && record.properties.size > 0 ? { recordsAt, record } : undefined
}

/** The list settings of an operation, as far as the document tells. */
export function proposeList(
  document: OpenApiDocument,
  operation: Operation,
  { recordsAt, record }: FoundList,
): ListSettings {
  const names = operation.parameters.filter((one) => one.place === 'query').map((one) => one.name)
  const sizeParameter = names.find((name) =>
    /^(limit|per_?page|page_?size|page\[size\]|size|count|top|\$top)$/i.test(name),
  )
  const paging = proposePaging(document, operation, names)
  if (paging.kind === 'none' && sizeParameter !== undefined) {
    document.note(`${operation.path}: the document does not tell how to get the next page; set the paging by hand.`)
  }
  const incremental = proposeIncremental(operation, record)
  return {
    path: operation.path,
    recordsAt,
    paging,
    ...(sizeParameter !== undefined && { sizeParameter, pageSize: sizeOf(operation, sizeParameter) }),
    ...(incremental && { incremental }),
  }
}

function sizeOf({ parameters }: Operation, name: string): number {
  const most = parameters.find((one) => one.name === name)?.schema?.node.maximum
  return typeof most === 'number' && Number.isSafeInteger(most) && most > 0 ? Math.min(most, 100) : 100
}

function proposePaging(document: OpenApiDocument, { answer }: Operation, names: readonly string[]): PagingSettings {
  const places = answer ? placesOf(document, answer) : []
  const link = places.find(
    (place) => /(^|\.)(next_?(page_?)?(url|uri|link)|links?\.next|next)$/i.test(place.path) && place.isLink,
  )
  if (link) return { kind: 'next-link', linkAt: link.path }
  const parameter = names.find((name) =>
    /^(cursor|after|page_?token|next_?token|starting_?after|page\[cursor\]|marker)$/i.test(name),
  )
  const token = places.find((place) =>
    /(^|\.)(next_?(cursor|token|page_?token|page)?|cursors?\.(next|after)|end_?cursor)$/i.test(place.path),
  )
  const more = places.find((place) => /(^|\.)has_?(more|next(_?page)?)$/i.test(place.path))
  if (parameter !== undefined && token) {
    return { kind: 'cursor', parameter, tokenAt: token.path, ...(more && { moreAt: more.path }) }
  }
  const offset = names.find((name) => /^(offset|skip|\$skip|start|start_?index)$/i.test(name))
  if (offset !== undefined) return { kind: 'offset', parameter: offset }
  const page = names.find((name) => /^(page|page_?(number|no|index)|page\[number\])$/i.test(name))
  const pages = places.find((place) => /(^|\.)(total_?pages|page_?count|last_?page|pages)$/i.test(place.path))
  if (page !== undefined) return { kind: 'page', parameter: page, first: 1, ...(pages && { pagesAt: pages.path }) }
  return { kind: 'none' }
}

/** Single values of an answer down to two levels: 'next', 'meta.next_cursor'. */
function placesOf(document: OpenApiDocument, answer: FlatSchema, prefix = ''): { path: string; isLink: boolean }[] {
  return [...answer.properties].flatMap(([name, node]) => {
    const property = flatten(document, node)
    const path = prefix + name
    if (property?.type === 'object' && prefix === '') return placesOf(document, property, `${name}.`)
    const isLink = /^(uri|url|uri-reference)$/.test(property?.format ?? '') || /ur[il]$/i.test(name)
    return property?.type === 'array' ? [] : [{ path, isLink }]
  })
}

function proposeIncremental({ parameters }: Operation, record: FlatSchema): ListSettings['incremental'] {
  const parameter = parameters.find(
    (one) => one.place === 'query' && /^(updated|modified|changed)_?(since|after|at_?min|from|gte?)$/i.test(one.name),
  )
  const field = [...record.properties.keys()].find((name) =>
    /^(updated|modified|last_?(modified|updated)|changed)(_?(at|on|date|time))?$/i.test(name),
  )
  if (!parameter || field === undefined) return undefined
  const isNumber = parameter.schema?.type === 'integer' || parameter.schema?.type === 'number'
  const format = isNumber ? 'epoch-s' : 'iso'
  return { parameter: parameter.name, format, updatedAtField: field, granularityMs: 1000, lookbackMs: 60_000 }
}

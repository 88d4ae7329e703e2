/**
 * Reads the next page of a counted list (by number of records or of pages) so that it surely continues what was read.
 * Positions shift when records come or go before them, so no answer is believed without a record that is known.
 */
import type { HttpRequest } from './http.ts'
import { askList, type ListAnswer, type PagedRequest } from './list-request.ts'
import { bringsMore, joins, type KeyedPage, recordKey, shiftOf, type Trail } from './list-trail.ts'

/** How a service counts. */
export interface Counting {
  readonly first: number
  /** A position is a number of records: then a page can begin with the last record of the page before. */
  readonly countsRecords: boolean
  /** The page that begins at a position. */
  readonly pageFrom: (at: number) => PageRequest
  /** The page that holds a position, and begins at most `reach` positions before it. */
  readonly pageCovering: (at: number, reach: number) => PageRequest
  /** Whether the answer says itself that nothing follows it. */
  readonly isLast: (asked: PageRequest, answer: ListAnswer) => boolean
  /** How to count where the service does not give the pages that are asked for. */
  readonly fallback?: Counting
}

export interface PageRequest {
  readonly at: number
  readonly query: NonNullable<HttpRequest['query']>
  /** Records of a whole page, where they are chosen for this request. */
  readonly size?: number
}

export interface CountedList {
  readonly paged: PagedRequest
  readonly counting: Counting
  /** Told of every answer, also of those that turn out not to continue the list: their records are there all the same. */
  readonly onAnswer: (page: CountedPage) => void
}

/** How far a list is read. */
export interface ListPosition {
  /** Where the next page begins. */
  readonly following: number
  /** Position of the page with the last record that was read. */
  readonly edgeAt: number
  /** Most records that a page had. */
  readonly width: number
  /** The page before had fewer records than could be expected. */
  readonly isShort: boolean
  /** Empty at the start. */
  readonly trail: Trail
}

export interface CountedPage extends KeyedPage, Pick<ListAnswer, 'records' | 'total'> {
  readonly serverTime: string | undefined
  readonly isLast: boolean
  /** Records that were asked for, where that was chosen for this page. */
  readonly size: number | undefined
}

/** How many pages back the edge is looked for before it counts as lost. */
const stepsBack = 4

/** The page that continues the trail; undefined where its edge is not found: then the list is to be read anew. */
export async function nextPage(list: CountedList, position: ListPosition): Promise<CountedPage | undefined> {
  const { following, trail } = position
  if (trail.length === 0) return readPage(list, list.counting.pageFrom(following))
  if (canOverlap(list, position)) {
    const asked = list.counting.pageCovering(following - 1, Math.max(0, trail.length - 2))
    const page = await readPage(list, asked)
    const overlap = following - page.at
    const isAtPlace = page.keys[overlap - 1] === lastKey(trail)
    if (isOtherThanAsked(asked, page, isAtPlace)) return undefined
    const isExact = isAtPlace && overlap === 1
    if (!isExact && !joins(trail, page.keys)) return stepBack(list, position)
    if (!isAtPlace || page.isLast || bringsMore(trail, page)) return page
  }
  return pageBesideEdge(list, position)
}

/** A service that gives only some sizes: more records than asked, or fewer and from another place. */
function isOtherThanAsked({ size }: PageRequest, { keys }: CountedPage, isAtPlace: boolean): boolean {
  return size !== undefined && (keys.length > size || (keys.length < size && !isAtPlace))
}

/**
 * By how many records the edge stands further from the start than when it was read last; undefined where it is not
 * found at its place.
 */
export async function edgeShift(
  list: CountedList,
  { edgeAt, trail, width }: ListPosition,
): Promise<number | undefined> {
  const page = await readPage(list, list.counting.pageFrom(edgeAt))
  return joins(trail, page.keys) ? shiftOf(trail, page, list.counting.countsRecords ? 1 : width) : undefined
}

/** After a short page the end is near: the overlapping page would hold nothing but its overlap. */
function canOverlap({ counting }: CountedList, { width, isShort }: ListPosition): boolean {
  return counting.countsRecords && width > 1 && !isShort
}

/**
 * A page that begins behind the edge, and then the edge once more: standing where it stood before the page was read,
 * it stood there meanwhile.
 */
async function pageBesideEdge(list: CountedList, position: ListPosition): Promise<CountedPage | undefined> {
  const { following, edgeAt, trail } = position
  const { countsRecords, pageFrom } = list.counting
  const page = await readPage(list, pageFrom(following))
  const edge = await readPage(list, pageFrom(countsRecords ? following - 1 : edgeAt))
  const atEdge = countsRecords ? edge.keys[0] : edge.keys.at(-1)
  // Where edge and continuation stand in one answer, that answer is the better one.
  if (atEdge === lastKey(trail)) return countsRecords && bringsMore(trail, edge) ? edge : page
  return joins(trail, edge.keys) ? edge : stepBack(list, position)
}

async function stepBack(list: CountedList, position: ListPosition): Promise<CountedPage | undefined> {
  for (const at of placesBefore(list.counting, position)) {
    const page = await readPage(list, list.counting.pageFrom(at))
    if (joins(position.trail, page.keys)) return page
  }
  return undefined
}

function placesBefore({ first, countsRecords }: Counting, position: ListPosition): readonly number[] {
  const { following, edgeAt, width, trail } = position
  const half = Math.max(2, Math.ceil(Math.min(trail.length, width) / 2))
  const start = countsRecords ? following - half : edgeAt - 1
  const step = countsRecords ? Math.max(1, width - 2) : 1
  const places = Array.from({ length: stepsBack }, (_, index) => Math.max(first, start - index * step))
  return [...new Set(places)].filter((at) => at < (countsRecords ? following : edgeAt))
}

async function readPage(list: CountedList, asked: PageRequest): Promise<CountedPage> {
  const { paged, counting, onAnswer } = list
  const answer = await askList(paged, { query: asked.query })
  const { records, total, reply } = answer
  const page = {
    at: asked.at,
    records,
    total,
    keys: records.map((record) => recordKey(record, paged.idOf?.(record))),
    serverTime: reply.serverTime,
    isLast: counting.isLast(asked, answer),
    size: asked.size,
  }
  onAnswer(page)
  return page
}

function lastKey(trail: Trail): string | undefined {
  return trail.at(-1)?.key
}

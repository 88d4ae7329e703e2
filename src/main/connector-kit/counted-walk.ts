/**
 * Walks a counted list from its start, or from a token, to its end, and gives each record once. Where the edge between
 * two pages is lost, the list is read again from the start; where records came in before the place that is read, they
 * are looked for at the end: an edit may have moved one there that had not been read yet. Both a bounded number of times.
 */
import { AppError } from '#shared/errors.ts'
import {
  type CountedList,
  type CountedPage,
  type Counting,
  edgeShift,
  type ListPosition,
  nextPage,
} from './counted-pages.ts'
import { type CountedPlace, readToken, tokenStale, writeToken } from './counted-token.ts'
import { makeFreshRecords } from './fresh-records.ts'
import type { PagedRequest } from './list-request.ts'
import { extendTrail, shiftOf } from './list-trail.ts'
import type { AnswerPage, Pages } from './paging.ts'
import { pagingLoop } from './paging-guard.ts'

/** Times a list is read again from its start before it counts as one that never settles. */
const mostReadings = 3
/** Pages in a row that bring nothing new where something must come: more is a service that does not count. */
const mostStalls = 3
/** Pages in a row that may lie before one that was read: a few steps back, and the way forward again. */
const mostIdle = 12
/** Records of the trail where pages are small: their edge is to be found when some of them are gone. */
const fewestInTrail = 16

/** Pages of records. Throws AppError: `list-keeps-shifting` (transient), `page-token-stale`, `paging-loop`. */
export async function* walkCounted(paged: PagedRequest, counting: Counting): Pages {
  const nextPart = startWalk(paged, counting)
  for (let number = 1; ; number += 1) {
    const page = await nextPart()
    yield { ...page, number }
    if (page.next === undefined) return
  }
}

/** The list is read again for those that came in before the place that was read. */
interface Search {
  /** How many came in. */
  wanted: number
  /** How many records were known when it began. */
  from: number
  /** Where the list ended, to see later whether still more came in, and by how much it had shifted when last seen. */
  readonly end: ListPosition
  shift: number
}

/** Answers the next part of the walk each time it is called. */
function startWalk(paged: PagedRequest, counting: Counting) {
  const {
    request: { path },
    maxPages = 100_000,
  } = paged
  const resumed = paged.pageToken === undefined ? undefined : readToken(paged.pageToken)
  const fresh = makeFreshRecords(resumed?.position.trail.map(({ key }) => key) ?? [])
  let list = listFor(resumed, { paged, counting, onAnswer: (page) => see(page) })
  let position = resumed?.position ?? startOf(list.counting)
  let isAtToken = resumed !== undefined
  // How many came in before a resumed walk is not known: then they are looked for in the whole list.
  let grownBy = resumed?.hasGrown ? Number.POSITIVE_INFINITY : 0
  let search: Search | undefined
  let readings = 0
  /** Where the furthest page ended. */
  let furthest = 0
  let stalls = 0
  /** How far this reading has come, and how many pages in a row did not get any further. */
  let reached = 0
  let idle = 0

  const see = (page: CountedPage): void => {
    furthest = Math.max(furthest, endOf(page))
    // What stands there before the records of a token was read before the stop, though it is not known here.
    fresh.see(page, isAtToken && page.at < position.following)
  }

  const readAgain = (): void => {
    readings += 1
    if (readings > mostReadings) throw keepsShifting(path)
    grownBy = 0
    reached = 0
    idle = 0
    position = { ...startOf(list.counting), width: position.width }
  }

  const findPage = async (): Promise<CountedPage> => {
    for (;;) {
      const page = await nextPage(list, position)
      if (page) return page
      if (isAtToken) throw tokenStale('the records before it are not found')
      loseEdge()
    }
  }

  const loseEdge = (): void => {
    search = undefined
    fallBack()
    readAgain()
  }

  const fallBack = (): void => {
    if (!list.counting.fallback) return
    list = { ...list, counting: list.counting.fallback }
    furthest = 0
  }

  /** A first page of another size says that the service chooses the sizes itself: pages are counted as they come. */
  const countedAs = (page: CountedPage): CountedPage => {
    const isOtherSize = position.trail.length === 0 && !page.isLast && page.keys.length !== paged.pageSize
    if (!list.counting.fallback || !isOtherSize) return page
    fallBack()
    return { ...page, at: list.counting.first }
  }

  const advance = (page: CountedPage): void => {
    const { length } = page.keys
    const width = Math.max(position.width, length)
    const { countsRecords } = list.counting
    const shift = shiftOf(position.trail, page, countsRecords ? 1 : width)
    grownBy += Math.max(0, shift)
    position = {
      following: countsRecords ? page.at + length : page.at + 1,
      edgeAt: length === 0 ? position.edgeAt : page.at,
      width,
      isShort: length < (page.size ?? (position.width === 0 ? (paged.pageSize ?? 0) : width)),
      trail: extendTrail(position.trail, page, shift, Math.max(fewestInTrail, 2 * width)),
    }
  }

  const endOf = ({ at, keys }: CountedPage): number => (list.counting.countsRecords ? at + keys.length : at + 1)

  const watchEnd = (page: CountedPage, furthestBefore: number): void => {
    const isStalled = fresh.waiting() === 0 && endOf(page) > furthestBefore
    stalls = isStalled ? stalls + 1 : 0
    idle = position.following > reached ? 0 : idle + 1
    reached = Math.max(reached, position.following)
    if (idle > mostIdle) loseEdge()
    if (stalls > mostStalls) throw pagingLoop(path, 'it gives the same page a second time')
    if (fresh.count() >= maxPages * Math.max(1, position.width))
      throw pagingLoop(path, `it has more than ${maxPages} pages`)
  }

  /** Whether all that came in is found, also what came in since the end of the list was looked at. */
  const hasFoundAll = async (sought: Search): Promise<boolean> => {
    const isFound = (): boolean => fresh.count() - sought.from >= sought.wanted + grownBy
    if (!isFound()) return false
    const before = fresh.count()
    const shift = await edgeShift(list, sought.end)
    sought.wanted += Math.max(0, (shift ?? Number.POSITIVE_INFINITY) - sought.shift)
    sought.shift = shift ?? 0
    // What is new at the end has not come in before it.
    sought.from += fresh.count() - before
    return isFound()
  }

  /** Whether the walk is over; where it is not, the position says how it goes on. */
  const isOver = async (page: CountedPage): Promise<boolean> => {
    if (search && (await hasFoundAll(search))) return true
    if (!page.isLast) return false
    // A whole reading that finds nothing new agrees with the one before.
    if (grownBy === 0 || search?.from === fresh.count()) return true
    search = { wanted: resumed ? Number.POSITIVE_INFINITY : grownBy, from: fresh.count(), end: position, shift: 0 }
    readAgain()
    return false
  }

  const tokenNow = (): string => {
    const hasGrown = search !== undefined || grownBy > 0
    return writeToken({ position, hasGrown, countsRecords: list.counting.countsRecords })
  }

  return async (): Promise<Omit<AnswerPage, 'number'>> => {
    const furthestBefore = furthest
    const page = countedAs(await findPage())
    isAtToken = false
    advance(page)
    if (!page.isLast) watchEnd(page, furthestBefore)
    const next = (await isOver(page)) ? {} : { next: tokenNow() }
    const { serverTime, total } = page
    return {
      records: fresh.take(),
      ...next,
      ...(serverTime !== undefined && { serverTime }),
      ...(total !== undefined && { total }),
    }
  }
}

/** A resumed walk goes on counting as it did. */
function listFor(resumed: CountedPlace | undefined, list: CountedList): CountedList {
  const { fallback, countsRecords } = list.counting
  return resumed && fallback && resumed.countsRecords !== countsRecords ? { ...list, counting: fallback } : list
}

function startOf({ first }: Counting): ListPosition {
  return { following: first, edgeAt: first, width: 0, isShort: false, trail: [] }
}

function keepsShifting(path: string): AppError {
  return new AppError({
    kind: 'transient',
    code: 'list-keeps-shifting',
    message: `The list ${path} changes faster than it can be read: records come, go or move between two of its pages.`,
    kept: 'What was read so far is kept. The list does not count as read, so nothing is taken for missing.',
    next: 'Run again when less is being changed there. If it happens every time, let the connection ask for the list in a fixed order (by id), or with a cursor, where the service has one.',
    details: { asked: path, readings: mostReadings + 1 },
  })
}

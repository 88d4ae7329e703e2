/** Lists that are paged by counting: the number of records to skip, or the number of the page. */
import { valueAt } from './body-path.ts'
import type { Counting, PageRequest } from './counted-pages.ts'
import { walkCounted } from './counted-walk.ts'
import type { ListAnswer, PagedRequest } from './list-request.ts'
import type { Pages } from './paging.ts'
import { pageCovering, pageFrom, type SizedPage } from './sized-pages.ts'

export interface CountedOptions {
  readonly parameter: string
  /**
   * A page shorter than asked for is the last. Only for services that never give less than asked before the end;
   * otherwise the walk ends at the total or at an empty page, which costs up to three requests more and loses nothing.
   */
  readonly endsOnShortPage?: boolean | undefined
}

/** The number of records to skip. Counts what really came, so a service that gives fewer than asked loses nothing. */
export function offsetPages(paged: PagedRequest, options: CountedOptions): Pages {
  const pageFrom = (at: number): PageRequest => ({ at, query: { [options.parameter]: at } })
  return walkCounted(paged, {
    first: 0,
    countsRecords: true,
    pageFrom,
    pageCovering: pageFrom,
    isLast: ({ at }, answer) => {
      const { records, total } = answer
      return isLastByLength(paged.pageSize, options, answer) || (total !== undefined && at + records.length >= total)
    },
  })
}

export interface NumberedOptions extends CountedOptions {
  /** Number of the first page, 0 or 1. */
  readonly first: number
  readonly pagesAt?: string | undefined
}

/** The number of the page. Where sizes can be asked for, those are asked for that make pages overlap. */
export function numberedPages(paged: PagedRequest, options: NumberedOptions): Pages {
  const { pageSize = 0, sizeParameter } = paged
  const isSized = sizeParameter !== undefined && pageSize >= smallestOverlapping
  return walkCounted(paged, isSized ? overlapping(options, sizeParameter, pageSize) : numbered(paged, options))
}

/** Of smaller pages too much would be overlap. */
const smallestOverlapping = 10

function numbered({ pageSize }: Pick<PagedRequest, 'pageSize'>, options: NumberedOptions): Counting {
  const { parameter, first } = options
  const pageFrom = (at: number): PageRequest => ({ at, query: { [parameter]: at } })
  return {
    first,
    countsRecords: false,
    pageFrom,
    pageCovering: pageFrom,
    isLast: ({ at }, answer) => isLastNumbered(at - first, answer, { ...options, pageSize }),
  }
}

function overlapping(options: NumberedOptions, sizeParameter: string, most: number): Counting {
  const { parameter, first } = options
  const asked = ({ number, size, start }: SizedPage): PageRequest => ({
    at: start,
    size,
    query: { [parameter]: first + number, [sizeParameter]: size },
  })
  return {
    first: 0,
    countsRecords: true,
    pageFrom: (at) => asked(pageFrom(at, most)),
    pageCovering: (at, reach) => asked(pageCovering(at, { reach, most })),
    isLast: ({ at, size = most }, answer) => isLastNumbered(at / size, answer, { ...options, pageSize: size }),
    fallback: numbered({ pageSize: most }, options),
  }
}

/** `number` is the number of the page, from 0. */
function isLastNumbered(
  number: number,
  answer: ListAnswer,
  options: NumberedOptions & Pick<PagedRequest, 'pageSize'>,
): boolean {
  const pages = options.pagesAt === undefined ? undefined : valueAt(answer.body, options.pagesAt)
  if (typeof pages === 'number') return number + 1 >= pages
  return isLastByLength(options.pageSize, options, answer)
}

function isLastByLength(pageSize: number | undefined, options: CountedOptions, { records }: ListAnswer): boolean {
  if (records.length === 0) return true
  return options.endsOnShortPage === true && pageSize !== undefined && records.length < pageSize
}

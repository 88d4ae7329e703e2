/**
 * Pages by number that overlap nevertheless: page 2 of size 99 begins one record before page 2 of size 100. For any
 * place in the list there is a size not far below the largest one whose page begins shortly before it.
 */

/** A page by its number, from 0, and its size; `start` is the number of records before it. */
export interface SizedPage {
  readonly number: number
  readonly size: number
  readonly start: number
}

/** The page that holds record `at` (from 0), begins at most `reach` records before it, and ends last. */
export function pageCovering(at: number, { reach, most }: { reach: number; most: number }): SizedPage {
  let best: SizedPage = { number: at, size: 1, start: at }
  for (let size = 2; size <= most; size += 1) {
    const number = Math.floor(at / size)
    const start = number * size
    if (at - start <= reach && start + size > best.start + best.size) best = { number, size, start }
  }
  return best
}

/** The largest page that begins exactly with record `at`. */
export function pageFrom(at: number, most: number): SizedPage {
  let size = most
  while (at % size !== 0) size -= 1
  return { number: at / size, size, start: at }
}

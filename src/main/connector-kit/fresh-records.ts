/** Which records of a counted list have been given out: answers overlap, and lists are read again. */
import type { Json } from '#shared/json.ts'

export interface FreshRecords {
  /** Takes in an answer. With `isBeforeToken`, what stands before the records of the token counts as given out. */
  readonly see: (page: SeenPage, isBeforeToken: boolean) => void
  /** Records that wait to be given out. */
  readonly waiting: () => number
  /** Gives them out. */
  readonly take: () => readonly Json[]
  /** How many different ones were seen so far. */
  readonly count: () => number
}

export interface SeenPage {
  readonly records: readonly Json[]
  readonly keys: readonly string[]
}

/** `known`: keys of a token, of records that were given out before. About 100 bytes of memory for each record that is seen. */
export function makeFreshRecords(known: readonly string[]): FreshRecords {
  const atToken = new Set(known)
  const seen = new Set(known)
  let fresh: Json[] = []
  return {
    see: ({ records, keys }, isBeforeToken) => {
      const first = isBeforeToken ? keys.findIndex((key) => atToken.has(key)) : 0
      for (const [index, record] of records.entries()) {
        const key = keys[index] ?? ''
        if (index < first || seen.has(key)) continue
        seen.add(key)
        fresh.push(record)
      }
    },
    waiting: () => fresh.length,
    take: () => {
      const given = fresh
      fresh = []
      return given
    },
    count: () => seen.size,
  }
}

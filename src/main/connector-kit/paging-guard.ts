/** Notices a list that never ends: a token or a page that comes back, or more pages than any list has. */
import { createHash } from 'node:crypto'
import { AppError } from '#shared/errors.ts'
import type { Json } from '#shared/json.ts'

export interface GuardOptions {
  readonly path: string
  /** The token a resumed walk starts from. */
  readonly firstToken?: string | undefined
  readonly maxPages?: number | undefined
}

export interface GuardedPage {
  /** 1 for the first page of the walk. */
  readonly number: number
  readonly next: string | undefined
  readonly records: readonly Json[]
}

export interface LoopGuard {
  readonly check: (page: GuardedPage) => void
}

/** One guard per walk; `check` throws AppError (data, `paging-loop`). */
export function makeLoopGuard({ path, firstToken, maxPages = 100_000 }: GuardOptions): LoopGuard {
  const tokens = new Set(firstToken === undefined ? [] : [firstToken])
  const prints = new Set<string>()
  return {
    check: ({ number, next, records }) => {
      if (next !== undefined && tokens.has(next)) throw pagingLoop(path, 'it gives a page token a second time')
      if (next !== undefined) tokens.add(next)
      if (number >= maxPages && next !== undefined) throw pagingLoop(path, `it has more than ${maxPages} pages`)
      if (records.length === 0) return
      const print = fingerprint(records)
      if (prints.has(print)) throw pagingLoop(path, 'it gives the same page a second time')
      prints.add(print)
    },
  }
}

/** First record, last record and number: two pages that agree in all three are the same page. */
function fingerprint(records: readonly Json[]): string {
  const text = `${records.length} ${JSON.stringify(records[0])} ${JSON.stringify(records.at(-1))}`
  return createHash('sha1').update(text).digest('base64')
}

/** A list that would be read for ever. */
export function pagingLoop(path: string, why: string): AppError {
  return new AppError({
    kind: 'data',
    code: 'paging-loop',
    message: `The list ${path} does not come to an end: ${why}.`,
    kept: 'Nothing was changed; what was read so far is kept.',
    next: 'Check the paging in the settings of the connection. If it fits, report this to the service.',
    details: { asked: path, why },
  })
}

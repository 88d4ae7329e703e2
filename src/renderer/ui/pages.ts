/** Where a reader stands in a keyset-paged list: the seq before each page that was opened, the current one last. */
import { useState } from 'react'

export const pageSize = 50

export interface Pages {
  readonly afterSeq: number
  readonly hasEarlier: boolean
  /** Number of the first record on the page, counted from 1. */
  readonly firstNumber: number
  readonly goOn: (next: number) => void
  readonly goBack: () => void
}

/** Starts again at the first page whenever `about` (filter, search) changes. */
export function usePages(about: string): Pages {
  const [state, setState] = useState<{ readonly about: string; readonly starts: readonly number[] }>({
    about,
    starts: [0],
  })
  const starts = state.about === about ? state.starts : [0]
  return {
    afterSeq: starts.at(-1) ?? 0,
    hasEarlier: starts.length > 1,
    firstNumber: (starts.length - 1) * pageSize + 1,
    goOn: (next) => setState({ about, starts: [...starts, next] }),
    goBack: () => setState({ about, starts: starts.length > 1 ? starts.slice(0, -1) : starts }),
  }
}

/** Long lists: keyset pages that are asked when they come into view; only those in view stay observed. */
import { type UseQueryResult, useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import type { Input, Output } from '#shared/contract/contract.ts'
import type { AppError } from '#shared/errors.ts'
import { answerOptions } from './session-queries.ts'

export const pageSize = 100

/** Rows before the end at which the next page is asked. */
const aheadRows = 40

/** The procedures that answer in pages. */
type Paged = 'runs.records' | 'plans.items'

export interface PageOf<Item> {
  readonly items: readonly Item[]
  /** Where the next page starts; null at the end. */
  readonly next: number | null
}

export interface LongAnswer<Item> {
  /** Undefined until the first page is there. */
  readonly data: LongList<Item> | undefined
  readonly error: AppError | null
  readonly refetch: () => void
}

export interface LongList<Item> {
  /** Rows known so far; more come as the end comes into view. */
  readonly count: number
  readonly hasMore: boolean
  /** Undefined while its page is on its way. */
  readonly rowAt: (index: number) => Item | undefined
  readonly onVisible: (firstIndex: number, lastIndex: number) => void
}

interface Position {
  /** What the list is about: with another filter it starts anew. */
  readonly about: string
  /** Where each page known so far starts. */
  readonly starts: readonly number[]
  readonly firstPage: number
  readonly lastPage: number
}

export function useLongAnswer<N extends Paged, Item>(
  name: N,
  input: Omit<Input<N>, 'afterSeq' | 'limit'>,
  pageOf: (output: Output<N>) => PageOf<Item>,
): LongAnswer<Item> {
  const about = JSON.stringify([name, input])
  const [kept, setPosition] = useState<Position>(() => startOf(about))
  const position = kept.about === about ? kept : startOf(about)
  const last = position.starts.length - 1
  const wanted = wantedPages(position)
  const answers: readonly UseQueryResult<Output<N>, AppError>[] = useQueries({
    queries: wanted.map((page) =>
      answerOptions(name, { ...input, afterSeq: position.starts[page], limit: pageSize } as unknown as Input<N>),
    ),
  })
  const pages = new Map(wanted.map((page, at) => [page, readPage(answers[at], pageOf)]))
  const end = pages.get(last)
  const count = last * pageSize + (end?.items.length ?? 0)
  const onVisible = (firstIndex: number, lastIndex: number): void => {
    const next = move(position, { firstIndex, lastIndex, count, next: end?.next ?? null })
    if (next !== position) setPosition(next)
  }
  const rowAt = (index: number): Item | undefined => pages.get(Math.floor(index / pageSize))?.items[index % pageSize]
  return {
    data: end || last > 0 ? { count, hasMore: end?.next !== null, rowAt, onVisible } : undefined,
    error: answers.find((answer) => answer.error)?.error ?? null,
    refetch: () => void Promise.all(answers.map((answer) => answer.refetch())),
  }
}

function startOf(about: string): Position {
  return { about, starts: [0], firstPage: 0, lastPage: 0 }
}

/** Pages in view, and the last one: it says whether there are more. */
function wantedPages({ starts, firstPage, lastPage }: Position): readonly number[] {
  const inView = Array.from({ length: lastPage - firstPage + 1 }, (_, at) => firstPage + at)
  return [...new Set([...inView, starts.length - 1])].filter((page) => page < starts.length)
}

function readPage<N extends Paged, Item>(
  answer: UseQueryResult<Output<N>, AppError> | undefined,
  pageOf: (output: Output<N>) => PageOf<Item>,
): PageOf<Item> | undefined {
  return answer?.data === undefined ? undefined : pageOf(answer.data)
}

interface Sight {
  readonly firstIndex: number
  readonly lastIndex: number
  readonly count: number
  readonly next: number | null
}

/** The position after scrolling; the same object where nothing changes. */
function move(position: Position, { firstIndex, lastIndex, count, next }: Sight): Position {
  const isNearEnd = next !== null && lastIndex >= count - aheadRows
  const starts = isNearEnd ? [...position.starts, next] : position.starts
  const firstPage = Math.floor(firstIndex / pageSize)
  const lastPage = Math.min(Math.floor(lastIndex / pageSize), starts.length - 1)
  const isSame = !isNearEnd && firstPage === position.firstPage && lastPage === position.lastPage
  return isSame ? position : { about: position.about, starts, firstPage, lastPage }
}

/** A list of any length: only what is in view is drawn, and the page scrolls as if all of it were there. */
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import classes from './long-list.module.css'
import { text } from './text.ts'

export interface LongListProps {
  readonly label: string
  readonly count: number
  readonly hasMore: boolean
  /** A height that is about right; rows are measured when they are drawn. */
  readonly estimatePx: number
  readonly onVisible: (firstIndex: number, lastIndex: number) => void
  /** Null: not there yet. */
  readonly row: (index: number) => ReactNode
}

/** Rows drawn beyond the edges, so that scrolling and tabbing never meet a gap. */
const beyondEdges = 8

export function LongList({ label, count, hasMore, estimatePx, onVisible, row }: LongListProps) {
  const list = useRef<HTMLUListElement>(null)
  const scrollMargin = useTopOf(list)
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => estimatePx,
    overscan: beyondEdges,
    scrollMargin,
  })
  const items = virtualizer.getVirtualItems()
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0]
  // biome-ignore lint/correctness/useExhaustiveDependencies: told about rows in view, not about every drawing
  useEffect(() => onVisible(first, last), [first, last, count, hasMore])
  return (
    <>
      <ul ref={list} className={classes.list} aria-label={label} style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index, key, start }) => (
          <li
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            className={classes.row}
            aria-setsize={hasMore ? -1 : count}
            aria-posinset={index + 1}
            style={{ transform: `translateY(${start - scrollMargin}px)` }}
          >
            {row(index) ?? <span className={classes.waiting} style={{ height: estimatePx }} />}
          </li>
        ))}
      </ul>
      {hasMore && (
        <p className={classes.more} role="status">
          {text.loading} …
        </p>
      )}
    </>
  )
}

/** Where the list begins on the page, in pixels; what stands above it may grow and shrink. */
function useTopOf(list: React.RefObject<HTMLElement | null>): number {
  const [topPx, setTopPx] = useState(0)
  useLayoutEffect(() => {
    const rect = list.current?.getBoundingClientRect()
    if (rect) setTopPx(Math.round(rect.top + window.scrollY))
  })
  return topPx
}

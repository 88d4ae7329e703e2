/** Walks through a long list page by page: only one page is ever in the window. */
import { Button } from '@mantine/core'
import { formatCount } from './format.ts'
import classes from './pager.module.css'
import type { Pages } from './pages.ts'
import { text } from './text.ts'

export interface PagerProps {
  readonly pages: Pages
  readonly shown: number
  readonly next: number | null
  /** How many there are in all; null where nobody counts them. */
  readonly total: number | null
}

export function Pager({ pages, shown, next, total }: PagerProps) {
  if (!pages.hasEarlier && next === null) return null
  const from = formatCount(pages.firstNumber)
  const to = formatCount(pages.firstNumber + shown - 1)
  return (
    <nav className={classes.pager} aria-label={text.pager.label}>
      <Button variant="default" size="sm" disabled={!pages.hasEarlier} onClick={pages.goBack}>
        {text.pager.earlier}
      </Button>
      <span className={classes.place} role="status">
        {total === null ? text.pager.part(from, to) : text.pager.of(from, to, formatCount(total))}
      </span>
      <Button variant="default" size="sm" disabled={next === null} onClick={() => next !== null && pages.goOn(next)}>
        {text.pager.later}
      </Button>
    </nav>
  )
}

/** A list of things that lead somewhere: name, a line below it, marks and facts at the right. The whole row is the link. */
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Icon } from './icons.tsx'
import classes from './row-list.module.css'

export interface RowItem {
  readonly id: string
  readonly href: string
  readonly title: string
  readonly line: ReactNode
  readonly marks: ReactNode
  readonly facts?: ReactNode
}

export function RowList({ items, label }: { readonly items: readonly RowItem[]; readonly label: string }) {
  return (
    <ul className={classes.list} aria-label={label}>
      {items.map((item) => (
        <li key={item.id} className={classes.row}>
          <div className={classes.words}>
            <Link href={item.href} className={classes.link} dir="auto">
              {item.title}
            </Link>
            <div className={classes.line}>{item.line}</div>
          </div>
          <div className={classes.marks}>{item.marks}</div>
          {item.facts && <div className={classes.facts}>{item.facts}</div>}
          <span className={classes.chevron}>
            <Icon name="next" size={18} />
          </span>
        </li>
      ))}
    </ul>
  )
}

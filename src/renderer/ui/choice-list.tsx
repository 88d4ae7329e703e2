/** Big choices that lead on: a title and a sentence each. */
import type { ReactNode } from 'react'
import classes from './choice-list.module.css'
import { Icon } from './icons.tsx'

export interface Choice {
  readonly id: string
  readonly title: string
  readonly words: string
  /** Wraps the whole choice into its link. */
  readonly link: (children: ReactNode) => ReactNode
}

export function ChoiceList({ items, label }: { readonly items: readonly Choice[]; readonly label: string }) {
  return (
    <ul className={classes.list} aria-label={label}>
      {items.map((item) => (
        <li key={item.id} className={classes.choice}>
          {item.link(
            <>
              <span className={classes.words}>
                <span className={classes.title}>{item.title}</span>
                <span className={classes.text}>{item.words}</span>
              </span>
              <Icon name="next" size={18} />
            </>,
          )}
        </li>
      ))}
    </ul>
  )
}

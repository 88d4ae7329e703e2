/** A quiet surface with an optional heading and something at its right edge. */
import { type ReactNode, useId } from 'react'
import classes from './card.module.css'

export interface CardProps {
  readonly title?: string
  readonly hint?: string
  readonly aside?: ReactNode
  /** No inner space: for lists that bring their own. */
  readonly isFlush?: boolean
  readonly children: ReactNode
}

export function Card({ title, hint, aside, isFlush = false, children }: CardProps) {
  const id = useId()
  return (
    <section className={classes.card} aria-labelledby={title ? id : undefined}>
      {title && (
        <div className={classes.head}>
          <div>
            <h2 id={id} className={classes.title}>
              {title}
            </h2>
            {hint && <p className={classes.hint}>{hint}</p>}
          </div>
          {aside}
        </div>
      )}
      <div className={isFlush ? classes.flush : classes.body}>{children}</div>
    </section>
  )
}

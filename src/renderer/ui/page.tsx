/** The frame of a screen: title (focused on arrival, for screen readers), a line below it, actions, content. */
import { type ReactNode, useEffect, useRef } from 'react'
import { Link } from 'wouter'
import { Icon } from './icons.tsx'
import classes from './page.module.css'
import { text } from './text.ts'

export interface PageProps {
  readonly title: string
  readonly lead?: ReactNode
  readonly marks?: ReactNode
  readonly actions?: ReactNode
  readonly parent?: { readonly href: string; readonly label: string }
  readonly children: ReactNode
}

export function Page({ title, lead, marks, actions, parent, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Patchbay`
  }, [title])
  useEffect(() => {
    window.scrollTo(0, 0)
    heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div className={classes.words}>
          {parent && (
            <nav aria-label={text.crumbs}>
              <Link href={parent.href} className={classes.parent}>
                <Icon name="back" size={15} />
                {parent.label}
              </Link>
            </nav>
          )}
          <div className={classes.titleLine}>
            <h1 ref={heading} tabIndex={-1} className={classes.title} dir="auto">
              {title}
            </h1>
            {marks}
          </div>
          {lead && <div className={classes.lead}>{lead}</div>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

/** Something a person should know, with an optional next step. */
import type { ReactNode } from 'react'
import { Icon } from './icons.tsx'
import classes from './notice.module.css'
import type { Tone } from './tone.ts'

export interface NoticeProps {
  readonly tone: Tone
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
  readonly isLive?: boolean
}

export function Notice({ tone, title, children, action, isLive = false }: NoticeProps) {
  return (
    <div className={classes.notice} data-tone={tone} role={isLive ? 'status' : undefined}>
      <span className={classes.icon}>
        <Icon name={tone} size={22} />
      </span>
      <div className={classes.words}>
        <p className={classes.title}>{title}</p>
        {children && <div className={classes.text}>{children}</div>}
      </div>
      {action && <div className={classes.action}>{action}</div>}
    </div>
  )
}

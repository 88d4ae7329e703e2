/** An error in words: what happened, what is safe, what to do next; the technical part folded away and copyable. */
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import type { ErrorInfo } from '#shared/errors.ts'
import classes from './error-notice.module.css'
import { type ErrorView, errorView } from './error-view.ts'
import { Icon } from './icons.tsx'
import { text } from './text.ts'

export interface ErrorNoticeProps {
  readonly error: ErrorInfo
  readonly onRetry?: () => void
}

export function ErrorNotice({ error, onRetry }: ErrorNoticeProps) {
  const view = errorView(error)
  return (
    <div className={classes.notice} role="alert">
      <span className={classes.icon}>
        <Icon name="bad" size={22} />
      </span>
      <div className={classes.words}>
        <p className={classes.happened}>{view.happened}</p>
        {view.kept && (
          <p>
            <b>{text.error.kept}:</b> {view.kept}
          </p>
        )}
        {view.next && (
          <p>
            <b>{text.error.next}:</b> {view.next}
          </p>
        )}
        {view.link && (
          <Button component={Link} href={view.link.href} size="sm" mt="xs" mr="xs">
            {view.link.label}
          </Button>
        )}
        {onRetry && (
          <Button variant="default" size="sm" mt="xs" onClick={onRetry}>
            {text.error.again}
          </Button>
        )}
        <Details view={view} />
      </div>
    </div>
  )
}

function Details({ view }: { readonly view: ErrorView }) {
  const [isCopied, setCopied] = useState(false)
  const copy = (): void => {
    const lines = view.details.map(({ name, value }) => `${name}: ${value}`)
    void navigator.clipboard.writeText([view.happened, ...lines].join('\n')).then(() => setCopied(true))
  }
  return (
    <details className={classes.details}>
      <summary>{text.error.details}</summary>
      <dl>
        {view.details.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Button variant="default" size="compact-sm" onClick={copy}>
        {isCopied ? text.error.copied : text.error.copy}
      </Button>
    </details>
  )
}

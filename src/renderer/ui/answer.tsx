/** The four states of anything asked from the core: loading, failed, and what the caller draws for empty and ready. */
import type { ReactNode } from 'react'
import type { AppError } from '#shared/errors.ts'
import classes from './answer.module.css'
import { ErrorNotice } from './error-notice.tsx'
import { text } from './text.ts'

export interface Asked<Value> {
  readonly data: Value | undefined
  readonly error: AppError | null
  readonly refetch: () => unknown
}

export interface AnswerProps<Value> {
  readonly of: Asked<Value>
  /** How many grey lines stand where the answer will be. */
  readonly lines?: number
  readonly children: (value: Value) => ReactNode
}

/** An answer that is there stays, even when asking again has failed. */
export function Answer<Value>({ of, lines = 3, children }: AnswerProps<Value>) {
  if (of.data !== undefined) return children(of.data)
  if (of.error) return <ErrorNotice error={of.error.info} onRetry={() => void of.refetch()} />
  return <Waiting lines={lines} />
}

export function Waiting({ lines }: { readonly lines: number }) {
  return (
    <div className={classes.waiting} role="status" aria-label={text.loading}>
      {Array.from({ length: lines }, (_, index) => (
        // Lines never move: their place is their identity.
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed number of equal lines
        <span key={index} className={classes.line} />
      ))}
    </div>
  )
}

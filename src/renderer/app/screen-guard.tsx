/** Catches a screen that fails while it is drawn: the frame stays, and the person is told what is safe. */
import { Component, type ReactNode } from 'react'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { text } from './text.ts'

interface ScreenGuardProps {
  /** A new address clears the error. */
  readonly address: string
  readonly children: ReactNode
}

interface ScreenGuardState {
  readonly failure: string | null
  readonly address: string
}

export class ScreenGuard extends Component<ScreenGuardProps, ScreenGuardState> {
  override state: ScreenGuardState = { failure: null, address: this.props.address }

  static getDerivedStateFromError(thrown: unknown): Partial<ScreenGuardState> {
    return { failure: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown) }
  }

  static getDerivedStateFromProps(props: ScreenGuardProps, state: ScreenGuardState): ScreenGuardState | null {
    return props.address === state.address ? null : { failure: null, address: props.address }
  }

  override render(): ReactNode {
    const { failure } = this.state
    if (failure === null) return this.props.children
    const { message, kept, next } = text.crash
    const error = {
      kind: 'bug',
      code: 'screen-failed',
      message,
      kept,
      next,
      details: { technical: failure.slice(0, 500) },
    } as const
    return <ErrorNotice error={error} onRetry={() => this.setState({ failure: null })} />
  }
}

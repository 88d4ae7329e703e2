/** What the core implements: one function per procedure. A missing one does not compile. */
import type { Output, ParsedInput, ProcedureName } from './contract.ts'

export interface CallContext {
  /** Aborts when the caller is gone or the time is up. */
  readonly signal: AbortSignal
  /** Whether the procedure may lead to writes at a service (its effect is 'remote-write'). Set by the dispatch. */
  readonly isRemoteWrite?: boolean
}

export type Handler<N extends ProcedureName> = (
  input: ParsedInput<N>,
  context: CallContext,
) => Output<N> | Promise<Output<N>>

export type HandlersOf<Names extends ProcedureName> = { readonly [N in Names]: Handler<N> }

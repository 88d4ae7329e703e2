/** The whole contract between core and renderer. A new procedure stands in its feature's file; a new feature adds one line here. */
import type { z } from 'zod'
import type { ErrorInfo } from '../errors.ts'
import { attentionContract } from './attention.ts'
import { connectionsContract } from './connections.ts'
import { historyContract } from './history.ts'
import { integrationsContract } from './integrations.ts'
import { mappingContract } from './mapping.ts'
import { runsContract } from './runs.ts'
import { schedulesContract } from './schedules.ts'
import { systemContract } from './system.ts'

export const contract = {
  ...systemContract,
  ...connectionsContract,
  ...integrationsContract,
  ...mappingContract,
  ...runsContract,
  ...schedulesContract,
  ...attentionContract,
  ...historyContract,
} as const

export type ProcedureName = keyof typeof contract

/** What a caller passes: fields with defaults may be left out. */
export type Input<N extends ProcedureName> = z.input<(typeof contract)[N]['input']>
/** What a handler receives: parsed, defaults filled in. */
export type ParsedInput<N extends ProcedureName> = z.output<(typeof contract)[N]['input']>
export type Output<N extends ProcedureName> = z.output<(typeof contract)[N]['output']>

/** Every answer of every transport. */
export type Envelope<Value = unknown> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: ErrorInfo }

/** What the renderer and the command line call. Rejects with AppError, revived from the envelope. */
export interface Client {
  readonly call: <N extends ProcedureName>(name: N, input: Input<N>) => Promise<Output<N>>
}

/** What a procedure of the contract is: zod in, zod out, and what calling it can change. */
import { z } from 'zod'

/** `read` changes nothing, `local` changes this PC, `remote-write` may lead to writes at a service. */
export type Effect = 'read' | 'local' | 'remote-write'

export interface Procedure<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly input: Input
  readonly output: Output
  readonly effect: Effect
  /** How long an answer may take; longer work is started here and followed by events. */
  readonly timeoutMs?: number
  /** How large the input may be as JSON; default 1 MB. */
  readonly maxInputBytes?: number
}

export function procedure<Input extends z.ZodType, Output extends z.ZodType>(
  parts: Procedure<Input, Output>,
): Procedure<Input, Output> {
  return parts
}

export const nothing = z.strictObject({})

/** Keyset paging: rows after `afterSeq`, at most `limit`. */
export const pageInput = { afterSeq: z.int().nonnegative().default(0), limit: z.int().min(1).max(500).default(100) }

/** Causes in words. Pure. */
import { fieldLabel } from '#renderer/ui/value-view.ts'
import type { Output } from '#shared/contract/contract.ts'
import { text } from './text.ts'

export type Cause = Output<'runs.causes'>['causes'][number]

export interface CauseWords {
  /** The field it is about; undefined where it is about the whole record. */
  readonly what: string | undefined
  /** The words of one of the records. */
  readonly example: string
  readonly next: string | undefined
}

export function causeWords({ field, count, example }: Cause): CauseWords {
  return {
    what: field === null ? undefined : fieldLabel(field),
    example: count === 1 ? example.message : text.causes.example(example.message),
    next: example.next,
  }
}

export function isSameCause(a: Cause, b: Cause): boolean {
  return a.outcome === b.outcome && a.code === b.code && a.field === b.field
}

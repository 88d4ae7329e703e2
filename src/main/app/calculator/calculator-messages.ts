/** What the calculator and its worker say to each other. Results come one by one, so that a hanging item is known. */
import type { Answer } from '#shared/mapping/evaluate-types.ts'
import type { Value } from '#shared/model/value.ts'

export interface Calculation {
  /** A JSONata expression. */
  readonly expression: string
  readonly input: Value
}

/** To the worker: calculate these, in this order. */
export interface CalculateMessage {
  readonly items: readonly Calculation[]
}

/** From the worker. */
export type WorkerMessage = { readonly kind: 'ready' } | { readonly kind: 'answer'; readonly answer: Answer }

export interface CalculatorWorkerData {
  /** JSONata's own limits; they stop most endless calculations without losing the worker. */
  readonly timeoutMs: number
}

export function tookTooLong(limitMs: number): string {
  return `the calculation took longer than ${limitMs / 1000} s`
}

/**
 * What the engine and the preview see of a compiled mapping. Evaluation is pure and synchronous: whatever must be
 * asked elsewhere (a link, another connection, an expression in its killable worker) comes back as a question;
 * the caller gathers the answers for a page of records at once and evaluates those records again.
 */
import type { DataIssue } from '../model/issue.ts'
import type { Value, Values } from '../model/value.ts'

/** When a row's value is written to an existing record. Creates always write every value. */
export type WriteRule = 'always' | 'on-create' | 'when-not-empty' | 'fill-empty'

export type Question =
  /** The id at the destination of the record that is linked to this source record. */
  | { readonly kind: 'link'; readonly object: string; readonly externalId: string }
  /** A record of another connection, found by a key (enrichment; cached for the run). */
  | {
      readonly kind: 'record'
      readonly connection: string
      readonly object: string
      readonly by: string
      readonly value: string
    }
  /** An expression over the source record, run in a worker that can be killed. */
  | { readonly kind: 'calculate'; readonly expression: string; readonly input: Value }

export type Answer =
  | { readonly found: true; readonly value: Value }
  | { readonly found: false; readonly reason: string }

export interface MappingEnvironment {
  /** ISO instant: the run's start, the "now" of the mapping. */
  readonly now: string
  /** The answer to a question, or undefined while it has not been asked yet. */
  readonly answer: (question: Question) => Answer | undefined
}

export interface MappedRecord {
  /** Destination values; absent where a row gave nothing. */
  readonly values: Values
  /** What could not be mapped: any of these parks the record. */
  readonly issues: readonly DataIssue[]
  /** Not empty: `values` are not final; answer and evaluate again. */
  readonly questions: readonly Question[]
}

export interface CompiledMapping {
  /** Top-level source fields the mapping reads. */
  readonly sourceFields: readonly string[]
  readonly targetFields: readonly string[]
  readonly writeRuleOf: (targetField: string) => WriteRule
  readonly evaluate: (source: Values, environment: MappingEnvironment) => MappedRecord
}

/** One text per distinct question: the key under which its answer is kept. */
export function questionKey(question: Question): string {
  return JSON.stringify(question)
}

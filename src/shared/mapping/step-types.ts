/** What a compiled step sees and gives, and what compiling a step needs. */

import type { DataIssue } from '../model/issue.ts'
import type { Value, Values } from '../model/value.ts'
import type { MappingEnvironment, Question } from './evaluate-types.ts'
import type { Step, StepOptions } from './schema/step-schema.ts'

/** The value could not be made: an issue was reported or a question is open. Nothing is written for the row. */
export const stopped: unique symbol = Symbol('stopped')
export type Stopped = typeof stopped

/** A value on its way through the steps; undefined means absent. */
export type Flowing = Value | undefined
export type StepResult = Flowing | Stopped

/** The record that is mapped; inside a list, the item, with the record around it. */
export interface Scope {
  record: Values
  readonly parent: Scope | undefined
  /** Path of the list the item stands in ('order_lines'), empty at the top. */
  readonly list: string
  index: number
}

/** The row that is evaluated, for the words of an issue. */
export interface RowPlace {
  readonly to: string
  /** The one source field of the row, if it has exactly one. */
  readonly source: string | undefined
  /** How many '^' the source reaches out of the item. */
  readonly reach: number
}

/** The state of one evaluation. Mutable, lives for one record. */
export interface Evaluation {
  readonly environment: MappingEnvironment
  readonly issues: DataIssue[]
  readonly questions: Question[]
  scope: Scope
  row: RowPlace
}

export type StepFunction = (value: Flowing, evaluation: Evaluation) => StepResult
export type Reader = (scope: Scope) => Flowing

export interface MappingOptions {
  /** Country of phone numbers without +country code, such as 'US'. */
  readonly defaultCountry?: string
  /** IANA zone whose days and clock count where a step names none. */
  readonly zone?: string
  /** What the definition is called in error places. Default: 'mapping'. */
  readonly place?: string
}

/** What a step may use while it is compiled. */
export interface Compiling {
  readonly place: string
  readonly options: MappingOptions
  /** Registers a source field and gives its reader. */
  readonly read: (path: string) => Reader
  readonly compileSteps: (steps: readonly Step[], place: string) => StepFunction
  /** The row's own source fields (calculate hands them to the expression). */
  readonly rowSources: readonly string[]
  readonly rowTo: string
  /** How many records are around this one: 0 at the top, 1 inside items. */
  readonly depth: number
}

export interface StepDefinition<Options> {
  /** One plain sentence without the closing full stop. */
  readonly explain: (options: Options, explainStep: (step: Step) => string) => string
  readonly compile: (options: Options, compiling: Compiling) => StepFunction
  /** true: the step also runs on absent, null; otherwise those pass it untouched. */
  readonly takesNothing?: true
}

export type StepDefinitions<Names extends keyof StepOptions> = { readonly [K in Names]: StepDefinition<StepOptions[K]> }

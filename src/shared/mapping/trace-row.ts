/** What happens to one record in one row, step by step: the preview of the editor. */
import type { DataIssue } from '../model/issue.ts'
import type { Value, Values } from '../model/value.ts'
import { compileMapping } from './compile-mapping.ts'
import { compilingOf, readerOf, type Standing } from './compile-rows.ts'
import { compileSteps, explainStep } from './compile-steps.ts'
import type { MappingEnvironment, Question } from './evaluate-types.ts'
import type { Row } from './schema/mapping-schema.ts'
import { type Evaluation, type Flowing, type MappingOptions, stopped } from './step-types.ts'

export interface StepTrace {
  /** The step in one sentence. */
  readonly step: string
  /** Absent where there is no value. */
  readonly input?: Value
  readonly output?: Value
  /** The step reported an issue or put a question; later steps did not run. */
  readonly isStopped: boolean
}

export interface RowTrace {
  readonly to: string
  readonly input?: Value
  readonly steps: readonly StepTrace[]
  /** The final value, default and condition included. */
  readonly output?: Value
  readonly issues: readonly DataIssue[]
  readonly questions: readonly Question[]
}

export interface Tracing {
  readonly environment: MappingEnvironment
  readonly options?: MappingOptions
}

/** Runs one row over one record and notes every step. Throws as compileMapping does for a mistake in the row. */
export function traceRow(row: Row, source: Values, tracing: Tracing): RowTrace {
  const { environment, options = {} } = tracing
  const mapped = compileMapping([row], options).evaluate(source, environment)
  const standing: Standing = { depth: 0, prefix: '', place: 'mapping[0]', options, register: () => {} }
  const scope = { record: source, parent: undefined, list: '', index: 0 }
  const place = { to: row.to, source: typeof row.from === 'string' ? row.from : undefined, reach: 0 }
  const evaluation: Evaluation = { environment, issues: [], questions: [], scope, row: place }
  const input = inputOf(row, standing, { evaluation, tracing })
  return {
    to: row.to,
    ...optional('input', input),
    steps: traceSteps(row, input, { evaluation, standing }),
    ...optional('output', mapped.values[row.to]),
    issues: mapped.issues,
    questions: mapped.questions,
  }
}

interface InputContext {
  readonly evaluation: Evaluation
  readonly tracing: Tracing
}

/** The value before the first step. */
function inputOf(row: Row, standing: Standing, { evaluation, tracing }: InputContext): Flowing {
  if (typeof row.from === 'string') return readerOf(row.from, standing)(evaluation.scope)
  const { steps: _steps, default: _default, required: _required, when: _when, ...bare } = row
  if (row.from === undefined && row.value === undefined && !row.items && !row.object) return undefined
  const mapped = compileMapping([bare], tracing.options).evaluate(evaluation.scope.record, tracing.environment)
  return mapped.values[row.to]
}

interface StepContext {
  readonly evaluation: Evaluation
  readonly standing: Standing
}

function traceSteps(row: Row, input: Flowing, { evaluation, standing }: StepContext): readonly StepTrace[] {
  const traces: StepTrace[] = []
  const compiling = compilingOf(row, standing)
  let value = input
  for (const [index, step] of (row.steps ?? []).entries()) {
    const result = compileSteps([step], { ...compiling, place: `mapping[0].steps[${index}]` })(value, evaluation)
    const isStopped = result === stopped
    traces.push({
      step: explainStep(step),
      ...optional('input', value),
      ...(isStopped ? {} : optional('output', result)),
      isStopped,
    })
    if (isStopped) break
    value = result
  }
  return traces
}

function optional<Name extends string>(name: Name, value: Flowing): { readonly [K in Name]?: Value } {
  // A computed key loses its name in the type; it is exactly this one.
  return (value === undefined ? {} : { [name]: value }) as { readonly [K in Name]?: Value }
}

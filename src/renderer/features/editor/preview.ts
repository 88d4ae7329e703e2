/**
 * What one row makes of one sample record, with the same code that runs later. Rows and samples are never changed in
 * place, so every result is remembered by their identity: typing in one row works only on that row.
 */
import { errorInfoOf } from '#shared/errors.ts'
import { compileMapping } from '#shared/mapping/compile-mapping.ts'
import {
  type Answer,
  type CompiledMapping,
  type MappingEnvironment,
  type Question,
  questionKey,
} from '#shared/mapping/evaluate-types.ts'
import type { Row } from '#shared/mapping/schema/mapping-schema.ts'
import type { MappingOptions } from '#shared/mapping/step-types.ts'
import { type RowTrace, traceRow } from '#shared/mapping/trace-row.ts'
import type { DataIssue } from '#shared/model/issue.ts'
import type { Value, Values } from '#shared/model/value.ts'

export interface RowPreview {
  /** Absent where the row gives nothing. */
  readonly becomes?: Value
  readonly issues: readonly DataIssue[]
  /** Answers of the core are on their way. */
  readonly isWaiting: boolean
  /** The row itself is wrong, whatever the record: in words, and where in it. */
  readonly mistake?: Mistake
}

export interface Mistake {
  readonly message: string
  /** 'steps.1.replace.pattern' */
  readonly place: string
}

export interface PreviewOptions {
  readonly mapping: MappingOptions
  /** ISO instant. */
  readonly now: string
  readonly answers: ReadonlyMap<string, Answer>
  /** Called for what only the core can answer. */
  readonly ask: (questions: readonly Question[]) => void
}

export interface Preview {
  readonly of: (row: Row, sample: Values) => RowPreview
  /** Step by step; undefined while the row itself is wrong. */
  readonly trace: (row: Row, sample: Values) => RowTrace | undefined
  readonly mistakeOf: (row: Row) => Mistake | undefined
}

interface Compiled {
  readonly mapping?: CompiledMapping
  readonly mistake?: Mistake
  readonly results: WeakMap<Values, RowPreview>
}

/** One per draft options: results of rows live as long as the rows. */
export function createPreview(options: PreviewOptions): Preview {
  const compiled = new WeakMap<Row, Compiled>()
  const environment: MappingEnvironment = {
    now: options.now,
    answer: (question) => options.answers.get(questionKey(question)),
  }

  const compile = (row: Row): Compiled => {
    const known = compiled.get(row)
    if (known) return known
    const made = compileRow(row, options.mapping)
    compiled.set(row, made)
    return made
  }

  const evaluate = ({ mapping, mistake }: Compiled, row: Row, sample: Values): RowPreview => {
    if (!mapping) return { issues: [], isWaiting: false, ...(mistake && { mistake }) }
    const { values, issues, questions } = mapping.evaluate(sample, environment)
    const becomes = values[row.to]
    if (questions.length > 0) options.ask(questions)
    return { issues, isWaiting: questions.length > 0, ...(becomes === undefined ? {} : { becomes }) }
  }

  return {
    of: (row, sample) => {
      const made = compile(row)
      const known = made.results.get(sample)
      if (known && !known.isWaiting) return known
      const result = evaluate(made, row, sample)
      made.results.set(sample, result)
      return result
    },
    trace: (row, sample) =>
      compile(row).mistake ? undefined : traceRow(row, sample, { environment, options: options.mapping }),
    mistakeOf: (row) => compile(row).mistake,
  }
}

function compileRow(row: Row, options: MappingOptions): Compiled {
  try {
    return { mapping: compileMapping([row], options), results: new WeakMap() }
  } catch (thrown) {
    const { message, details } = errorInfoOf(thrown)
    const place = String(details?.place ?? '').replace(/^mapping\[0\]\.?/, '')
    return { mistake: { message, place: place.replaceAll(/\[(\d+)\]/g, '.$1') }, results: new WeakMap() }
  }
}

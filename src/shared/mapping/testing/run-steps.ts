/** For tests: runs steps over one value, as a row would, and gives the value or the code of the first issue. */
import { AppError } from '../../errors.ts'
import type { Value, Values } from '../../model/value.ts'
import { compileMapping } from '../compile-mapping.ts'
import type { MappedRecord, MappingEnvironment } from '../evaluate-types.ts'
import { readMapping } from '../read-mapping.ts'
import type { MappingOptions } from '../step-types.ts'

export const quiet: MappingEnvironment = { now: '2026-03-01T09:00:00.000Z', answer: () => undefined }

export type StepOutcome = { readonly value: Value | undefined } | { readonly issue: string }

export interface StepRun {
  /** Steps as a person writes them. */
  readonly steps: readonly unknown[]
  /** undefined: the source field is absent. */
  readonly value: Value | undefined
  /** Further source fields. */
  readonly record?: Values
  readonly options?: MappingOptions
}

export function runSteps({ steps, value, record = {}, options = {} }: StepRun): StepOutcome {
  const source: Values = value === undefined ? record : { ...record, field: value }
  const mapped = mapRecord([{ to: 'out', from: 'field', steps }], source, options)
  const [issue] = mapped.issues
  return issue ? { issue: issue.code } : { value: mapped.values.out }
}

/** Reads, compiles and evaluates a mapping written by a person. */
export function mapRecord(rows: readonly unknown[], source: Values, options: MappingOptions = {}): MappedRecord {
  return compileMapping(readMapping(rows), options).evaluate(source, quiet)
}

/** The place a wrong mapping is refused at; undefined if it is accepted. */
export function refusedPlace(rows: readonly unknown[], options: MappingOptions = {}): string | undefined {
  try {
    compileMapping(readMapping(rows), options)
    return undefined
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'config' || error.code !== 'mapping-invalid') throw error
    return String(error.info.details?.place)
  }
}

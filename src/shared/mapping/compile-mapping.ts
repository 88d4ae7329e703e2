/** Compiles a mapping once per run into functions that evaluate one record at a time. */
import type { Value, Values } from '../model/value.ts'
import { compileRows } from './compile-rows.ts'
import type { CompiledMapping, MappedRecord, MappingEnvironment, WriteRule } from './evaluate-types.ts'
import { setField } from './field-path.ts'
import { mappingError } from './mapping-error.ts'
import { isZone } from './parse/calendar.ts'
import type { Mapping } from './schema/mapping-schema.ts'
import { type Evaluation, type MappingOptions, stopped } from './step-types.ts'

/**
 * Compiles a mapping. Throws AppError config 'mapping-invalid' with details.place ('mapping[3].steps[1].replace.pattern').
 * Evaluation is pure and never throws on data: what cannot be mapped comes back as issues, what must be asked as questions.
 */
export function compileMapping(mapping: Mapping, options: MappingOptions = {}): CompiledMapping {
  const place = options.place ?? 'mapping'
  if (options.zone !== undefined && !isZone(options.zone))
    throw mappingError(`${place}.zone`, `${options.zone} is not a time zone`)
  const sourceFields = new Set<string>()
  const register = (fields: readonly string[]): void => {
    for (const field of fields) sourceFields.add(field)
  }
  const rows = compileRows(mapping, { depth: 0, prefix: '', place, options, register })
  if (rows.length === 0) throw mappingError(place, 'it has no rows')
  const writeRules = new Map<string, WriteRule>(mapping.map((row) => [row.to, row.write ?? 'always']))

  function evaluate(source: Values, environment: MappingEnvironment): MappedRecord {
    const scope = { record: source, parent: undefined, list: '', index: 0 }
    const evaluation: Evaluation = { environment, issues: [], questions: [], scope, row: noPlace }
    const values: Record<string, Value> = {}
    for (const row of rows) {
      evaluation.row = row.place
      const result = row.produce(evaluation)
      if (result !== undefined && result !== stopped) setField(values, row.to, result)
    }
    return { values, issues: evaluation.issues, questions: evaluation.questions }
  }

  return {
    sourceFields: [...sourceFields],
    targetFields: mapping.map((row) => row.to),
    writeRuleOf: (targetField) => writeRules.get(targetField) ?? 'always',
    evaluate,
  }
}

const noPlace = { to: '', source: undefined, reach: 0 }

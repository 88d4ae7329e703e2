/** Checks the fields of one request against the rules of its object: every problem at once, as real services do. */
import type { Json } from '#shared/json.ts'
import type { FieldProblem } from '../kit/reply.ts'
import { checkField } from './field-checks.ts'
import type { FieldRule, ObjectName, ObjectRule } from './object-rules.ts'

export type FieldValues = Readonly<Record<string, Json>>

export interface Validated {
  /** Every field of the object, in the order of its rules; null where empty. */
  readonly values: FieldValues
  readonly problems: readonly FieldProblem[]
}

export interface ValidateContext {
  /** What is stored now; absent for a new record. */
  readonly current?: FieldValues
  readonly isLive: (object: ObjectName, id: string) => boolean
}

const readOnlyFields = new Set(['id', 'version', 'created_at', 'updated_at', 'archived'])

/** Lays the given fields over what is stored and checks what was given, then the record as a whole. */
export function validate(rule: ObjectRule, given: FieldValues, context: ValidateContext): Validated {
  const problems: FieldProblem[] = unknownFields(rule, given)
  const values: Record<string, Json> = {}
  for (const field of rule.fields) {
    const value = given[field.name]
    if (value === undefined) {
      values[field.name] = context.current?.[field.name] ?? null
      if (!context.current && field.required) problems.push(problem(field.name, 'required', 'must not be empty'))
      continue
    }
    const checked = checkField(field, value)
    if (!checked.ok) problems.push(problem(field.name, checked.code, checked.message))
    else if (isDangling(field, checked.value, context)) {
      problems.push(problem(field.name, 'unknown_reference', `there is no such ${field.refersTo}`))
    }
    values[field.name] = checked.ok ? checked.value : null
  }
  if (problems.length === 0) problems.push(...wholeRecordProblems(rule, values))
  return { values, problems }
}

function isDangling(field: FieldRule, value: Json, context: ValidateContext): boolean {
  if (field.refersTo === undefined || typeof value !== 'string') return false
  // A reference that is stored already may point to a record that has been archived since.
  return value !== context.current?.[field.name] && !context.isLive(field.refersTo, value)
}

function unknownFields(rule: ObjectRule, given: FieldValues): FieldProblem[] {
  const unknown = Object.keys(given).filter((name) => !rule.fields.some((field) => field.name === name))
  return unknown.map((name) =>
    readOnlyFields.has(name)
      ? problem(name, 'read_only', 'cannot be set')
      : problem(name, 'unknown_field', 'is not a field of this object'),
  )
}

function wholeRecordProblems(rule: ObjectRule, values: FieldValues): FieldProblem[] {
  const problems: FieldProblem[] = []
  const oneOf = rule.oneOf
  if (oneOf?.every((name) => values[name] === null)) {
    problems.push(problem(oneOf[0] ?? '', 'required', `one of ${oneOf.join(', ')} must be filled`))
  }
  for (const [first, second] of rule.together ?? []) {
    if ((values[first] === null) === (values[second] === null)) continue
    const missing = values[first] === null ? first : second
    problems.push(problem(missing, 'required', `${first} and ${second} belong together`))
  }
  return problems
}

function problem(field: string, code: string, message: string): FieldProblem {
  return { field, code, message: `${field} ${message}` }
}

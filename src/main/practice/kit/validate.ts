/** Checks the fields of one request against the rules of its object: every problem at once, as real services do. */
import type { Json } from '#shared/json.ts'
import { checkField, type FieldShape } from './field-checks.ts'
import type { FieldProblem } from './reply.ts'

export interface FieldRule<Name extends string> extends FieldShape {
  /** The object whose live records the field may point to. */
  readonly refersTo?: Name
}

/** What one object demands of its records. `Name` are the objects of the service. */
export interface RecordRule<Name extends string> {
  readonly fields: readonly FieldRule<Name>[]
  /** Fields of which at least one must be filled. */
  readonly oneOf?: readonly string[]
  /** Fields that are only valid together. */
  readonly together?: readonly (readonly [string, string])[]
}

export type FieldValues = Readonly<Record<string, Json>>

export interface Validated {
  /** Every field of the object, in the order of its rules; null where empty. */
  readonly values: FieldValues
  readonly problems: readonly FieldProblem[]
}

export interface ValidateContext<Name extends string> {
  /** What is stored now; absent for a new record. */
  readonly current?: FieldValues
  readonly isLive: (object: Name, id: string) => boolean
}

const readOnlyFields = new Set(['id', 'version', 'created_at', 'updated_at', 'archived', 'active'])

/** Lays the given fields over what is stored and checks what was given, then the record as a whole. */
export function validate<Name extends string>(
  rule: RecordRule<Name>,
  given: FieldValues,
  context: ValidateContext<Name>,
): Validated {
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

function isDangling<Name extends string>(field: FieldRule<Name>, value: Json, context: ValidateContext<Name>): boolean {
  if (field.refersTo === undefined || typeof value !== 'string') return false
  // A reference that is stored already may point to a record that has been archived since.
  return value !== context.current?.[field.name] && !context.isLive(field.refersTo, value)
}

function unknownFields(rule: RecordRule<string>, given: FieldValues): FieldProblem[] {
  const unknown = Object.keys(given).filter((name) => !rule.fields.some((field) => field.name === name))
  return unknown.map((name) =>
    readOnlyFields.has(name)
      ? problem(name, 'read_only', 'cannot be set')
      : problem(name, 'unknown_field', 'is not a field of this object'),
  )
}

function wholeRecordProblems(rule: RecordRule<string>, values: FieldValues): FieldProblem[] {
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

export function problem(field: string, code: string, message: string): FieldProblem {
  return { field, code, message: `${field} ${message}` }
}

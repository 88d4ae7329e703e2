/** What a refused write means: the service says it by a code; what has none is left to the kit's error table. */
import type { ErrorInfo } from '#shared/errors.ts'
import { isJsonObject, type JsonObject } from '#shared/json.ts'
import type { WriteReply } from '#shared/model/connected.ts'
import type { WriteOperation } from '#shared/model/object.ts'
import type { HttpReply } from '../../connector-kit/http.ts'
import type { ObjectSpec } from './objects.ts'

export interface Refusal {
  readonly reply: HttpReply
  /** The kit's error for the status. */
  readonly error: ErrorInfo
  readonly operation: WriteOperation
  readonly externalId?: string
}

export function refusedReply(spec: ObjectSpec, { reply, error, operation, externalId }: Refusal): WriteReply {
  const problem = problemOf(reply)
  const field = fieldProblems(problem)[0]?.field
  const at = typeof field === 'string' && field !== '' ? { field } : {}
  switch (problem.code) {
    case 'not_found':
      return goneReply(operation, externalId)
    case 'already_exists':
      return { status: 'rejected', error: alreadyExists(spec, problem, at.field), ...at }
    case 'stale_version':
      return { status: 'rejected', error: staleVersion(problem) }
    case 'inactive':
      return { status: 'rejected', error: conflict('record-inactive', problem, 'Make it active again in the books.') }
    case 'has_payments':
      return { status: 'rejected', error: conflict('has-payments', problem, 'Delete its payments first, or keep it.') }
    case 'validation_failed':
      return { status: 'rejected', error: notAccepted(problem, at.field), ...at }
    default:
      return { status: 'rejected', error }
  }
}

/** Deleting what is gone has reached its goal; changing it has not. */
function goneReply(operation: WriteOperation, externalId: string | undefined): WriteReply {
  if (operation === 'delete' && externalId !== undefined) return { status: 'written', externalId }
  return {
    status: 'rejected',
    error: {
      kind: 'conflict',
      code: 'practice-books-record-gone',
      message: 'The practice books no longer have this record.',
      kept: 'Nothing was changed.',
      next: 'Decide in Needs attention whether it is created again or let go.',
    },
  }
}

function alreadyExists({ description }: ObjectSpec, problem: JsonObject, field: string | undefined): ErrorInfo {
  const holder = problem.conflicting_id
  return {
    kind: 'conflict',
    code: 'already-exists',
    message: `Another ${description.label.toLowerCase()} in the practice books already has this ${field ?? 'value'}: ${saidBy(problem)}`,
    kept: 'Nothing was changed; the other record stands as it was.',
    next: 'Link the two records, or correct the value.',
    ...(typeof holder === 'string' ? { details: { conflictingId: holder } } : {}),
  }
}

function staleVersion(problem: JsonObject): ErrorInfo {
  const current = problem.current_version
  return {
    kind: 'conflict',
    code: 'stale-version',
    message: 'The record was changed in the practice books since Patchbay read it.',
    kept: 'Nothing was overwritten.',
    next: 'Patchbay reads it again and compares both sides.',
    ...(typeof current === 'number' ? { details: { currentVersion: current } } : {}),
  }
}

function conflict(code: string, problem: JsonObject, next: string): ErrorInfo {
  return {
    kind: 'conflict',
    code,
    message: `The practice books did not do this: ${saidBy(problem)}`,
    kept: 'Nothing was changed.',
    next,
  }
}

function notAccepted(problem: JsonObject, field: string | undefined): ErrorInfo {
  const messages = fieldProblems(problem).flatMap((one) => (typeof one.message === 'string' ? [one.message] : []))
  const said = messages.length > 0 ? `${messages.slice(0, 5).join('; ')}.` : saidBy(problem)
  return {
    kind: 'data',
    code: 'not-accepted',
    message: `The practice books do not accept the record: ${said}`,
    kept: 'Nothing was changed in the practice books.',
    next: 'Correct the value at its source, or change the mapping, and send it again.',
    ...(field === undefined ? {} : { details: { field } }),
  }
}

function saidBy(problem: JsonObject): string {
  return typeof problem.message === 'string' ? problem.message : 'they did not say why.'
}

function fieldProblems(problem: JsonObject): JsonObject[] {
  return Array.isArray(problem.fields) ? problem.fields.filter(isJsonObject) : []
}

/** {} where the answer is not the service's own refusal. */
function problemOf(reply: HttpReply): JsonObject {
  try {
    const body = reply.json()
    return isJsonObject(body) && isJsonObject(body.error) ? body.error : {}
  } catch {
    return {}
  }
}

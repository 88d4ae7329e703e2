/** What an answer to a write means for the journal: written, rejected for good, not processed, or uncertain. */
import type { ErrorInfo } from '#shared/errors.ts'
import { isJsonObject, type Json, type JsonObject } from '#shared/json.ts'
import type { WriteReply } from '#shared/model/connected.ts'
import type { WriteOperation } from '#shared/model/object.ts'
import { recordGone } from './errors.ts'
import type { ObjectSpec } from './objects.ts'
import { fieldOfWire, remoteRecord } from './wire-record.ts'

export interface Answer {
  readonly status: number
  readonly body: Json | undefined
  readonly operation: WriteOperation
  readonly externalId?: string
  /** The kit's error for the status, where the whole request was refused. */
  readonly error?: ErrorInfo
}

export function replyOfAnswer(spec: ObjectSpec, answer: Answer): WriteReply {
  const { status } = answer
  if (status >= 200 && status < 300) return writtenReply(spec, answer)
  const problem = problemOf(answer.body)
  switch (status) {
    case 401:
    case 429:
      return { status: 'not-sent', error: answer.error ?? refusal('practice-crm-not-processed', 'transient', problem) }
    case 404:
      return goneReply(answer, problem)
    case 409:
      return takenReply(spec, problem)
    case 412:
      return { status: 'rejected', error: staleVersion(problem) }
    case 422:
      return invalidReply(spec, problem)
    default:
      if (status >= 500)
        return { status: 'uncertain', error: answer.error ?? refusal('practice-crm-failed', 'transient', problem) }
      return { status: 'rejected', error: answer.error ?? refusal('practice-crm-refused', 'data', problem) }
  }
}

/** A success that cannot be read proves nothing: the record may or may not be there. */
export function unreadableAnswer(): WriteReply {
  return {
    status: 'uncertain',
    error: {
      kind: 'transient',
      code: 'answer-unreadable',
      message: 'The practice CRM said yes, but its answer could not be read.',
      kept: 'The write is remembered and not sent a second time as a new one.',
      next: 'Patchbay checks by itself what became of it.',
    },
  }
}

function writtenReply(spec: ObjectSpec, { operation, externalId, body }: Answer): WriteReply {
  if (operation === 'delete') return externalId === undefined ? unreadableAnswer() : { status: 'written', externalId }
  try {
    const record = remoteRecord(spec, body)
    if (externalId !== undefined && record.externalId !== externalId) return unreadableAnswer()
    const version = record.version === undefined ? {} : { version: record.version }
    return { status: 'written', externalId: record.externalId, values: record.values, ...version }
  } catch {
    return unreadableAnswer()
  }
}

/** Deleting what is gone has reached its goal; changing it has not. */
function goneReply({ operation, externalId }: Answer, problem: JsonObject): WriteReply {
  if (operation === 'delete' && externalId !== undefined && problem.code === 'not_found')
    return { status: 'written', externalId }
  return { status: 'rejected', error: operation === 'update' ? { ...recordGone, kind: 'conflict' } : recordGone }
}

function takenReply(spec: ObjectSpec, problem: JsonObject): WriteReply {
  // The first sending of the same key is still being worked on: how it ends is not known yet.
  if (problem.code === 'idempotency_in_progress') {
    return { status: 'uncertain', error: refusal('practice-crm-in-progress', 'transient', problem) }
  }
  const field = firstField(spec, problem)
  const details =
    typeof problem.conflicting_id === 'string' ? { details: { conflictingId: problem.conflicting_id } } : {}
  const error: ErrorInfo = {
    kind: 'conflict',
    code: 'already-exists',
    message: `Another ${spec.description.label.toLowerCase()} in the practice CRM already has this ${field ?? 'value'}.`,
    kept: 'Nothing was changed; the other record stands as it was.',
    next: 'Link the two records, or correct the value.',
    ...details,
  }
  return { status: 'rejected', error, ...(field === undefined ? {} : { field }) }
}

function staleVersion(problem: JsonObject): ErrorInfo {
  const current = problem.current_version
  return {
    kind: 'conflict',
    code: 'stale-version',
    message: 'The record was changed in the practice CRM since Patchbay read it.',
    kept: 'Nothing was overwritten.',
    next: 'Patchbay reads it again and compares both sides.',
    ...(typeof current === 'number' ? { details: { currentVersion: current } } : {}),
  }
}

function invalidReply(spec: ObjectSpec, problem: JsonObject): WriteReply {
  if (problem.code === 'idempotency_key_reused') {
    return { status: 'rejected', error: refusal('idempotency-key-reused', 'bug', problem) }
  }
  const field = firstField(spec, problem)
  const error: ErrorInfo = {
    kind: 'data',
    code: 'not-accepted',
    message: `The practice CRM does not accept the record: ${messagesOf(problem)}`,
    kept: 'Nothing was changed at the practice CRM.',
    next: 'Correct the value at its source, or change the mapping, and send it again.',
    ...(field === undefined ? {} : { details: { field } }),
  }
  return { status: 'rejected', error, ...(field === undefined ? {} : { field }) }
}

function messagesOf(problem: JsonObject): string {
  const messages = fieldProblems(problem).flatMap((one) => (typeof one.message === 'string' ? [one.message] : []))
  if (messages.length > 0) return `${messages.slice(0, 5).join('; ')}.`
  return typeof problem.message === 'string' ? problem.message : 'it did not say why.'
}

function firstField(spec: ObjectSpec, problem: JsonObject): string | undefined {
  const name = fieldProblems(problem)[0]?.field
  return typeof name === 'string' && name !== '' ? fieldOfWire(spec, name) : undefined
}

function fieldProblems(problem: JsonObject): JsonObject[] {
  return Array.isArray(problem.fields) ? problem.fields.filter(isJsonObject) : []
}

function problemOf(body: Json | undefined): JsonObject {
  return isJsonObject(body) && isJsonObject(body.error) ? body.error : {}
}

function refusal(code: string, kind: ErrorInfo['kind'], problem: JsonObject): ErrorInfo {
  return {
    kind,
    code,
    message: `The practice CRM did not do this: ${typeof problem.message === 'string' ? problem.message : 'it did not say why.'}`,
    kept: 'The write is remembered and is not done twice.',
    next: 'Patchbay tries again by itself where that is safe.',
    ...(typeof problem.code === 'string' ? { details: { serviceCode: problem.code } } : {}),
  }
}

/** Answers of a practice service as plain data, so that they can be stored, replayed and tested without a socket. */
import type { JsonObject } from '#shared/json.ts'

export interface Reply {
  readonly status: number
  /** JSON text, made once; absent for answers without a body. */
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A refusal of one field, as the services list them in a 422. */
export interface FieldProblem {
  readonly field: string
  readonly code: string
  readonly message: string
}

/** What every refusal carries besides its status. */
export interface Problem {
  readonly code: string
  readonly message: string
  readonly fields?: readonly FieldProblem[]
  /** The record that already holds a unique value. */
  readonly conflicting_id?: string
  readonly current_version?: number
}

export function jsonReply(status: number, body: JsonObject): Reply {
  return { status, body: JSON.stringify(body) }
}

export function problemReply(status: number, problem: Problem, headers?: Readonly<Record<string, string>>): Reply {
  const body = JSON.stringify({ error: problem })
  return headers ? { status, body, headers } : { status, body }
}

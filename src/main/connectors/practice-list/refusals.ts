/** What a refused write means: the service says it by a code; what has none is left to the kit's error table. */
import type { ErrorInfo } from '#shared/errors.ts'
import { isJsonObject, type JsonObject } from '#shared/json.ts'
import type { WriteReply } from '#shared/model/connected.ts'
import type { WriteOperation } from '#shared/model/object.ts'
import type { HttpReply } from '../../connector-kit/http.ts'

export interface Refusal {
  readonly reply: HttpReply
  /** The kit's error for the status. */
  readonly error: ErrorInfo
  readonly operation: WriteOperation
  readonly email: string
}

export function refusedReply({ reply, error, operation, email }: Refusal): WriteReply {
  const problem = problemOf(reply)
  switch (problem.code) {
    case 'unsubscribed':
      return { status: 'rejected', error: hasUnsubscribed(email), field: 'status' }
    case 'not_found':
      return operation === 'delete' ? { status: 'written', externalId: email } : { status: 'rejected', error: gone }
    case 'validation_failed':
      return notAccepted(problem)
    default:
      return { status: 'rejected', error }
  }
}

/** The two sides disagree about a person's consent: nobody but that person settles it. */
function hasUnsubscribed(email: string): ErrorInfo {
  return {
    kind: 'conflict',
    code: 'unsubscribed',
    message: `${email} has unsubscribed from the practice list, which does not let anybody subscribe them again.`,
    kept: 'They stay unsubscribed.',
    next: 'Note it at the source, or leave the state out of the mapping. Only the person can subscribe again, through a form.',
    details: { field: 'status' },
  }
}

/** Changing who is gone is for a person to decide: they may have been deleted because they asked for it. */
const gone: ErrorInfo = {
  kind: 'conflict',
  code: 'practice-list-record-gone',
  message: 'The practice list no longer has this subscriber.',
  kept: 'Nothing was changed; nobody was subscribed anew.',
  next: 'Decide in Needs attention whether they are created again or let go.',
}

function notAccepted(problem: JsonObject): WriteReply {
  const fields = Array.isArray(problem.fields) ? problem.fields.filter(isJsonObject) : []
  const messages = fields.flatMap((one) => (typeof one.message === 'string' ? [one.message] : []))
  const field = fields[0]?.field
  const at = typeof field === 'string' && field !== '' ? { field } : undefined
  const error: ErrorInfo = {
    kind: 'data',
    code: 'not-accepted',
    message: `The practice list does not accept the subscriber: ${messages.slice(0, 5).join('; ') || 'it did not say why'}.`,
    kept: 'Nothing was changed in the practice list.',
    next: 'Correct the value at its source, or change the mapping, and send it again.',
    ...(at && { details: at }),
  }
  return { status: 'rejected', error, ...at }
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

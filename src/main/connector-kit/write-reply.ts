/** From the outcome of a write request to the reply the engine understands. */
import { AppError, type ErrorInfo } from '#shared/errors.ts'
import type { WriteReply } from '#shared/model/connected.ts'
import type { HttpClient, HttpOutcome, HttpReply } from './http.ts'

export type WrittenReply = Extract<WriteReply, { status: 'written' }>

export interface WriteReading {
  readonly client: Pick<HttpClient, 'errorOf'>
  /** Reads id, values and version of a 2xx answer. Throws AppError where the answer does not say them. */
  readonly readWritten: (reply: HttpReply) => WrittenReply
  /** The field a refusal is about, where the service names it. */
  readonly fieldOf?: (reply: HttpReply) => string | undefined
}

/** A 2xx answer that cannot be read is uncertain: the service has probably done the write. */
export function toWriteReply(outcome: HttpOutcome, { client, readWritten, fieldOf }: WriteReading): WriteReply {
  if (outcome.kind === 'uncertain') return { status: 'uncertain', error: outcome.error }
  if (outcome.kind === 'not-sent') {
    const { error, retryAfterMs } = outcome
    return { status: 'not-sent', error, ...(retryAfterMs !== undefined && { retryAfterMs }) }
  }
  const { reply } = outcome
  if (reply.status >= 300) {
    const field = fieldOf?.(reply)
    return { status: 'rejected', error: client.errorOf(reply), ...(field !== undefined && { field }) }
  }
  try {
    return readWritten(reply)
  } catch (thrown) {
    return { status: 'uncertain', error: uncertainError(thrown) }
  }
}

/** The error of an answer that may hide a success; says that the write will be looked up. */
export function uncertainError(thrown: unknown): ErrorInfo {
  const kept = 'The write stands in the journal and is looked up before it is sent again.'
  if (thrown instanceof AppError) return { ...thrown.info, kept }
  return {
    kind: 'data',
    code: 'answer-unreadable',
    message: 'The service confirmed the write with an answer that cannot be read.',
    kept,
    next: 'Nothing to do now: Patchbay looks the record up.',
    details: { technical: thrown instanceof Error ? thrown.message.slice(0, 300) : 'not an error' },
  }
}

/** Replies to a request with several writes that was refused as a whole: which of them is at fault is not known. */
export function refusedWhole(replies: readonly WriteReply[]): WriteReply[] {
  if (replies.length < 2) return [...replies]
  return replies.map((reply) => (reply.status === 'rejected' ? { ...reply, isWhole: true } : reply))
}

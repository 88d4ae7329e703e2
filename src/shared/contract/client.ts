/**
 * The client every caller uses, whatever carries its calls: checks that the input survives JSON, waits no longer than
 * it should, and turns envelopes back into values or AppError. Knows no platform and carries no schemas.
 */
import { AppError, errorInfoOf } from '../errors.ts'
import type { Client, Input, Output, ProcedureName } from './contract.ts'
import { readEnvelope } from './envelope.ts'
import { findUnsafe } from './json-safe.ts'
import { timeLimitOf } from './time-limits.ts'
import type { PendingAnswer, Transport } from './transport.ts'

export interface CallOptions {
  /** How long this call may take; default: the procedure's limit and a little, so that the core's own answer wins. */
  readonly timeoutMs?: number
}

export interface TimedClient extends Client {
  readonly call: <N extends ProcedureName>(name: N, input: Input<N>, options?: CallOptions) => Promise<Output<N>>
}

export interface ClientParts {
  readonly send: Transport['send']
  /** Runs `action` after `durationMs`; answers how to prevent it. */
  readonly startTimer: (durationMs: number, action: () => void) => () => void
}

/** The core answers late calls itself; this is for a core or a line that is silent. */
const graceMs = 5_000

/** Every call rejects with AppError and nothing else. */
export function createClient({ send, startTimer }: ClientParts): TimedClient {
  async function call<N extends ProcedureName>(name: N, input: Input<N>, options: CallOptions = {}) {
    refuseUnsafe(input)
    const timeoutMs = options.timeoutMs ?? timeLimitOf(name) + graceMs
    const envelope = readEnvelope(await answerInTime(send(name, input), timeoutMs, startTimer))
    if (!envelope.ok) throw new AppError(envelope.error)
    // The core has checked its answer against the output schema of this name.
    return envelope.value as Output<N>
  }
  return { call }
}

function refuseUnsafe(input: unknown): void {
  const unsafe = findUnsafe(input)
  if (!unsafe) return
  throw new AppError({
    kind: 'bug',
    code: 'input-not-json',
    message: 'Patchbay tried to send something that cannot be sent.',
    kept: 'Nothing was sent and nothing has changed.',
    next: 'Copy the details and report them.',
    details: { path: unsafe.path, what: unsafe.what },
  })
}

function answerInTime(
  pending: PendingAnswer,
  timeoutMs: number,
  startTimer: ClientParts['startTimer'],
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const stopTimer = startTimer(timeoutMs, () => {
      pending.abandon()
      reject(noAnswer(timeoutMs))
    })
    pending.answer.then(
      (answer) => {
        stopTimer()
        resolve(answer)
      },
      (thrown: unknown) => {
        stopTimer()
        reject(thrown instanceof AppError ? thrown : new AppError(errorInfoOf(thrown), thrown))
      },
    )
  })
}

function noAnswer(timeoutMs: number): AppError {
  return new AppError({
    kind: 'transient',
    code: 'no-answer',
    message: `Patchbay did not answer within ${Math.max(1, Math.round(timeoutMs / 1000))} seconds.`,
    kept: 'What was asked may have been done; writes are in the journal and are not done twice.',
    next: 'Look whether it took place, then try again. If Patchbay stays silent, stop it and start it anew.',
    details: { timeoutMs },
  })
}

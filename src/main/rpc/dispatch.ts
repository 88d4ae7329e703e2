/**
 * The only door to the procedures, for every host and transport: checks the name and the input against the contract,
 * runs the handler within its time, checks the answer, and always answers with an envelope. It never throws.
 */
import type { z } from 'zod'
import { contract, type Envelope, type ProcedureName } from '#shared/contract/contract.ts'
import type { CallContext, HandlersOf } from '#shared/contract/handlers.ts'
import { findUnsafe } from '#shared/contract/json-safe.ts'
import type { Procedure } from '#shared/contract/procedure.ts'
import { defaultTimeLimitMs } from '#shared/contract/time-limits.ts'
import { AppError, type ErrorInfo, errorInfoOf } from '#shared/errors.ts'
import type { RpcClock } from './clock.ts'
import { badOutput, callerGone, inputTooLarge, invalidInput, tookTooLong, unknownProcedure } from './failures.ts'
import { type RedactText, redactError } from './redact-error.ts'

export interface DispatchContext {
  /** Aborts when the caller no longer waits. */
  readonly signal: AbortSignal
}

/** `name` and `input` are whatever came over a border. */
export type Dispatch = (name: unknown, input: unknown, context: DispatchContext) => Promise<Envelope>

export interface DispatchOptions {
  readonly handlers: HandlersOf<ProcedureName>
  readonly clock: RpcClock
  /** Takes secrets out of a text; the vault's. */
  readonly redact?: RedactText
  /** Told of every bug, already without secrets. */
  readonly onError?: (error: ErrorInfo, procedure: string) => void
  /** How long each handler may take, where tests need other limits than the contract's. */
  readonly timeLimitOf?: (procedure: Procedure) => number
  /** Another contract: only tests name one. */
  readonly procedures?: Readonly<Record<string, Procedure>>
}

const defaultMaxInputBytes = 1_000_000

/** How large the input of this procedure may be as JSON; unknown names get the default. */
export function maxInputBytesOf(name: string, procedures: Readonly<Record<string, Procedure>> = contract): number {
  return procedureOf(name, procedures)?.maxInputBytes ?? defaultMaxInputBytes
}

export function createDispatch(options: DispatchOptions): Dispatch {
  const procedures = options.procedures ?? contract
  const redact = options.redact ?? ((text) => text)

  function refuse(error: ErrorInfo, name: string): Envelope {
    const shown = redactError(error, redact)
    if (shown.kind === 'bug') options.onError?.(shown, name)
    return { ok: false, error: shown }
  }

  return async (name, input, context) => {
    const procedure = procedureOf(name, procedures)
    if (typeof name !== 'string' || !procedure) return { ok: false, error: unknownProcedure }
    try {
      const parsed = readInput(procedure, input)
      const output = await runInTime({ name, procedure, input: parsed, context }, options)
      return { ok: true, value: checkOutput(procedure, output) }
    } catch (thrown) {
      return refuse(errorInfoOf(thrown), name)
    }
  }
}

/** Own names only: `toString` and `__proto__` are no procedures. */
function procedureOf(name: unknown, procedures: Readonly<Record<string, Procedure>>): Procedure | undefined {
  return typeof name === 'string' && Object.hasOwn(procedures, name) ? procedures[name] : undefined
}

function readInput(procedure: Procedure, input: unknown): unknown {
  const unsafe = findUnsafe(input)
  if (unsafe) throw new AppError(invalidInput(unsafe.path, `${unsafe.what} is not JSON`))
  const limitBytes = procedure.maxInputBytes ?? defaultMaxInputBytes
  if (Buffer.byteLength(JSON.stringify(input)) > limitBytes) throw new AppError(inputTooLarge(limitBytes))
  const parsed = procedure.input.safeParse(input)
  if (parsed.success) return parsed.data
  const { path, problem } = firstIssue(parsed.error)
  throw new AppError(invalidInput(path, problem))
}

function checkOutput(procedure: Procedure, output: unknown): unknown {
  const parsed = procedure.output.safeParse(output)
  if (!parsed.success) {
    const { path, problem } = firstIssue(parsed.error)
    throw new AppError(badOutput(path, problem))
  }
  const unsafe = findUnsafe(parsed.data)
  if (unsafe) throw new AppError(badOutput(unsafe.path, `${unsafe.what} is not JSON`))
  return parsed.data
}

/** zod's texts name what was expected, never the value that came. */
function firstIssue(error: z.ZodError): { path: string; problem: string } {
  const issue = error.issues[0]
  return {
    path: (issue?.path ?? []).map(String).join('.').slice(0, 200),
    problem: (issue?.message ?? 'not as expected').slice(0, 300),
  }
}

interface Call {
  readonly name: string
  readonly procedure: Procedure
  readonly input: unknown
  readonly context: DispatchContext
}

/** The handler's answer; rejects when the time is up or the caller gone, whether or not the handler heeds its signal. */
async function runInTime({ name, procedure, input, context }: Call, options: DispatchOptions): Promise<unknown> {
  const limitMs = options.timeLimitOf?.(procedure) ?? procedure.timeoutMs ?? defaultTimeLimitMs
  const isRead = procedure.effect === 'read'
  const late = new AbortController()
  const done = new AbortController()
  const signal = AbortSignal.any([context.signal, late.signal])
  const handler = handlerOf(options.handlers, name)
  const untilLate = options.clock.sleep(limitMs, done.signal).then(
    () => late.abort(new AppError(tookTooLong(limitMs, isRead))),
    () => undefined, // The sleep was ended because the answer is there.
  )
  try {
    const answer = (async () => handler(input, { signal, isRemoteWrite: procedure.effect === 'remote-write' }))()
    return await Promise.race([answer, rejectOnAbort(signal, late.signal, done.signal)])
  } finally {
    done.abort()
    void untilLate
  }
}

type AnyHandler = (input: unknown, context: CallContext) => unknown

function handlerOf(handlers: HandlersOf<ProcedureName>, name: string): AnyHandler {
  // Each handler takes the parsed input of its own name, which is what it gets; the types of a name only known now cannot say so.
  const handler = Object.hasOwn(handlers, name) ? (handlers as unknown as Record<string, AnyHandler>)[name] : undefined
  if (handler) return handler
  throw new AppError({ ...unknownProcedure, details: { missingHandler: name } })
}

function rejectOnAbort(signal: AbortSignal, late: AbortSignal, done: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(late.aborted ? late.reason : new AppError(callerGone))
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true, signal: done })
  })
}

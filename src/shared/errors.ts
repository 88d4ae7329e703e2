/**
 * The one error class of the house. `kind` is closed and says who acts; `message` says what happened,
 * `kept` what is safe, `next` what to do, all in words an owner understands; `details` is the technical part.
 */
export const errorKinds = ['config', 'transient', 'rate-limited', 'conflict', 'data', 'cancelled', 'bug'] as const
export type ErrorKind = (typeof errorKinds)[number]

export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>

/** An error as plain data: crosses every transport and is stored in the run log. */
export interface ErrorInfo {
  readonly kind: ErrorKind
  /** kebab-case, stable: tests and translations hang on it. */
  readonly code: string
  readonly message: string
  readonly kept?: string
  readonly next?: string
  readonly details?: ErrorDetails
}

export class AppError extends Error {
  readonly info: ErrorInfo

  constructor(info: ErrorInfo, cause?: unknown) {
    super(info.message, cause === undefined ? undefined : { cause })
    this.name = 'AppError'
    this.info = info
  }

  get kind(): ErrorKind {
    return this.info.kind
  }

  get code(): string {
    return this.info.code
  }
}

/** Makes error data of anything that was thrown. What is not an AppError is a bug: its text goes to the details only. */
export function errorInfoOf(thrown: unknown): ErrorInfo {
  if (thrown instanceof AppError) return thrown.info
  const technical = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  return {
    kind: 'bug',
    code: 'unexpected',
    message: 'Something went wrong that Patchbay did not expect.',
    kept: 'What was already done is in the journal and is not done again.',
    next: 'Try again. If it happens again, copy the details and report them.',
    details: { technical: technical.slice(0, 500) },
  }
}

/** Marks a branch that the types say cannot be reached. */
export function assertNever(value: never, what: string): never {
  throw new AppError({
    kind: 'bug',
    code: 'unreachable',
    message: `Unexpected ${what}.`,
    details: { value: String(value) },
  })
}

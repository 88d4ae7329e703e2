/** Exit codes of the command line: scripts hang on them. */
import { assertNever, type ErrorInfo } from '#shared/errors.ts'
import type { Run } from '#shared/model/run.ts'

export const exitCodes = {
  allWell: 0,
  someHeldOrFailed: 1,
  wrongUseOrConfiguration: 2,
  serviceNotReached: 3,
  internal: 4,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

export function exitCodeOfError(error: ErrorInfo): ExitCode {
  switch (error.kind) {
    case 'config':
    case 'conflict':
      return exitCodes.wrongUseOrConfiguration
    case 'data':
    case 'cancelled':
      return exitCodes.someHeldOrFailed
    case 'transient':
    case 'rate-limited':
      return exitCodes.serviceNotReached
    case 'bug':
      return exitCodes.internal
    default:
      return assertNever(error.kind, 'kind of error')
  }
}

/** A run that stopped early ends with the code of what stopped it; otherwise held and failed records count. */
export function exitCodeOfRun(run: Pick<Run, 'state' | 'error' | 'counts'>): ExitCode {
  if (run.error) return exitCodeOfError(run.error)
  if (run.state !== 'finished') return exitCodes.someHeldOrFailed
  return run.counts.held + run.counts.failed > 0 ? exitCodes.someHeldOrFailed : exitCodes.allWell
}

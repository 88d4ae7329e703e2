/** What can go wrong between a caller and a procedure, in words. */
import type { ErrorInfo } from '#shared/errors.ts'

const nothingChanged = 'Nothing was done and nothing has changed.'

export const unknownProcedure: ErrorInfo = {
  kind: 'bug',
  code: 'unknown-procedure',
  message: 'Patchbay was asked for something that this version does not know.',
  kept: nothingChanged,
  next: 'Reload the page; after an update stop Patchbay and start it anew.',
}

export function invalidInput(path: string, problem: string): ErrorInfo {
  return {
    kind: 'data',
    code: 'invalid-input',
    message: path === '' ? `This cannot be used: ${problem}.` : `"${path}" cannot be used: ${problem}.`,
    kept: nothingChanged,
    next: 'Correct it and try again.',
    details: { path, problem },
  }
}

export function inputTooLarge(limitBytes: number): ErrorInfo {
  return {
    kind: 'data',
    code: 'input-too-large',
    message: `This is larger than Patchbay takes at once (${Math.floor(limitBytes / 1000)} kB).`,
    kept: nothingChanged,
    next: 'Make it smaller or do it in parts.',
    details: { limitBytes },
  }
}

export function tookTooLong(limitMs: number, isRead: boolean): ErrorInfo {
  return {
    kind: 'transient',
    code: 'took-too-long',
    message: `This was not finished within ${limitMs < 1000 ? `${limitMs} ms` : `${Math.round(limitMs / 1000)} seconds`} and was told to stop.`,
    kept: isRead
      ? 'It only reads: nothing has changed.'
      : 'What was finished before is kept; writes are in the journal and are not done twice.',
    next: isRead ? 'Try again in a moment.' : 'Look whether it took place, then try again.',
    details: { limitMs },
  }
}

export const callerGone: ErrorInfo = {
  kind: 'cancelled',
  code: 'caller-gone',
  message: 'The call was given up before it was answered.',
  kept: 'What was finished before is kept.',
}

/** An answer that breaks the contract: the caller must not build on it. */
export function badOutput(path: string, problem: string): ErrorInfo {
  return {
    kind: 'bug',
    code: 'bad-output',
    message: 'Patchbay made an answer that does not keep to its own rules, so it is not shown.',
    kept: 'What was asked may have been done; it is not done again by itself.',
    next: 'Copy the details and report them.',
    details: { path, problem },
  }
}

export const coreStopped: ErrorInfo = {
  kind: 'transient',
  code: 'core-stopped',
  message: 'The part of Patchbay that does the work stopped before it answered.',
  kept: 'Every write it had sent is in the journal and is not sent twice; saved settings are kept.',
  next: 'It is started again by itself. Look whether this took place before you do it again.',
}

export const coreRestarting: ErrorInfo = {
  kind: 'transient',
  code: 'core-restarting',
  message: 'The part of Patchbay that does the work is being started again.',
  kept: 'Every write it had sent is in the journal and is not sent twice; saved settings are kept.',
  next: 'Try again in a few seconds.',
}

export const coreFailed: ErrorInfo = {
  kind: 'bug',
  code: 'core-failed',
  message: 'The part of Patchbay that does the work stopped several times in a row and is not started again by itself.',
  kept: 'Every write it had sent is in the journal and is not sent twice; saved settings are kept.',
  next: 'Stop Patchbay and start it anew. If it happens again, run "patchbay doctor" and report what it says.',
}

export const coreDidNotStart: ErrorInfo = {
  kind: 'bug',
  code: 'core-did-not-start',
  message: 'The part of Patchbay that does the work did not start.',
  kept: nothingChanged,
  next: 'Start Patchbay again. If it happens again, copy the details and report them.',
}

export const hostStopping: ErrorInfo = {
  kind: 'cancelled',
  code: 'host-stopping',
  message: 'Patchbay is being stopped.',
  kept: 'Runs stop at their next safe place and go on at the next start.',
  next: 'Start Patchbay again when you need it.',
}

export const hostGone: ErrorInfo = {
  kind: 'transient',
  code: 'host-gone',
  message: 'Patchbay cannot be reached any more; it may have been stopped.',
  kept: 'Every write it had sent is in the journal and is not sent twice; saved settings are kept.',
  next: 'Start Patchbay again, then look whether this took place.',
}

/** Reads what came back over a transport, without zod: the page must not carry it only for this. */
import { type ErrorInfo, errorKinds } from '../errors.ts'
import type { Envelope } from './contract.ts'

const answerNotUnderstood: ErrorInfo = {
  kind: 'bug',
  code: 'answer-not-understood',
  message: 'Patchbay got an answer that it does not understand.',
  kept: 'What was asked may have been done; it is not done again by itself.',
  next: 'Reload the page. If it happens again, stop Patchbay and start it anew.',
}

/** An envelope as it is; anything else becomes an error that says so. */
export function readEnvelope(value: unknown): Envelope {
  if (typeof value === 'object' && value !== null && 'ok' in value) {
    if (value.ok === true && 'value' in value) return { ok: true, value: value.value }
    if (value.ok === false && 'error' in value && isErrorInfo(value.error)) return { ok: false, error: value.error }
  }
  return { ok: false, error: answerNotUnderstood }
}

function isErrorInfo(value: unknown): value is ErrorInfo {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false
  const kinds: readonly unknown[] = errorKinds
  const { code, message, kept, next, details } = value as Readonly<Record<string, unknown>> // Each part is checked here.
  return (
    kinds.includes(value.kind) &&
    typeof code === 'string' &&
    typeof message === 'string' &&
    isTextOrAbsent(kept) &&
    isTextOrAbsent(next) &&
    (details === undefined || (typeof details === 'object' && details !== null))
  )
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === 'string'
}

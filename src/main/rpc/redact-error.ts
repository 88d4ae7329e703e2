/** Takes secrets out of an error before it leaves the core, with the vault's way of recognising them. */
import type { ErrorInfo } from '#shared/errors.ts'

export type RedactText = (text: string) => string

/** Every text of the error goes through `redact`, names of details and numbers included: a PIN may be a number. */
export function redactError(info: ErrorInfo, redact: RedactText): ErrorInfo {
  const details = Object.entries(info.details ?? {}).map(([name, value]) => [redact(name), redactDetail(value, redact)])
  return {
    kind: info.kind,
    code: info.code,
    message: redact(info.message),
    ...(info.kept === undefined ? {} : { kept: redact(info.kept) }),
    ...(info.next === undefined ? {} : { next: redact(info.next) }),
    ...(info.details === undefined ? {} : { details: Object.fromEntries(details) }),
  }
}

type Detail = string | number | boolean | null

function redactDetail(value: Detail, redact: RedactText): Detail {
  if (typeof value === 'string') return redact(value)
  if (typeof value !== 'number') return value
  const shown = redact(String(value))
  return shown === String(value) ? value : shown
}

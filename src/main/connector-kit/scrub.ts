/** Takes secrets out of every text that may be shown, logged or stored. */

import type { ErrorInfo } from '#shared/errors.ts'

export type Scrub = (text: string) => string

const openHeaders = new Set(['accept', 'accept-language', 'content-type', 'user-agent', 'prefer'])
const shortestSecret = 4

/** The secret parts of header values: the value, and what follows 'Bearer ', 'Basic ' and the like. */
export function secretsOfHeaders(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    openHeaders.has(name.toLowerCase()) ? [] : [value, ...value.split(' ').slice(1)],
  )
}

/** Replaces each secret, also where it was URL-encoded, put into JSON or into base64. Longest first. */
export function makeScrub(secrets: readonly string[]): Scrub {
  const forms = new Set<string>()
  for (const secret of secrets) {
    if (secret.length < shortestSecret) continue
    forms.add(secret)
    forms.add(encodeURIComponent(secret))
    forms.add(new URLSearchParams({ s: secret }).toString().slice(2))
    forms.add(JSON.stringify(secret).slice(1, -1))
    forms.add(Buffer.from(secret).toString('base64'))
  }
  const ordered = [...forms].sort((a, b) => b.length - a.length)
  return (text) => ordered.reduce((clean, form) => clean.replaceAll(form, '[hidden]'), text)
}

/** The same error with every text of it scrubbed. */
export function scrubError(error: ErrorInfo, scrub: Scrub): ErrorInfo {
  const clean = (value: string | number | boolean | null) => (typeof value === 'string' ? scrub(value) : value)
  const { kept, next, details } = error
  return {
    ...error,
    message: scrub(error.message),
    ...(kept !== undefined && { kept: scrub(kept) }),
    ...(next !== undefined && { next: scrub(next) }),
    ...(details && {
      details: Object.fromEntries(Object.entries(details).map(([name, value]) => [name, clean(value)])),
    }),
  }
}

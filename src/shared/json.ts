/** JSON as it travels over every border of the app: no Date, Map, undefined or BigInt, so that all transports agree. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export type JsonObject = { readonly [key: string]: Json }

/** Parses JSON without losing digits: integers beyond 2^53 (long ids) come back as strings. Throws SyntaxError on malformed text. */
export function parseJson(text: string): Json {
  if (!/\d{16,}/.test(text)) return JSON.parse(text) as Json
  const keepDigits = (_key: string, value: unknown, context: { source?: string }): unknown =>
    typeof value === 'number' && context.source && /^-?\d{16,}$/.test(context.source) && !Number.isSafeInteger(value)
      ? context.source
      : value
  return JSON.parse(text, keepDigits as (this: unknown, key: string, value: unknown) => unknown) as Json
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Text with object keys in a fixed order: equal values give equal text. */
export function stableStringify(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(stableStringify).join(',')}]`
  const object = value as JsonObject
  const parts: string[] = []
  for (const key of Object.keys(object).sort()) {
    const item = object[key]
    if (item !== undefined) parts.push(`${JSON.stringify(key)}:${stableStringify(item)}`)
  }
  return `{${parts.join(',')}}`
}

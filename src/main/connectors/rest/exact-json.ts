/** JSON that is read only to be sent back: every number keeps the digits it came with. */
import type { Json } from '#shared/json.ts'

interface RawJson {
  readonly rawJSON: (text: string) => Json
}

/**
 * Parses a record that is merged and written back whole. A number that would come out differently (a long id, 1.10)
 * stays as its own text and is written as that; only JSON.stringify may touch the result. Throws SyntaxError.
 */
export function parseExact(text: string): Json {
  // JSON.rawJSON and the reviver's context are in Node 22; the library types do not know them yet.
  const { rawJSON } = JSON as unknown as RawJson
  const keep = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' && context?.source !== undefined && String(value) !== context.source
      ? rawJSON(context.source)
      : value
  // JSON with raw numbers in it is still JSON.
  return JSON.parse(text, keep) as Json
}

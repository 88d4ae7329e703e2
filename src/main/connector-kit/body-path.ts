/** A place inside a JSON body: 'data.items', 'meta.next', 'rows[0].id'; '' is the whole body. */
import type { Json } from '#shared/json.ts'

/** The value at a path, or undefined where a step of it is missing. Keys with dots are written 'a["b.c"]'. */
export function valueAt(body: Json | undefined, path: string): Json | undefined {
  let value: unknown = body
  for (const step of stepsOf(path)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    // Objects and arrays are both read by key; `hasOwn` has just proven that the key is there.
    value = (value as Record<string, unknown>)[step]
  }
  // Every value inside JSON is JSON.
  return value as Json | undefined
}

const known = new Map<string, readonly string[]>()

function stepsOf(path: string): readonly string[] {
  const cached = known.get(path)
  if (cached) return cached
  const steps = [...path.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map((m) => m[1] ?? m[2] ?? m[3] ?? '')
  if (known.size < 1000) known.set(path, steps)
  return steps
}

/** The body a value is wrapped into: wrapAt('data.record', x) is {data: {record: x}}; '' is x itself. */
export function wrapAt(path: string, value: Json): Json {
  return stepsOf(path).reduceRight<Json>((inner, step) => ({ [step]: inner }), value)
}

/** True for a list. `Array.isArray` alone does not narrow a readonly list. */
export function isJsonList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

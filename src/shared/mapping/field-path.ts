/** Reads source fields: a plain name first (even one with dots in it), then a path into objects and lists. */
import type { Value, Values } from '../model/value.ts'
import { isList, isRecord } from './shape.ts'

export type FieldReader = (record: Values) => Value | undefined

/** Compiles a reader for a field name or dotted path. The reader gives undefined where the field is absent. */
export function compileField(path: string): FieldReader {
  const whole = compileName(path)
  if (!path.includes('.')) return whole
  const parts = path.split('.')
  return (record) => {
    const exact = whole(record)
    return exact === undefined ? readPath(record, parts) : exact
  }
}

/** Top-level fields a path may read: the whole text as a name and, for a dotted path, its first part. */
export function topFieldsOf(path: string): readonly string[] {
  const dot = path.indexOf('.')
  return dot <= 0 ? [path] : [path, path.slice(0, dot)]
}

/** Follows a path into a value: names of objects, positions of lists counted from 0. */
export function readPath(start: Value | undefined, parts: readonly string[]): Value | undefined {
  let value: Value | undefined = start
  for (const part of parts) {
    // A list answers to digits only, an object to its own keys only: nothing comes from a prototype.
    if (isList(value)) value = /^\d{1,9}$/.test(part) ? value[Number(part)] : undefined
    else value = isRecord(value) && Object.hasOwn(value, part) ? value[part] : undefined
  }
  return value
}

function compileName(name: string): FieldReader {
  // A plain property read is several times faster than an own-property check, and as safe for every other name.
  if (!(name in Object.prototype)) return (record) => record[name]
  return (record) => (Object.hasOwn(record, name) ? record[name] : undefined)
}

/** Empty: absent, null, an empty text or an empty list. A text of spaces is not (trim makes it so). */
export function isEmpty(value: Value | undefined): boolean {
  return value === undefined || value === null || value === '' || (isList(value) && value.length === 0)
}

/** Sets a field as an own property, whatever its name ('__proto__' too). */
export function setField(target: Record<string, Value>, name: string, value: Value): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
  else target[name] = value
}

/** Cuts the '^' signs off a path: how many records to go out of, and the path there. */
export function cutReach(path: string, depth: number): { readonly reach: number; readonly path: string } {
  let reach = 0
  while (reach < depth && path.charAt(reach) === '^') reach++
  return { reach, path: path.slice(reach) }
}

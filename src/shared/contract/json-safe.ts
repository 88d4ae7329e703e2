/**
 * Finds what would not survive JSON: over a worker port a Date stays a Date, over HTTP it becomes text. What this lets
 * through means the same on every transport.
 */

export interface UnsafePart {
  /** 'runs[3].startedAt'; empty for the value itself. */
  readonly path: string
  /** 'undefined', 'Date', 'NaN' ... */
  readonly what: string
}

/** Deeper than anything the contract describes; also what ends a value that contains itself. */
const deepest = 100

/** The first part that JSON would change or drop, or null. */
export function findUnsafe(value: unknown, path = '', depth = 0): UnsafePart | null {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return null
    case 'number':
      return Number.isFinite(value) ? null : { path, what: String(value) }
    case 'object':
      return value === null ? null : findInObject(value, path, depth)
    default:
      return { path, what: typeof value }
  }
}

function findInObject(value: object, path: string, depth: number): UnsafePart | null {
  if (depth >= deepest) return { path: path.slice(0, 200), what: 'nested too deeply' }
  if (Array.isArray(value)) return findInList(value, path, depth)
  if (!isPlain(value)) return { path, what: className(value) }
  for (const [key, item] of Object.entries(value)) {
    const found = findUnsafe(item, path === '' ? key : `${path}.${key}`, depth + 1)
    if (found) return found
  }
  return null
}

/** By index, since iteration methods pass over holes. */
function findInList(list: readonly unknown[], path: string, depth: number): UnsafePart | null {
  for (let index = 0; index < list.length; index += 1) {
    const found = findUnsafe(list[index], `${path}[${index}]`, depth + 1)
    if (found) return found
  }
  return null
}

/** Also objects of another realm (a worker, a frame): theirs is another Object.prototype. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function className(value: object): string {
  return Object.prototype.toString.call(value).slice(8, -1)
}

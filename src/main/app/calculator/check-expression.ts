/** Checks a JSONata expression before anything is run: its syntax, and that its result depends on its input alone. */
import jsonata from 'jsonata'

export type ExpressionCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly message: string; readonly position: number }

const maximalLength = 10_000

/** Functions whose result changes from run to run, or that run text as code. */
const forbidden: ReadonlyMap<string, string> = new Map([
  ['now', 'the time of day would give another result in every run'],
  ['millis', 'the time of day would give another result in every run'],
  ['random', 'chance would give another result in every run'],
  ['shuffle', 'chance would give another result in every run'],
  ['eval', 'data must not be run as an expression'],
])

/** Never throws. `position` counts characters from 0. */
export function checkExpression(text: string): ExpressionCheck {
  if (text.length > maximalLength) return { ok: false, message: 'the expression is too long', position: maximalLength }
  try {
    const tree: unknown = jsonata(text).ast()
    return findForbidden(tree, new Set()) ?? { ok: true }
  } catch (error) {
    return { ok: false, ...syntaxProblem(error) }
  }
}

function syntaxProblem(error: unknown): { readonly message: string; readonly position: number } {
  if (error instanceof RangeError) return { message: 'the expression is nested too deeply', position: 0 }
  // jsonata throws plain objects; their position lies behind the token they name.
  const { message, position, token } = Object(error) as { message?: unknown; position?: unknown; token?: unknown }
  const tokenLength = typeof token === 'string' && token !== '(end)' ? token.length : 0
  return {
    message: typeof message === 'string' ? message : 'the expression is not valid',
    position: typeof position === 'number' ? Math.max(0, position - tokenLength) : 0,
  }
}

function findForbidden(node: unknown, seen: Set<object>): ExpressionCheck | undefined {
  if (typeof node !== 'object' || node === null || node instanceof RegExp || seen.has(node)) return undefined
  seen.add(node)
  // A node of the syntax tree: its type, value and position, and children under any other key.
  const { type, value, position } = node as { type?: unknown; value?: unknown; position?: unknown }
  const reason = type === 'variable' && typeof value === 'string' ? forbidden.get(value) : undefined
  if (reason !== undefined) {
    return {
      ok: false,
      message: `$${String(value)} cannot be used: ${reason}`,
      position: typeof position === 'number' ? position - String(value).length - 1 : 0,
    }
  }
  for (const child of Object.values(node)) {
    const found = findForbidden(child, seen)
    if (found) return found
  }
  return undefined
}

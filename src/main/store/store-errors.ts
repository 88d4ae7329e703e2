/** Turns what SQLite throws into AppErrors at the border of the store, so that a full disk reads as one everywhere. */
import { storeError } from './open-database.ts'

/** The repository with every function's SQLite errors translated; `before` is called first, each time. */
export function translated<Repository extends object>(repository: Repository, before?: () => void): Repository {
  const wrapped: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(repository)) {
    wrapped[name] = typeof member === 'function' ? translatedFunction(member, before) : member
  }
  // Same keys, same functions: only what they throw differs.
  return wrapped as Repository
}

function translatedFunction(work: (...args: unknown[]) => unknown, before: (() => void) | undefined) {
  return (...args: unknown[]): unknown => {
    try {
      before?.()
      return work(...args)
    } catch (thrown) {
      throw storeError(thrown)
    }
  }
}

/** What every way to the core must answer alike. */
import { expect } from 'vitest'

export interface Case {
  readonly what: string
  readonly name: string
  readonly input: unknown
  readonly expected: unknown
}

export const invalid = (path: string) => ({
  error: expect.objectContaining({ kind: 'data', code: 'invalid-input', details: expect.objectContaining({ path }) }),
})

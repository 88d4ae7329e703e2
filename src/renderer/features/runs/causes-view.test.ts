import { describe, expect, it } from 'vitest'
import { type Cause, causeWords, isSameCause } from './causes-view.ts'

const cause: Cause = {
  outcome: 'failed',
  code: 'not-an-email',
  field: 'E-mail',
  count: 12,
  example: {
    code: 'not-an-email',
    message: 'E-mail: “no” is not an e-mail address.',
    next: 'Correct it at the source.',
  },
}

describe('a cause', () => {
  it('names its field, one of its records and the next step', () => {
    expect(causeWords(cause)).toEqual({
      what: 'E-mail',
      example: 'For example: E-mail: “no” is not an e-mail address.',
      next: 'Correct it at the source.',
    })
  })
  it('of one record is no example', () => {
    expect(causeWords({ ...cause, count: 1, field: null })).toMatchObject({
      what: undefined,
      example: cause.example.message,
    })
  })
  it('is another one for another field', () => {
    expect(isSameCause(cause, { ...cause, count: 3 })).toBe(true)
    expect(isSameCause(cause, { ...cause, field: 'Phone' })).toBe(false)
  })
})

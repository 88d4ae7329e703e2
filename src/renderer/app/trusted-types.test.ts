import { describe, expect, it } from 'vitest'
import { textOnly } from './trusted-types.ts'

describe('textOnly', () => {
  it('lets a style sheet through', () => {
    expect(textOnly(':root{--a:1px}')).toBe(':root{--a:1px}')
  })

  it('refuses anything that could be an element', () => {
    expect(textOnly('a<b')).toBeNull()
  })
})

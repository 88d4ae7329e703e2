import { describe, expect, it } from 'vitest'
import { readPasted } from './value-table.ts'

describe('rows pasted from a spreadsheet', () => {
  it('are two columns of text: 007 is not 7', () => {
    expect(readPasted('007\tBond\r\nDE;Germany\n\n')).toEqual({
      values: { '007': 'Bond', DE: 'Germany' },
      count: 2,
      badRow: undefined,
    })
  })
  it('may be in quotation marks, as cells with quotes or tabs are copied', () => {
    expect(readPasted('"say ""hi"""\tgreeting').values).toEqual({ 'say "hi"': 'greeting' })
  })
  it('name the first row that cannot be used', () => {
    expect(readPasted('a\t1\nb\nc').badRow).toBe(2)
    expect(readPasted('\t1').badRow).toBe(1)
  })
  it('are read at once, ten thousand of them', () => {
    const text = Array.from({ length: 10_000 }, (_, index) => `code ${index}\tvalue ${index}`).join('\n')
    const start = performance.now()
    expect(readPasted(text).count).toBe(10_000)
    expect(performance.now() - start).toBeLessThan(500)
  })
  it('cannot reach into the table itself', () => {
    expect(Object.hasOwn(readPasted('__proto__\tx').values, '__proto__')).toBe(true)
  })
})
